//! Spanish: what is known of mail providers, as the settings window says it.

use crate::Preset;
use domain::{
    account::Security,
    provider::{Caveat, Login, Offer, Provider, UserName},
};

pub const PRESET: Preset = Preset {
    this_is: |provider, offer| {
        let is = if provider.is_sure() { "Este es" } else { "Este puede ser" };
        format!("{is} {}: {}{}.", provider.name, pairing(offer), credentials(provider, ", "))
    },
    sent_by: |provider, offer| {
        let (name, host) = (provider.name, provider.host().unwrap_or_default());
        format!(
            "El proveedor de este remitente es {name}: host {host}, {}{}.",
            pairing(offer),
            credentials(provider, ", ")
        )
    },
    wants: |provider| format!("{}{}.", provider.name, credentials(provider, ": ")),
    caveat,
    use_these: "Usar esta configuración",
    filled: |provider| format!("La configuración de {} está rellenada.", provider.name),
    unlisted: |provider, offer| {
        let offers: Vec<_> = provider.offers.iter().map(|offer| pairing(*offer)).collect();
        let (name, chosen) = (provider.name, pairing(offer));
        format!("No se sabe que {name} responda en el {chosen}. Ofrece {}.", offers.join(" o "))
    },
};

pub(super) fn pairing(offer: Offer) -> String {
    let with = match offer.security {
        Security::ImplicitTls => "con SSL",
        Security::StartTls => "con TLS",
        Security::None => "sin cifrado",
    };
    format!("puerto {} {with}", offer.port)
}

/// What one logs in with: the user name and then the rest, `before` them.
fn credentials(provider: &Provider, before: &str) -> String {
    let user_name = match provider.user_name {
        UserName::Address => "el usuario es la dirección completa",
        UserName::LocalPart => "el usuario es lo que va antes de la @",
        UserName::Literal(word) => return format!("{before}el usuario es {word}, {}", login(provider.login)),
        UserName::TokenTwice => return format!("{before}usuario y contraseña son ambos el token del servidor"),
        UserName::ApiKey => "el usuario es la clave de API",
        UserName::Postmaster => "el usuario es postmaster@ y el dominio, si no creó otro",
        UserName::Given => "el usuario es el que le dio",
        UserName::Any => "sirve cualquier usuario",
        UserName::None => return format!("{before}{}", login(provider.login)),
    };
    format!("{before}{user_name}, {}", login(provider.login))
}

const fn login(login: Login) -> &'static str {
    match login {
        Login::Password => "requiere la contraseña",
        Login::AppPassword => "requiere una contraseña de aplicación",
        Login::AppPasswordOrOauth => "requiere una contraseña de aplicación u OAuth",
        Login::PasswordOrOauth => "requiere la contraseña u OAuth",
        Login::PasswordOrAppPassword => {
            "requiere la contraseña, o una contraseña de aplicación con verificación en dos pasos"
        }
        Login::Oauth => "requiere OAuth",
        Login::OauthOrPassword => "requiere OAuth, o la contraseña donde aún se permita",
        Login::MailKeyOrOauth => "requiere una clave de correo segura u OAuth",
        Login::ApiKey => "requiere una clave de API como contraseña",
        Login::SecretKey => "requiere la clave secreta como contraseña",
        Login::SmtpKey => "requiere una clave SMTP como contraseña",
        Login::Token => "requiere un token como contraseña",
        Login::SmtpCredentials => "requiere credenciales SMTP creadas para esta región",
        Login::EntraCredentials => "requiere las credenciales de una aplicación de Entra",
        Login::AuthorisationCode => "requiere un código de autorización como contraseña",
        Login::AddressOrAppPassword => {
            "requiere una contraseña de aplicación, o una dirección IP permitida y ningún inicio de sesión"
        }
        Login::NotByPassword => "no admite inicio de sesión: vale la dirección IP o un certificado",
        Login::None => "no requiere inicio de sesión",
    }
}

const fn caveat(caveat: Caveat) -> &'static str {
    match caveat {
        Caveat::FromOwnOrAlias => "El remitente tiene que ser la propia dirección del buzón o uno de sus alias.",
        Caveat::FromIsLogin => "El remitente tiene que ser la dirección que inicia sesión.",
        Caveat::DailyLimit => "Unos 500 mensajes al día; unos 2000 con Google Workspace.",
        Caveat::SetEhlo => "Quiere un nombre correcto en EHLO.",
        Caveat::EnableSmtpAuth => "El SMTP autenticado tiene que estar habilitado para el buzón.",
        Caveat::EnableSmtp => "SMTP tiene que estar habilitado en la configuración del buzón.",
        Caveat::AllowMailPrograms => "Antes hay que permitir POP3 e IMAP en la configuración del buzón.",
        Caveat::PasswordEnds => {
            "Iniciar sesión con contraseña queda desactivado de forma predeterminada desde finales de 2026."
        }
        Caveat::PasswordRetired => "Ya no acepta contraseñas.",
        Caveat::StaticAddress => "Quiere una dirección IP fija, citada en el registro SPF del dominio.",
        Caveat::DirectSendInternal => "Sin un conector solo acepta correo para su propia organización.",
        Caveat::Sandbox => "Una cuenta nueva está en el sandbox, y los remitentes se verifican en cada región.",
        Caveat::NoOauth => "No acepta OAuth.",
        Caveat::NoNewOauth => "No admite nuevos clientes OAuth: use una contraseña de aplicación.",
        Caveat::VerifiedSender => "El remitente o su dominio tiene que estar verificado.",
        Caveat::SenderSignature => "El remitente necesita una firma de remitente o un dominio verificado.",
        Caveat::AddressAuthorisation => "Puede que haya que autorizar la dirección IP que envía.",
        Caveat::OwnDomainOnly => "Solo para direcciones de su propio dominio, en un plan de pago.",
        Caveat::Bridge => "Para otras direcciones está su Bridge, en esta máquina y con un certificado propio.",
        Caveat::CatchesAll => "Es para hacer pruebas: guarda todos los mensajes y no entrega ninguno.",
    }
}
