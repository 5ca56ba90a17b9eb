//! Spanish: settings found by asking the sender's domain.

use super::preset::pairing;
use crate::Discover;
use domain::{
    account::Security,
    discovery::{Found, Source},
    provider::Offer,
};

pub const DISCOVER: Discover = Discover {
    find: "Buscar configuración",
    find_hint: "Pregunta al dominio del remitente por su servidor de correo: sus registros DNS (SRV), después su archivo autoconfig.",
    stop: "Cancelar búsqueda",
    sender_first: "Introduzca primero la dirección del remitente: se pregunta a su dominio.",
    asking: |domain| format!("Preguntando a {domain} …"),
    nothing: |domain| {
        format!("No se encontró nada: {domain} no publica ninguna configuración. Su administrador de correo la conoce.")
    },
    found: |found| {
        let settings = &found.settings;
        let host = settings.host.as_deref().unwrap_or_default();
        let login = match (&found.user_name, settings.authentication) {
            (Some(name), _) => format!(", usuario {name}"),
            (None, Some(false)) => ", sin inicio de sesión".to_owned(),
            (None, _) => String::new(),
        };
        format!("{host}, {}{login}. {}", pairing(offer(found)), source(found.source))
    },
    outside: |domain| {
        format!("Este host está fuera de {domain}, y el DNS se puede falsificar: úselo solo si sabe que es suyo.")
    },
    use_it: |found| {
        let host = found.settings.host.as_deref().unwrap_or_default();
        format!("Usar {host}, {}", pairing(offer(found)))
    },
    in_use: "Esta configuración está rellenada.",
    silent,
};

fn offer(found: &Found) -> Offer {
    let security = found.settings.security.unwrap_or(Security::ImplicitTls);
    Offer { port: found.settings.port.unwrap_or(security.default_port().get()), security }
}

const fn source(source: Source) -> &'static str {
    match source {
        Source::SrvSubmissions => "Encontrado en el DNS (SRV _submissions).",
        Source::SrvSubmission => "Encontrado en el DNS (SRV _submission).",
        Source::Autoconfig => "Encontrado en el archivo autoconfig del dominio.",
        Source::Preset => "Conocido de este proveedor.",
    }
}

fn silent(code: &str) -> &'static str {
    match code {
        "name_server" => {
            "El servidor de nombres no respondió: aquí puede faltar lo que publica el dominio. Inténtelo más tarde."
        }
        "forbidden" => "La configuración del operador no permite descargar el archivo autoconfig del dominio.",
        _ => "El servidor web del dominio no respondió a tiempo: aquí puede faltar su archivo autoconfig.",
    }
}
