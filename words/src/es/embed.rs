//! Spanish: portals.

use super::errors::token;
use crate::shape::{Embedding, Framed};
use domain::portal::origin::Trouble;

pub const FRAMED: Framed = Framed {
    waiting: "Esperando a que el portal inicie su sesión…",
    ended: "La sesión que inició el portal ha terminado. Recargue la página del portal para continuar.",
    nobody: "Ningún portal puede enmarcar esta página: la lista de orígenes permitidos está vacía (--embed-origins).",
    not_framed: "Esta página está hecha para el marco de un portal, y no está en ninguno.",
    open_alone: "Abrir el propio Postroom",
    refused: |reason| format!("El inicio de sesión del portal fue rechazado: {} ({reason})", reason_text(reason)),
    no_token: |origins| {
        format!(
            "El portal que rodea esta página no ha respondido. Tiene que ser uno de estos: {origins}, y entregar un \
             token cuando oiga 'token-needed'."
        )
    },
};

fn reason_text(reason: &str) -> &'static str {
    match reason {
        "too_many" => "se rechazaron demasiados tokens; se intentará de nuevo más tarde.",
        "unreachable" => "no se pudo alcanzar el servidor; se está intentando de nuevo.",
        "internal" => "el servidor no supo decir por qué.",
        reason => token(reason),
    }
}

pub const EMBEDDING: Embedding = Embedding {
    title: "Portales",
    text: "Los portales de administración de otros pueden mostrar estas páginas en un marco. Lo que está configurado aquí \
           se define en la configuración del servidor; nada de ello se puede cambiar en un navegador.",
    origins: "Pueden enmarcarlo",
    nobody: "Nadie (--embed-origins está vacío)",
    address: "Dirección",
    address_unknown: "La de su navegador (--public-url no está definido)",
    token: "Inicio de sesión por token",
    proxy: "Inicio de sesión por la cabecera de un proxy",
    oidc: "Inicio de sesión único",
    theme_file: "Archivo de tema",
    off: "Desactivado",
    on: "Activado",
    secret: "HS256 con un secreto compartido",
    audience: |audience| format!("audiencia {audience}"),
    issuer: |issuer| format!("emisor {issuer}"),
    keys_at: |place| format!("claves de {place}"),
    from_addresses: |header, addresses| format!("{header} desde {addresses}"),
    role_from: |header| format!("rol de {header}"),
    proxy_secret: "con el secreto del proxy",
    snippet: "Para la página del portal",
    snippet_hint: "Péguelo donde deba estar el informe. La función pide un token al propio servidor del portal.",
    copy: "Copiar",
    copied: "El fragmento se ha copiado.",
    copy_by_hand: "El navegador no permite copiar aquí: seleccione el texto y cópielo a mano.",
    try_origin: "¿Funcionaría este origen?",
    try_hint: "Esquema, host y puerto de la página del portal, como https://portal.example.com",
    may_frame: |origin| format!("{origin} puede enmarcar estas páginas."),
    trouble,
};

fn trouble(trouble: Trouble, near: &str) -> String {
    match trouble {
        Trouble::Empty => "Escriba un origen.".to_owned(),
        Trouble::Wildcard => "Un comodín nunca funciona: cada origen figura por sí mismo.".to_owned(),
        Trouble::Null => {
            "null es lo que un navegador dice de un archivo, o de un marco en un sandbox sin allow-same-origin. \
             No se puede permitir: cualquiera puede ser null."
                .to_owned()
        }
        Trouble::Scheme => "Un origen empieza con https:// o http://.".to_owned(),
        Trouble::Path => "Un origen termina con su host o su puerto: omita la ruta, y también la barra.".to_owned(),
        Trouble::UserInfo => "Un origen no contiene ningún nombre de usuario.".to_owned(),
        Trouble::Host => "Lo que sigue a :// no es un nombre de host ni una dirección.".to_owned(),
        Trouble::Port => "El puerto no es un número de 1 a 65535.".to_owned(),
        Trouble::OtherScheme => {
            format!("{near} está en la lista: el esquema es otro, y los navegadores lo comparan exactamente.")
        }
        Trouble::OtherPort => {
            format!("{near} está en la lista: el puerto es otro, y los navegadores lo comparan exactamente.")
        }
        Trouble::OtherHost => {
            format!("{near} está en la lista: un dominio no vale por sus subdominios, ni un subdominio por su dominio.")
        }
        Trouble::NotListed => "No está en la lista de --embed-origins.".to_owned(),
        Trouble::NobodyListed => "No hay nadie en la lista: --embed-origins está vacío.".to_owned(),
    }
}
