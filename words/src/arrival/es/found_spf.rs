//! Spanish: what was found about SPF.

use crate::arrival::param;
use domain::arrival::Finding;

pub(super) fn spf(finding: &Finding) -> Option<String> {
    let (domain, first, second) = (&finding.subject, param(finding, 0), param(finding, 1));
    Some(match finding.code.as_str() {
        "spf_pass" => {
            let place = param(finding, 2);
            let place = if place == domain { String::new() } else { format!(" en el registro de {place}") };
            let cost = format!("{} de {} consultas hasta ahí", param(finding, 3), param(finding, 4));
            format!("{first} puede enviar por {domain}: {second}{place} lo permite ({cost}).")
        }
        "spf_fail" => {
            format!("{first} no puede enviar por {domain}: el registro lo rechaza ({second}). Los receptores rechazan ese correo.")
        }
        "spf_softfail" => {
            format!("{first} no está entre quienes envían por {domain} ({second}). Los receptores toman ese correo por spam.")
        }
        "spf_neutral" => format!("El registro de {domain} no dice nada de {first}: no ayuda a que llegue ningún correo."),
        "spf_missing" => {
            format!(
                "{domain} no tiene registro SPF: no dice quién puede enviar en su nombre. Los grandes receptores rechazan ese correo."
            )
        }
        "spf_syntax" => format!("El registro no se puede leer, y por eso no vale nada: {first} no es un término de SPF."),
        "spf_many_records" => format!("{first} tiene más de un registro SPF, y por eso no vale ninguno."),
        "spf_include_of_nothing" => {
            format!("El registro incluye {first}, que no tiene registro SPF. Ahí los receptores terminan con un error.")
        }
        "spf_redirect_to_nothing" => {
            format!("El registro remite a {first}, que no tiene registro SPF. Ahí los receptores terminan con un error.")
        }
        "spf_too_many_lookups" => {
            format!(
                "El registro pide más de {first} consultas antes de llegar a una respuesta. Los receptores se detienen con un error."
            )
        }
        "spf_too_many_void" => {
            format!(
                "Más de dos consultas del registro no encuentran nada ({first} ya está de más). Los receptores se detienen con un error."
            )
        }
        "spf_too_many_mx" => {
            format!("{first} tiene más de diez hosts de correo, más de los que mx puede mirar. Los receptores se detienen con un error.")
        }
        "spf_lookups" => {
            format!("El registro entero gasta {first} de las {second} consultas que permiten los receptores.")
        }
        "spf_lookups_near" => {
            format!(
                "El registro entero gasta {first} de las {second} consultas que permiten los receptores. Cualquier include que crezca lo rompe."
            )
        }
        "spf_lookups_over" => {
            format!(
                "El registro entero gasta {first} consultas, y los receptores permiten {second}. Lo que va detrás nunca se lee: quienes se nombran ahí fallan."
            )
        }
        "spf_void_over" => {
            format!(
                "{first} consultas del registro no encuentran nada, y los receptores permiten {second}. Quienes se nombran detrás fallan."
            )
        }
        "spf_everybody" => {
            "El registro termina en +all: cualquiera puede enviar en nombre de este dominio. Los receptores no le dan crédito."
                .to_owned()
        }
        "spf_open_ended" => "El registro no tiene final (ningún all): no dice nada de todos los demás.".to_owned(),
        "spf_neutral_end" => "El registro termina en ?all: no dice nada de todos los demás.".to_owned(),
        "spf_ptr" => {
            "El registro tiene el término ptr, que es lento y ya no se debe usar. Algunos receptores lo pasan por alto."
                .to_owned()
        }
        "spf_no_address" => {
            "No se conoce ninguna dirección desde la que sale el correo; nadie puede decir si el registro la permite.".to_owned()
        }
        _ => return None,
    })
}
