//! Portuguese of Brazil: what was found about SPF.

use crate::arrival::param;
use domain::arrival::Finding;

pub(super) fn spf(finding: &Finding) -> Option<String> {
    let (domain, first, second) = (&finding.subject, param(finding, 0), param(finding, 1));
    Some(match finding.code.as_str() {
        "spf_pass" => {
            let place = param(finding, 2);
            let place = if place == domain { String::new() } else { format!(" no registro de {place}") };
            let cost = format!("{} de {} consultas até ali", param(finding, 3), param(finding, 4));
            format!("{first} pode enviar por {domain}: {second}{place} o permite ({cost}).")
        }
        "spf_fail" => {
            format!("{first} não pode enviar por {domain}: o registro o recusa ({second}). Os destinatários rejeitam esse e-mail.")
        }
        "spf_softfail" => {
            format!("{first} não está entre os que enviam por {domain} ({second}). Os destinatários tomam esse e-mail por spam.")
        }
        "spf_neutral" => format!("O registro de {domain} nada diz sobre {first}: não ajuda nenhum e-mail a chegar."),
        "spf_missing" => {
            format!(
                "{domain} não tem registro SPF: não diz quem pode enviar em seu nome. Grandes destinatários recusam esse e-mail."
            )
        }
        "spf_syntax" => format!("Não é possível ler o registro, e por isso ele não vale nada: {first} não é um termo de SPF."),
        "spf_many_records" => format!("{first} tem mais de um registro SPF, e por isso nenhum vale."),
        "spf_include_of_nothing" => {
            format!("O registro inclui {first}, que não tem registro SPF. Ali os destinatários terminam com erro.")
        }
        "spf_redirect_to_nothing" => {
            format!("O registro remete a {first}, que não tem registro SPF. Ali os destinatários terminam com erro.")
        }
        "spf_too_many_lookups" => {
            format!(
                "O registro pede mais de {first} consultas antes de chegar a uma resposta. Os destinatários param com erro."
            )
        }
        "spf_too_many_void" => {
            format!(
                "Mais de duas consultas do registro não encontram nada ({first} já é demais). Os destinatários param com erro."
            )
        }
        "spf_too_many_mx" => {
            format!("{first} tem mais de dez hosts de e-mail, mais do que mx pode olhar. Os destinatários param com erro.")
        }
        "spf_lookups" => {
            format!("O registro inteiro gasta {first} das {second} consultas que os destinatários permitem.")
        }
        "spf_lookups_near" => {
            format!(
                "O registro inteiro gasta {first} das {second} consultas que os destinatários permitem. Qualquer include que cresça o quebra."
            )
        }
        "spf_lookups_over" => {
            format!(
                "O registro inteiro gasta {first} consultas, e os destinatários permitem {second}. O que vem depois nunca é lido: quem é citado ali falha."
            )
        }
        "spf_void_over" => {
            format!(
                "{first} consultas do registro não encontram nada, e os destinatários permitem {second}. Quem é citado depois falha."
            )
        }
        "spf_everybody" => {
            "O registro termina em +all: qualquer um pode enviar em nome deste domínio. Os destinatários não lhe dão crédito."
                .to_owned()
        }
        "spf_open_ended" => "O registro não tem fim (nenhum all): nada diz sobre todos os demais.".to_owned(),
        "spf_neutral_end" => "O registro termina em ?all: nada diz sobre todos os demais.".to_owned(),
        "spf_ptr" => {
            "O registro tem o termo ptr, que é lento e não deve mais ser usado. Alguns destinatários o ignoram.".to_owned()
        }
        "spf_no_address" => {
            "Não se conhece nenhum endereço de onde o e-mail sai; ninguém pode dizer se o registro o permite.".to_owned()
        }
        _ => return None,
    })
}
