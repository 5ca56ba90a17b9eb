//! Portuguese of Brazil: settings found by asking the sender's domain.

use super::preset::pairing;
use crate::Discover;
use domain::{
    account::Security,
    discovery::{Found, Source},
    provider::Offer,
};

pub const DISCOVER: Discover = Discover {
    find: "Procurar configurações",
    find_hint: "Pergunta ao domínio do remetente pelo servidor de e-mail: os registros DNS (SRV), depois o arquivo autoconfig.",
    stop: "Cancelar busca",
    sender_first: "Informe primeiro o endereço do remetente: é ao domínio dele que se pergunta.",
    asking: |domain| format!("Perguntando a {domain} …"),
    nothing: |domain| {
        format!("Nada encontrado: {domain} não publica configurações. O administrador de e-mail dele as conhece.")
    },
    found: |found| {
        let settings = &found.settings;
        let host = settings.host.as_deref().unwrap_or_default();
        let login = match (&found.user_name, settings.authentication) {
            (Some(name), _) => format!(", usuário {name}"),
            (None, Some(false)) => ", sem login".to_owned(),
            (None, _) => String::new(),
        };
        format!("{host}, {}{login}. {}", pairing(offer(found)), source(found.source))
    },
    outside: |domain| {
        format!("Este host fica fora de {domain}, e o DNS pode ser falsificado: use-o só se souber que é seu.")
    },
    use_it: |found| {
        let host = found.settings.host.as_deref().unwrap_or_default();
        format!("Usar {host}, {}", pairing(offer(found)))
    },
    in_use: "Estas configurações estão preenchidas.",
    silent,
};

fn offer(found: &Found) -> Offer {
    let security = found.settings.security.unwrap_or(Security::ImplicitTls);
    Offer { port: found.settings.port.unwrap_or(security.default_port().get()), security }
}

const fn source(source: Source) -> &'static str {
    match source {
        Source::SrvSubmissions => "Encontrado no DNS (SRV _submissions).",
        Source::SrvSubmission => "Encontrado no DNS (SRV _submission).",
        Source::Autoconfig => "Encontrado no arquivo autoconfig do domínio.",
        Source::Preset => "Conhecido deste provedor.",
    }
}

fn silent(code: &str) -> &'static str {
    match code {
        "name_server" => {
            "O servidor de nomes não respondeu: pode faltar aqui o que o domínio publica. Tente de novo mais tarde."
        }
        "forbidden" => "As configurações do operador não permitem buscar o arquivo autoconfig do domínio.",
        _ => "O servidor web do domínio não respondeu a tempo: pode faltar aqui o arquivo autoconfig dele.",
    }
}
