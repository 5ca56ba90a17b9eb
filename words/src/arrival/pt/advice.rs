//! Portuguese of Brazil: what to do about a finding. Where the record to publish is known, it is shown below these words.

use crate::arrival::param;
use domain::arrival::Finding;

/// `assumed`: nobody has said where mail leaves from.
pub(in crate::arrival) fn advice(finding: &Finding, assumed: bool) -> String {
    let shown = !finding.publish.is_empty();
    let (domain, first) = (&finding.subject, param(finding, 0));
    match finding.fix.as_str() {
        "" => String::new(),
        "ask_again" => {
            "Verifique de novo. Se continuar assim, o problema é o servidor de nomes deste servidor (--resolver, ou /etc/resolv.conf), ou os do domínio não respondem.".to_owned()
        }
        "name_sending_address" => {
            "Informe acima o endereço que os destinatários veem: ele está nas linhas Received de uma mensagem que chegou.".to_owned()
        }
        "one_record" => format!("Mantenha um registro em {} e exclua os outros.", name_of(finding)),
        "mx_publish" if shown => {
            "Publique um registro MX que indique o host que recebe o e-mail do domínio.".to_owned()
        }
        "mx_publish" => {
            format!("Publique um registro MX para {domain} que indique o host que recebe o e-mail dele: 10 e o nome do host. Ou envie de um domínio que tenha um.")
        }
        "mx_host" => format!("Publique um registro A ou AAAA para {first}, ou tire este host dos registros MX."),
        "mx_name" => {
            format!("Dê um nome a {first} (um registro A ou AAAA) e ponha esse nome no registro MX.")
        }
        "mx_register" => "Corrija o endereço nas configurações da conta, ou registre o domínio.".to_owned(),
        "tls_rpt_publish" => {
            "Se quiser ser avisado, publique este registro, com uma caixa postal que alguém leia.".to_owned()
        }
        code => {
            let known = spf(code, finding, assumed, shown)
                .or_else(|| dkim(code, finding))
                .or_else(|| dmarc(code, finding))
                .or_else(|| ptr_and_mta_sts(code, finding, shown));
            known.unwrap_or_else(|| "O documento docs/arrival.md diz mais.".to_owned())
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
        "Este endereço é o host da conta, o que é uma suposição: informe acima o verdadeiro se o e-mail sai de outro lugar. "
    } else {
        ""
    };
    Some(match code {
        "spf_publish" if shown => {
            format!("{if_so}Publique este registro. Se um provedor envia por você, publique em vez disso o include que ele indica.")
        }
        "spf_publish" => {
            format!("Publique um registro TXT para {domain}: v=spf1, um termo para cada lugar de onde o e-mail sai (ip4:ENDEREÇO, ou o include que o provedor indica), e -all.")
        }
        "spf_add_address" if shown => {
            format!("{if_so}Acrescente o endereço ao registro. Se um provedor envia por você, acrescente em vez disso o include que ele indica.")
        }
        "spf_add_address" => {
            format!("Acrescente o endereço público com que {first} é visto, ou o include que o provedor indica.")
        }
        "spf_end" if shown => {
            "Termine o registro em ~all; em -all quando tiver certeza de que todos estão citados.".to_owned()
        }
        "spf_end" => {
            "Faça o último registro terminar em ~all; em -all quando tiver certeza de que todos estão citados.".to_owned()
        }
        "spf_correct" => {
            format!("Corrija o termo {first}: existem a, mx, ip4:ENDEREÇO, ip6:ENDEREÇO, include:DOMÍNIO, exists:DOMÍNIO e all.")
        }
        "spf_one_record" if shown => "Faça deles um só. Este tem os termos de todos.".to_owned(),
        "spf_one_record" => "Faça deles um só registro, com os termos de todos e um único all no fim.".to_owned(),
        "spf_fewer_lookups" => {
            "Tire o que não é mais usado, e ponha os próprios endereços (ip4:, ip6:) no lugar de a, mx e de includes seus.".to_owned()
        }
        "spf_remove_void" => "Tire os termos cujos nomes não existem mais.".to_owned(),
        "spf_remove_include" => format!("Se {first} não é mais usado, tire-o; senão, corrija o nome."),
        "spf_remove_ptr" => "Tire ptr e cite os endereços que ele representava (ip4:, ip6:).".to_owned(),
        "spf_name_addresses" => format!("Ponha os endereços dos hosts de {first} (ip4:, ip6:) no lugar de mx."),
        _ => return None,
    })
}

fn dkim(code: &str, finding: &Finding) -> Option<String> {
    let name = param(finding, 0);
    Some(match code {
        "dkim_name_selector" => {
            "Informe o seletor acima. Ele é o s= da linha DKIM-Signature de uma mensagem que chegou; ou cole tal mensagem abaixo dos campos.".to_owned()
        }
        "dkim_publish" => {
            format!("Publique como registro TXT em {name} o que o servidor que assina ou o provedor mostra para este seletor: começa com v=DKIM1 e tem a chave pública em p=. Ou corrija o seletor.")
        }
        "dkim_longer_key" => {
            "Faça o servidor que assina criar uma chave RSA de 2048 bits com um novo seletor, publique-a, e só então assine com ela.".to_owned()
        }
        "dkim_rsa_too" => "Assine também com uma chave RSA de 2048 bits, com um seletor próprio.".to_owned(),
        "dkim_sha256" if finding.publish.is_empty() => "Faça o servidor que assina usar rsa-sha256.".to_owned(),
        "dkim_sha256" => "Tire h= e faça o servidor que assina usar rsa-sha256.".to_owned(),
        "dkim_service" => "Tire s=, ou inclua nele o e-mail (email).".to_owned(),
        "dkim_stop_testing" => "Quando o teste terminar, tire t=y.".to_owned(),
        "dkim_sign" => "Ative a assinatura DKIM no servidor ou no provedor, e publique a chave que ele mostra.".to_owned(),
        _ => return None,
    })
}

fn dmarc(code: &str, finding: &Finding) -> Option<String> {
    let domain = &finding.subject;
    Some(match code {
        "dmarc_publish" => {
            "Publique este registro, com uma caixa postal que alguém leia. Quando os relatórios não mostrarem e-mail seu que falhe, passe a p=quarantine.".to_owned()
        }
        "dmarc_correct" => {
            format!("Corrija o registro em {}: v=DMARC1; p=none, quarantine ou reject; rua=mailto: e uma caixa postal.", name_of(finding))
        }
        "dmarc_tighten" => "Quando os relatórios não mostrarem e-mail seu que falhe, peça mais.".to_owned(),
        "dmarc_align" => {
            format!("Faça o e-mail ser assinado com DKIM por {domain} (d={domain}), ou use um Return-Path cujo domínio seja {domain} ou pertença a ele.")
        }
        "dmarc_make_pass" => {
            format!("Conserte SPF ou DKIM como dito acima: basta que um deles passe por {domain}.")
        }
        _ => return None,
    })
}

fn ptr_and_mta_sts(code: &str, finding: &Finding, shown: bool) -> Option<String> {
    let (subject, first) = (&finding.subject, param(finding, 0));
    Some(match code {
        "ptr_publish" => {
            format!("Peça a quem {subject} pertence (o provedor de hospedagem ou de Internet) um registro PTR: o próprio nome do servidor, cujo registro A ou AAAA leve de volta a {subject}.")
        }
        "ptr_confirm" if shown => {
            "Publique este registro; ou peça ao dono do endereço que mude o registro PTR para um nome que leve de volta.".to_owned()
        }
        "ptr_confirm" => {
            format!("Peça ao dono do endereço que mude o registro PTR para um nome cujo registro A ou AAAA seja {subject}.")
        }
        "mta_sts_publish" if shown => {
            "Se quiser uma, publique este registro, e este arquivo por HTTPS com um certificado válido.".to_owned()
        }
        "mta_sts_publish" => {
            format!("Se quiser uma, publique um registro TXT em _mta-sts.{subject} e uma política em https://mta-sts.{subject}/.well-known/mta-sts.txt.")
        }
        "mta_sts_id" => "Publique um id de letras e dígitos, outro a cada vez que a política mudar.".to_owned(),
        "mta_sts_serve" => {
            "Faça um servidor web responder ali com a política, como text/plain e com um certificado para esse nome; ou tire o registro.".to_owned()
        }
        "mta_sts_correct" if shown => "Corrija a política e depois mude o id do registro. Ela tem esta forma.".to_owned(),
        "mta_sts_correct" => {
            "Corrija a política (version: STSv1, mode:, mx: para cada host de e-mail, max_age:) e depois mude o id do registro.".to_owned()
        }
        "mta_sts_list_mx" => format!("Acrescente {first} à política e depois mude o id do registro."),
        "mta_sts_enforce" => "Quando os relatórios não mostrarem falhas, torne-a obrigatória e mude o id do registro.".to_owned(),
        "mta_sts_longer" => "Faça com que seja lembrada por pelo menos uma semana e mude o id do registro.".to_owned(),
        _ => return None,
    })
}
