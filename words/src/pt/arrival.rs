//! Portuguese of Brazil: the window that looks at an account's sender.

use crate::{Arrival, number::with_points};
use domain::arrival::{Basis, Check, Verdict};

pub const ARRIVAL: Arrival = Arrival {
    intro: "Olha o domínio do remetente como os destinatários o veem: o que o DNS diz dele. Nada é enviado, e o que você informa aqui não é guardado.",
    addresses: "Endereços de envio",
    addresses_hint: "Endereços IP que os destinatários veem, separados por vírgulas. Em branco: os do host da conta.",
    selectors: "Seletores DKIM",
    selectors_hint: "O s= da linha DKIM-Signature de uma mensagem que chegou: s1, ou s1._domainkey.example.com.",
    copy_fold: "Ler os seletores de uma mensagem que chegou",
    copy: "A mensagem, ou o cabeçalho dela",
    copy_hint: "Como o programa de e-mail a mostra em “mostrar original”. As assinaturas dizem os seletores.",
    check: "Verificar",
    check_again: "Verificar de novo",
    checking: "Consultando os servidores de nomes. Isso leva até 20 segundos.",
    canceled: "Cancelado: nada foi descoberto.",
    operators_only: "Operadores e administradores podem verificar isto.",
    overall: |verdict| match verdict {
        Verdict::Good => "Nada depõe contra este e-mail.",
        Verdict::Unknown => "Nada depõe contra este e-mail, até onde se sabe.",
        Verdict::Warning => "Este e-mail pode chegar, e alguns destinatários vão vê-lo com reservas.",
        Verdict::Bad => "Os destinatários vão recusar este e-mail, ou tomá-lo por spam.",
    },
    looked_from: |addresses, basis| match basis {
        Basis::Typed => format!("Visto como e-mail que vem de {addresses}, como informado."),
        Basis::Host => {
            format!(
                "Visto como e-mail que vem de {addresses}: o host da conta, o que é uma suposição. Um provedor pode enviar de outros endereços."
            )
        }
        Basis::HostBehindConnector => {
            format!(
                "Visto como e-mail que vem de {addresses}: o host da conta como é conhecido aqui. O conector da conta pode conhecer outro host com esse nome."
            )
        }
        Basis::None => {
            "Nenhum endereço de envio é conhecido: o host da conta não tem nenhum aqui. Informe um para SPF e PTR."
                .to_owned()
        }
    },
    no_resolver: "Algumas perguntas ficaram sem resposta: os servidores de nomes que este servidor consulta (--resolver, ou os de /etc/resolv.conf) falharam ou não responderam a tempo. O que está como desconhecido abaixo nada diz sobre o seu domínio.",
    verdict: |verdict| match verdict {
        Verdict::Good => "Bom",
        Verdict::Unknown => "Desconhecido",
        Verdict::Warning => "Atenção",
        Verdict::Bad => "Ruim",
    },
    subject: |check| match check {
        Check::Mx => "MX",
        Check::Spf => "SPF",
        Check::Dkim => "DKIM",
        Check::Dmarc => "DMARC",
        Check::Ptr => "PTR",
        Check::MtaSts => "MTA-STS",
        Check::TlsRpt => "TLS-RPT",
    },
    about: |check| match check {
        Check::Mx => "para onde vão respostas e devoluções",
        Check::Spf => "quem pode enviar",
        Check::Dkim => "se as assinaturas podem ser verificadas",
        Check::Dmarc => "o que se pede aos destinatários, e se este e-mail passa",
        Check::Ptr => "o nome do endereço",
        Check::MtaSts => "as respostas viajam criptografadas",
        Check::TlsRpt => "quem é avisado quando isso falha",
    },
    sender_domain: "Domínio do remetente",
    envelope_domain: "Domínio do remetente do envelope (Return-Path)",
    both_domains: "Domínio do remetente e do remetente do envelope",
    signing_domain: "Domínio que assina",
    sending_address: "Endereço de envio",
    no_address: "Não se sabe",
    rests_on: |count| {
        if count <= 1 {
            format!("Apoia-se em {count} registro")
        } else {
            format!("Apoia-se em {} registros", with_points(count as u64))
        }
    },
    nothing_there: "não há nada ali",
    publish: "A publicar",
    publish_above: "O registro a publicar acima já tem esta mudança.",
    copy_value: "Copiar",
    copied: "Copiado.",
    not_copied: "O navegador não permitiu copiar. Selecione o texto.",
};
