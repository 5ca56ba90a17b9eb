//! Spanish: what to do about a finding. Where the record to publish is known, it is shown below these words.

use crate::arrival::param;
use domain::arrival::Finding;

/// `assumed`: nobody has said where mail leaves from.
pub(in crate::arrival) fn advice(finding: &Finding, assumed: bool) -> String {
    let shown = !finding.publish.is_empty();
    let (domain, first) = (&finding.subject, param(finding, 0));
    match finding.fix.as_str() {
        "" => String::new(),
        "ask_again" => {
            "Compruebe de nuevo. Si sigue así, falla el servidor de nombres de este servidor (--resolver, o /etc/resolv.conf), o no responden los del dominio.".to_owned()
        }
        "name_sending_address" => {
            "Introduzca arriba la dirección que ven los receptores: está en las líneas Received de un mensaje que llegó.".to_owned()
        }
        "one_record" => format!("Conserve un registro en {} y elimine los demás.", name_of(finding)),
        "mx_publish" if shown => {
            "Publique un registro MX que indique el host que recibe el correo del dominio.".to_owned()
        }
        "mx_publish" => {
            format!("Publique un registro MX para {domain} que indique el host que recibe su correo: 10 y el nombre del host. O envíe desde un dominio que tenga uno.")
        }
        "mx_host" => format!("Publique un registro A o AAAA para {first}, o quite este host de los registros MX."),
        "mx_name" => {
            format!("Dé un nombre a {first} (un registro A o AAAA) y ponga ese nombre en el registro MX.")
        }
        "mx_register" => "Corrija la dirección en la configuración de la cuenta, o registre el dominio.".to_owned(),
        "tls_rpt_publish" => {
            "Si quiere que se le avise, publique este registro, con un buzón que alguien lea.".to_owned()
        }
        code => {
            let known = spf(code, finding, assumed, shown)
                .or_else(|| dkim(code, finding))
                .or_else(|| dmarc(code, finding))
                .or_else(|| ptr_and_mta_sts(code, finding, shown));
            known.unwrap_or_else(|| "El documento docs/arrival.md dice más.".to_owned())
        }
    }
}

/// The name that the records stand under.
fn name_of(finding: &Finding) -> &str {
    finding.records.last().map_or(finding.subject.as_str(), |record| &record.name)
}

fn spf(code: &str, finding: &Finding, assumed: bool, shown: bool) -> Option<String> {
    let (domain, first) = (&finding.subject, param(finding, 0));
    let if_so = if assumed {
        "Esta dirección es el host de la cuenta, lo que es una suposición: introduzca arriba la verdadera si el correo sale de otro lugar. "
    } else {
        ""
    };
    Some(match code {
        "spf_publish" if shown => {
            format!("{if_so}Publique este registro. Si un proveedor envía por usted, publique en su lugar el include que él indica.")
        }
        "spf_publish" => {
            format!("Publique un registro TXT para {domain}: v=spf1, un término por cada lugar del que sale el correo (ip4:DIRECCIÓN, o el include que indica el proveedor), y -all.")
        }
        "spf_add_address" if shown => {
            format!("{if_so}Añada la dirección al registro. Si un proveedor envía por usted, añada en su lugar el include que él indica.")
        }
        "spf_add_address" => {
            format!("Añada la dirección pública con la que se ve a {first}, o el include que indica el proveedor.")
        }
        "spf_end" if shown => {
            "Termine el registro en ~all; en -all cuando esté seguro de que se nombra a todos.".to_owned()
        }
        "spf_end" => {
            "Haga que el último registro termine en ~all; en -all cuando esté seguro de que se nombra a todos.".to_owned()
        }
        "spf_correct" => {
            format!("Corrija el término {first}: existen a, mx, ip4:DIRECCIÓN, ip6:DIRECCIÓN, include:DOMINIO, exists:DOMINIO y all.")
        }
        "spf_one_record" if shown => "Haga de ellos uno solo. Este tiene los términos de todos.".to_owned(),
        "spf_one_record" => "Haga de ellos un solo registro, con los términos de todos y un único all al final.".to_owned(),
        "spf_fewer_lookups" => {
            "Quite lo que ya no se usa, y ponga las propias direcciones (ip4:, ip6:) en lugar de a, mx y los include propios.".to_owned()
        }
        "spf_remove_void" => "Quite los términos cuyos nombres ya no existen.".to_owned(),
        "spf_remove_include" => format!("Si {first} ya no se usa, quítelo; si no, corrija el nombre."),
        "spf_remove_ptr" => "Quite ptr y nombre las direcciones que representaba (ip4:, ip6:).".to_owned(),
        "spf_name_addresses" => format!("Ponga las direcciones de los hosts de {first} (ip4:, ip6:) en lugar de mx."),
        _ => return None,
    })
}

fn dkim(code: &str, finding: &Finding) -> Option<String> {
    let name = param(finding, 0);
    Some(match code {
        "dkim_name_selector" => {
            "Introduzca arriba el selector. Es el s= de la línea DKIM-Signature de un mensaje que llegó; o pegue tal mensaje debajo de los campos.".to_owned()
        }
        "dkim_publish" => {
            format!("Publique como registro TXT en {name} lo que el servidor que firma o el proveedor muestra para este selector: empieza con v=DKIM1 y tiene la clave pública en p=. O corrija el selector.")
        }
        "dkim_longer_key" => {
            "Haga que el servidor que firma cree una clave RSA de 2048 bits con un selector nuevo, publíquela, y solo entonces firme con ella.".to_owned()
        }
        "dkim_rsa_too" => "Firme también con una clave RSA de 2048 bits, con un selector propio.".to_owned(),
        "dkim_sha256" if finding.publish.is_empty() => "Haga que el servidor que firma use rsa-sha256.".to_owned(),
        "dkim_sha256" => "Quite h= y haga que el servidor que firma use rsa-sha256.".to_owned(),
        "dkim_service" => "Quite s=, o incluya en él el correo (email).".to_owned(),
        "dkim_stop_testing" => "Cuando termine la prueba, quite t=y.".to_owned(),
        "dkim_sign" => "Active la firma DKIM en el servidor o en el proveedor, y publique la clave que muestra.".to_owned(),
        _ => return None,
    })
}

fn dmarc(code: &str, finding: &Finding) -> Option<String> {
    let domain = &finding.subject;
    Some(match code {
        "dmarc_publish" => {
            "Publique este registro, con un buzón que alguien lea. Cuando los informes no muestren correo suyo que falle, pase a p=quarantine.".to_owned()
        }
        "dmarc_correct" => {
            format!("Corrija el registro en {}: v=DMARC1; p=none, quarantine o reject; rua=mailto: y un buzón.", name_of(finding))
        }
        "dmarc_tighten" => "Cuando los informes no muestren correo suyo que falle, pida más.".to_owned(),
        "dmarc_align" => {
            format!("Haga que el correo se firme con DKIM por {domain} (d={domain}), o use un Return-Path cuyo dominio sea {domain} o le pertenezca.")
        }
        "dmarc_make_pass" => {
            format!("Arregle SPF o DKIM como se dice arriba: basta con que uno de ellos valga para {domain}.")
        }
        _ => return None,
    })
}

fn ptr_and_mta_sts(code: &str, finding: &Finding, shown: bool) -> Option<String> {
    let (subject, first) = (&finding.subject, param(finding, 0));
    Some(match code {
        "ptr_publish" => {
            format!("Pida a quien pertenezca {subject} (el proveedor de alojamiento o de Internet) un registro PTR: el propio nombre del servidor, cuyo registro A o AAAA lleve de vuelta a {subject}.")
        }
        "ptr_confirm" if shown => {
            "Publique este registro; o pida al dueño de la dirección que cambie el registro PTR a un nombre que lleve de vuelta.".to_owned()
        }
        "ptr_confirm" => {
            format!("Pida al dueño de la dirección que cambie el registro PTR a un nombre cuyo registro A o AAAA sea {subject}.")
        }
        "mta_sts_publish" if shown => {
            "Si quiere una, publique este registro, y este archivo por HTTPS con un certificado válido.".to_owned()
        }
        "mta_sts_publish" => {
            format!("Si quiere una, publique un registro TXT en _mta-sts.{subject} y una política en https://mta-sts.{subject}/.well-known/mta-sts.txt.")
        }
        "mta_sts_id" => "Publique un id de letras y dígitos, otro cada vez que cambie la política.".to_owned(),
        "mta_sts_serve" => {
            "Haga que un servidor web responda ahí con la política, como text/plain y con un certificado para ese nombre; o quite el registro.".to_owned()
        }
        "mta_sts_correct" if shown => "Corrija la política y después cambie el id del registro. Tiene esta forma.".to_owned(),
        "mta_sts_correct" => {
            "Corrija la política (version: STSv1, mode:, mx: por cada host de correo, max_age:) y después cambie el id del registro.".to_owned()
        }
        "mta_sts_list_mx" => format!("Añada {first} a la política y después cambie el id del registro."),
        "mta_sts_enforce" => "Cuando los informes no muestren fallos, hágala obligatoria y cambie el id del registro.".to_owned(),
        "mta_sts_longer" => "Haga que se recuerde al menos una semana y cambie el id del registro.".to_owned(),
        _ => return None,
    })
}
