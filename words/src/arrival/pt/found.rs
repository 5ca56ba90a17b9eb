//! Portuguese of Brazil: what was found, but of SPF.

use super::{found_spf, trouble::trouble};
use crate::{
    arrival::param,
    number::{digits, with_points},
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
            format!("Nenhum servidor de nomes respondeu a tempo à pergunta por {}.", param(finding, 0))
        }
        Some(_) => format!("O servidor de nomes não soube dizer o que há em {}.", param(finding, 0)),
        None => format!("Encontrado: {}.", finding.code),
    })
}

fn mx(finding: &Finding) -> Option<String> {
    let (domain, first) = (&finding.subject, param(finding, 0));
    Some(match finding.code.as_str() {
        "mx_good" => format!("Respostas e devoluções têm para onde ir: {first}."),
        "mx_host_without_address" => {
            format!("O host de e-mail {first} não tem endereço: nada pode ser entregue a ele.")
        }
        "mx_is_address" => {
            format!(
                "O registro MX tem o endereço {first} onde deveria haver um nome de host. Quem envia ignora tal registro."
            )
        }
        "mx_implicit" => {
            format!(
                "{domain} não tem registro MX. O e-mail dele vai para o próprio endereço do domínio; alguns destinatários veem isso com reservas."
            )
        }
        "mx_null" => {
            format!(
                "{domain} diz que não recebe e-mail (um MX nulo). Os destinatários recusam um remetente a quem não se pode responder."
            )
        }
        "mx_nowhere" => {
            format!(
                "{domain} não tem registro MX nem endereço: nenhuma resposta ou devolução pode alcançá-lo. Os destinatários recusam tais remetentes."
            )
        }
        "mx_no_such_domain" => {
            format!("O domínio {domain} não existe. Os destinatários recusam e-mail que vem dele.")
        }
        _ => return None,
    })
}

fn dkim(finding: &Finding) -> Option<String> {
    let (domain, name, second) = (&finding.subject, param(finding, 0), param(finding, 1));
    Some(match finding.code.as_str() {
        "dkim_good" => format!("Os destinatários podem verificar assinaturas com a chave em {name} (RSA, {second} bits)."),
        "dkim_short" => {
            format!("A chave em {name} tem {second} bits. Ela vale, mas hoje se pedem {}.", param(finding, 2))
        }
        "dkim_weak" => {
            format!("A chave em {name} tem {second} bits. Abaixo de 1024, os destinatários tomam a assinatura por nenhuma.")
        }
        "dkim_ed25519" => {
            format!(
                "A chave em {name} é uma chave Ed25519, que nem todo destinatário conhece. Para esses, o e-mail não está assinado."
            )
        }
        "dkim_missing" => {
            format!("Não há chave em {name}: o que é assinado com este seletor não pode ser verificado.")
        }
        "dkim_revoked" => {
            format!("A chave em {name} está vazia: foi revogada, e as assinaturas dela não valem nada.")
        }
        "dkim_malformed" => format!("Não é possível ler o registro da chave em {name}: {}.", malformed(second)),
        "dkim_sha1" => {
            format!(
                "A chave em {name} é só para SHA-1 (h=), que os destinatários não aceitam mais. Ela recusa SHA-256."
            )
        }
        "dkim_not_for_mail" => format!("A chave em {name} é para outros serviços que não e-mail (s=)."),
        "dkim_many" => {
            format!(
                "Há vários registros em {name}. Os destinatários usam qualquer um deles, ou nenhum, e as assinaturas falham ao acaso."
            )
        }
        "dkim_testing" => {
            format!("A chave em {name} diz que está em teste (t=y): os destinatários podem tratar o e-mail como não assinado.")
        }
        "dkim_signed_sha1" => {
            format!(
                "Uma assinatura de {domain} (seletor {name}) é feita com SHA-1. Os destinatários não devem mais aceitá-la."
            )
        }
        "dkim_unsigned" => "A cópia que voltou não traz assinatura DKIM.".to_owned(),
        "dkim_unnamed" => {
            "Ninguém pode listar as chaves DKIM de um domínio: cada uma é encontrada só pelo seletor, e nenhum foi informado ainda."
                .to_owned()
        }
        _ => return None,
    })
}

fn malformed(tag: &str) -> String {
    match tag {
        "record" => "não é uma lista de campo=valor, separados por ponto e vírgula".to_owned(),
        tag => format!("o campo {tag}= falta ou está errado"),
    }
}

fn dmarc(finding: &Finding) -> Option<String> {
    let (domain, first) = (&finding.subject, param(finding, 0));
    Some(match finding.code.as_str() {
        "dmarc_policy" if first == "reject" => {
            "Pede-se aos destinatários que rejeitem o e-mail em nome deste domínio que não passe em SPF nem em DKIM.".to_owned()
        }
        "dmarc_policy" => {
            format!("Pede-se aos destinatários que tratem como spam ({first}) o que vem em nome deste domínio e não passa em SPF nem em DKIM.")
        }
        "dmarc_none" => {
            "O registro só pede relatórios (p=none): qualquer um pode enviar em nome deste domínio, e os destinatários lhe dão menos crédito.".to_owned()
        }
        "dmarc_missing" => {
            format!("Nem {domain} nem a organização dele tem registro DMARC. Grandes destinatários pedem um.")
        }
        "dmarc_many" => "Há mais de um registro DMARC, o que conta como nenhum.".to_owned(),
        "dmarc_malformed" => {
            format!("Não é possível ler o registro DMARC, e ele conta como nenhum: {}.", malformed(first))
        }
        "dmarc_aligned_both" => {
            format!("Este e-mail passa duas vezes: SPF passa por {first}, e DKIM pode passar por {}.", param(finding, 1))
        }
        "dmarc_aligned_spf" => format!("Este e-mail passa por SPF, que vale para {first}."),
        "dmarc_aligned_dkim" => format!("Este e-mail passa se for assinado por {first}, cuja chave está em ordem."),
        "dmarc_unaligned" => {
            let follows = match param(finding, 1) {
                "reject" => "Pede-se aos destinatários que o rejeitem.",
                "quarantine" => "Pede-se aos destinatários que o tratem como spam.",
                _ => "Hoje nada resulta disso, pois nenhuma política pede mais.",
            };
            format!("Este e-mail falha em DMARC: nem SPF (para {first}) nem uma chave DKIM responde por {domain}. {follows}")
        }
        "dmarc_hangs_on_dkim" => {
            format!("SPF é consultado para {first}, o que não conta para {domain}. Assim DMARC depende de DKIM, e nenhuma chave é conhecida.")
        }
        "dmarc_depends" => {
            format!("SPF não passa para {first}, ou não se sabe se passa. Assim DMARC depende de DKIM, e nenhuma chave é conhecida.")
        }
        _ => return None,
    })
}

fn ptr(finding: &Finding) -> Option<String> {
    let (ip, first) = (&finding.subject, param(finding, 0));
    Some(match finding.code.as_str() {
        "ptr_good" => format!("O endereço tem o nome {first}, que leva de volta a ele."),
        "ptr_missing" => {
            format!(
                "{ip} não tem nome (nenhum registro PTR). Muitos destinatários recusam e-mail de um endereço assim."
            )
        }
        "ptr_unconfirmed" => {
            format!(
                "{ip} tem o nome {first}, que não leva de volta a ele. Muitos destinatários recusam e-mail de um endereço assim."
            )
        }
        "ptr_private" => {
            format!("{ip} é um endereço privado: ele é traduzido no caminho, e os destinatários veem outro.")
        }
        "ptr_no_address" => {
            "Não se conhece nenhum endereço de onde o e-mail sai, e por isso não se pode consultar o nome dele."
                .to_owned()
        }
        _ => return None,
    })
}

fn mta_sts(finding: &Finding) -> Option<String> {
    let (domain, first) = (&finding.subject, param(finding, 0));
    Some(match finding.code.as_str() {
        "mta_sts_good" => {
            let days = if first == "1" { "1 dia".to_owned() } else { format!("{} dias", digits(first, with_points)) };
            format!("O e-mail para {domain} tem de viajar criptografado; quem envia se lembra disso por {days}.")
        }
        "mta_sts_testing" => {
            format!(
                "O e-mail para {domain} deve viajar criptografado. A política está em teste: falhas são relatadas, não recusadas."
            )
        }
        "mta_sts_none" => "Há uma política, e ela não pede nada (mode: none).".to_owned(),
        "mta_sts_missing" => {
            format!(
                "{domain} não tem política MTA-STS. O e-mail chega sem ela; ela impede que as respostas sejam lidas no caminho."
            )
        }
        "mta_sts_mx_unlisted" => {
            format!("A política não lista {first}: quem envia e a respeita não pode entregar ali.")
        }
        "mta_sts_no_file" => {
            let why = trouble(param(finding, 1), param(finding, 2));
            format!(
                "O registro anuncia uma política, e {first} não pode ser obtido: {why}. Quem envia segue sem política."
            )
        }
        "mta_sts_policy_malformed" => {
            let what = match first {
                field @ ("version" | "mode" | "mx" | "max_age") => format!("o campo {field} falta ou está errado"),
                line => format!("esta linha está errada: {line}"),
            };
            format!("Não é possível ler a política, e ela conta como nenhuma: {what}.")
        }
        "mta_sts_malformed" => "O id do registro falta, ou não tem de 1 a 32 letras e dígitos.".to_owned(),
        "mta_sts_many" => "Há mais de um registro MTA-STS, o que conta como nenhum.".to_owned(),
        "mta_sts_short" => {
            let unit = if matches!(first, "0" | "1") { "segundo" } else { "segundos" };
            let seconds = format!("{} {unit}", digits(first, with_points));
            format!(
                "Quem envia se lembra da política por apenas {seconds}. Um atacante não precisa esperar mais do que isso."
            )
        }
        _ => return None,
    })
}

fn tls_rpt(finding: &Finding) -> Option<String> {
    Some(match finding.code.as_str() {
        "tls_rpt_good" => format!("Falhas de TLS são relatadas a {}.", param(finding, 0)),
        "tls_rpt_missing" => {
            "Ninguém é avisado quando falha o TLS com os hosts de e-mail do domínio. O e-mail chega sem isso."
                .to_owned()
        }
        "tls_rpt_malformed" => "O rua= do registro falta, ou não é mailto: nem https:.".to_owned(),
        "tls_rpt_many" => "Há mais de um registro TLS-RPT, o que conta como nenhum.".to_owned(),
        _ => return None,
    })
}
