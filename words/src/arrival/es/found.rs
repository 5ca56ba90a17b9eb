//! Spanish: what was found, but of SPF.

use super::{found_spf, trouble::trouble};
use crate::{
    arrival::param,
    number::{digits, with_points_from_five},
};
use domain::arrival::{Check, Finding};

pub(in crate::arrival) fn found(finding: &Finding) -> String {
    let of_check = match finding.check {
        Check::Mx => mx(finding),
        Check::Spf => found_spf::spf(finding),
        Check::Dkim => dkim(finding),
        Check::Dmarc => dmarc(finding),
        Check::Ptr => ptr(finding),
        Check::MtaSts => mta_sts(finding),
        Check::TlsRpt => tls_rpt(finding),
    };
    of_check.unwrap_or_else(|| match finding.code.strip_suffix("_no_answer") {
        Some(_) if param(finding, 1) == "timeout" => {
            format!("Ningún servidor de nombres respondió a tiempo a la pregunta por {}.", param(finding, 0))
        }
        Some(_) => format!("El servidor de nombres no supo decir qué hay en {}.", param(finding, 0)),
        None => format!("Se encontró: {}.", finding.code),
    })
}

fn mx(finding: &Finding) -> Option<String> {
    let (domain, first) = (&finding.subject, param(finding, 0));
    Some(match finding.code.as_str() {
        "mx_good" => format!("Las respuestas y devoluciones tienen adónde ir: {first}."),
        "mx_host_without_address" => {
            format!("El host de correo {first} no tiene dirección: no se le puede entregar nada.")
        }
        "mx_is_address" => {
            format!(
                "El registro MX tiene la dirección {first} donde debe ir un nombre de host. Quienes envían pasan por alto ese registro."
            )
        }
        "mx_implicit" => {
            format!(
                "{domain} no tiene registro MX. Su correo va a la propia dirección del dominio; algunos receptores le ponen reparos."
            )
        }
        "mx_null" => {
            format!(
                "{domain} dice que no recibe correo (un MX nulo). Los receptores rechazan a un remitente al que no se puede responder."
            )
        }
        "mx_nowhere" => {
            format!(
                "{domain} no tiene registro MX ni dirección: ninguna respuesta ni devolución puede alcanzarlo. Los receptores rechazan a tales remitentes."
            )
        }
        "mx_no_such_domain" => {
            format!("El dominio {domain} no existe. Los receptores rechazan el correo que viene de él.")
        }
        _ => return None,
    })
}

fn dkim(finding: &Finding) -> Option<String> {
    let (domain, name, second) = (&finding.subject, param(finding, 0), param(finding, 1));
    Some(match finding.code.as_str() {
        "dkim_good" => format!("Los receptores pueden comprobar firmas con la clave en {name} (RSA, {second} bits)."),
        "dkim_short" => {
            format!("La clave en {name} tiene {second} bits. Vale, pero hoy se piden {}.", param(finding, 2))
        }
        "dkim_weak" => {
            format!("La clave en {name} tiene {second} bits. Por debajo de 1024, los receptores toman la firma por ninguna.")
        }
        "dkim_ed25519" => {
            format!(
                "La clave en {name} es una clave Ed25519, que no todos los receptores conocen. Para esos, el correo no está firmado."
            )
        }
        "dkim_missing" => {
            format!("No hay ninguna clave en {name}: lo que se firma con este selector no se puede comprobar.")
        }
        "dkim_revoked" => {
            format!("La clave en {name} está vacía: se ha revocado, y sus firmas no valen nada.")
        }
        "dkim_malformed" => format!("El registro de la clave en {name} no se puede leer: {}.", malformed(second)),
        "dkim_sha1" => {
            format!(
                "La clave en {name} es solo para SHA-1 (h=), que los receptores ya no aceptan. Rechaza SHA-256."
            )
        }
        "dkim_not_for_mail" => format!("La clave en {name} es para otros servicios que no son el correo (s=)."),
        "dkim_many" => {
            format!(
                "Hay varios registros en {name}. Los receptores toman cualquiera de ellos, o ninguno, y las firmas fallan al azar."
            )
        }
        "dkim_testing" => {
            format!("La clave en {name} dice que está en pruebas (t=y): los receptores pueden tratar el correo como no firmado.")
        }
        "dkim_signed_sha1" => {
            format!(
                "Una firma de {domain} (selector {name}) está hecha con SHA-1. Los receptores ya no deben aceptarla."
            )
        }
        "dkim_unsigned" => "La copia que volvió no lleva firma DKIM.".to_owned(),
        "dkim_unnamed" => {
            "Nadie puede enumerar las claves DKIM de un dominio: cada una se encuentra solo por su selector, y aún no se ha indicado ninguno."
                .to_owned()
        }
        _ => return None,
    })
}

fn malformed(tag: &str) -> String {
    match tag {
        "record" => "no es una lista de campo=valor, separados por punto y coma".to_owned(),
        tag => format!("su campo {tag}= falta o es erróneo"),
    }
}

fn dmarc(finding: &Finding) -> Option<String> {
    let (domain, first) = (&finding.subject, param(finding, 0));
    Some(match finding.code.as_str() {
        "dmarc_policy" if first == "reject" => {
            "Se pide a los receptores que rechacen el correo en nombre de este dominio que no supere SPF ni DKIM.".to_owned()
        }
        "dmarc_policy" => {
            format!("Se pide a los receptores que traten como spam ({first}) lo que viene en nombre de este dominio y no supera SPF ni DKIM.")
        }
        "dmarc_none" => {
            "El registro solo pide informes (p=none): cualquiera puede enviar en nombre de este dominio, y los receptores le dan menos crédito.".to_owned()
        }
        "dmarc_missing" => {
            format!("Ni {domain} ni su organización tienen registro DMARC. Los grandes receptores piden uno.")
        }
        "dmarc_many" => "Hay más de un registro DMARC, lo que cuenta como ninguno.".to_owned(),
        "dmarc_malformed" => {
            format!("El registro DMARC no se puede leer, y cuenta como ninguno: {}.", malformed(first))
        }
        "dmarc_aligned_both" => {
            format!("Este correo pasa dos veces: SPF vale para {first}, y DKIM puede valer para {}.", param(finding, 1))
        }
        "dmarc_aligned_spf" => format!("Este correo pasa por SPF, que vale para {first}."),
        "dmarc_aligned_dkim" => format!("Este correo pasa si se firma por {first}, cuya clave está en orden."),
        "dmarc_unaligned" => {
            let follows = match param(finding, 1) {
                "reject" => "Se pide a los receptores que lo rechacen.",
                "quarantine" => "Se pide a los receptores que lo traten como spam.",
                _ => "Hoy no se sigue nada de ello, pues ninguna política pide más.",
            };
            format!("Este correo no supera DMARC: ni SPF (para {first}) ni una clave DKIM responden por {domain}. {follows}")
        }
        "dmarc_hangs_on_dkim" => {
            format!("SPF se consulta para {first}, lo que no cuenta para {domain}. Así DMARC depende de DKIM, y no se conoce ninguna clave.")
        }
        "dmarc_depends" => {
            format!("SPF no vale para {first}, o no se sabe si vale. Así DMARC depende de DKIM, y no se conoce ninguna clave.")
        }
        _ => return None,
    })
}

fn ptr(finding: &Finding) -> Option<String> {
    let (ip, first) = (&finding.subject, param(finding, 0));
    Some(match finding.code.as_str() {
        "ptr_good" => format!("La dirección tiene el nombre {first}, que lleva de vuelta a ella."),
        "ptr_missing" => {
            format!(
                "{ip} no tiene nombre (ningún registro PTR). Muchos receptores rechazan el correo de una dirección así."
            )
        }
        "ptr_unconfirmed" => {
            format!(
                "{ip} tiene el nombre {first}, que no lleva de vuelta a ella. Muchos receptores rechazan el correo de una dirección así."
            )
        }
        "ptr_private" => {
            format!("{ip} es una dirección privada: se traduce en el camino, y los receptores ven otra.")
        }
        "ptr_no_address" => {
            "No se conoce ninguna dirección desde la que sale el correo, y por eso no se puede consultar su nombre."
                .to_owned()
        }
        _ => return None,
    })
}

fn mta_sts(finding: &Finding) -> Option<String> {
    let (domain, first) = (&finding.subject, param(finding, 0));
    Some(match finding.code.as_str() {
        "mta_sts_good" => {
            let days = if first == "1" {
                "1 día".to_owned()
            } else {
                format!("{} días", digits(first, with_points_from_five))
            };
            format!("El correo para {domain} tiene que viajar cifrado; quienes envían lo recuerdan {days}.")
        }
        "mta_sts_testing" => {
            format!(
                "El correo para {domain} debería viajar cifrado. La política está en pruebas: los fallos se comunican, no se rechazan."
            )
        }
        "mta_sts_none" => "Hay una política, y no pide nada (mode: none).".to_owned(),
        "mta_sts_missing" => {
            format!(
                "{domain} no tiene política MTA-STS. El correo llega sin ella; protege las respuestas de que se lean en el camino."
            )
        }
        "mta_sts_mx_unlisted" => {
            format!("La política no incluye {first}: quienes envían y la respetan no pueden entregar ahí.")
        }
        "mta_sts_no_file" => {
            let why = trouble(param(finding, 1), param(finding, 2));
            format!(
                "El registro anuncia una política, y {first} no se puede obtener: {why}. Quienes envían siguen sin política."
            )
        }
        "mta_sts_policy_malformed" => {
            let what = match first {
                field @ ("version" | "mode" | "mx" | "max_age") => format!("el campo {field} falta o es erróneo"),
                line => format!("esta línea es errónea: {line}"),
            };
            format!("La política no se puede leer, y cuenta como ninguna: {what}.")
        }
        "mta_sts_malformed" => "El id del registro falta, o no tiene de 1 a 32 letras y dígitos.".to_owned(),
        "mta_sts_many" => "Hay más de un registro MTA-STS, lo que cuenta como ninguno.".to_owned(),
        "mta_sts_short" => {
            let unit = if first == "1" { "segundo" } else { "segundos" };
            let seconds = format!("{} {unit}", digits(first, with_points_from_five));
            format!(
                "Quienes envían recuerdan la política solo {seconds}. Un atacante no tiene que esperar más que eso."
            )
        }
        _ => return None,
    })
}

fn tls_rpt(finding: &Finding) -> Option<String> {
    Some(match finding.code.as_str() {
        "tls_rpt_good" => format!("Los fallos de TLS se comunican a {}.", param(finding, 0)),
        "tls_rpt_missing" => {
            "No se avisa a nadie cuando falla TLS con los hosts de correo del dominio. El correo llega sin eso."
                .to_owned()
        }
        "tls_rpt_malformed" => "El rua= del registro falta, o no es mailto: ni https:.".to_owned(),
        "tls_rpt_many" => "Hay más de un registro TLS-RPT, lo que cuenta como ninguno.".to_owned(),
        _ => return None,
    })
}
