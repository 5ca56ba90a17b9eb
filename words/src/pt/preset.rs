//! Portuguese of Brazil: what is known of mail providers, as the settings window says it.

use crate::Preset;
use domain::{
    account::Security,
    provider::{Caveat, Login, Offer, Provider, UserName},
};

pub const PRESET: Preset = Preset {
    this_is: |provider, offer| {
        let is = if provider.is_sure() { "Este é" } else { "Este pode ser" };
        format!("{is} {}: {}{}.", provider.name, pairing(offer), credentials(provider, ", "))
    },
    sent_by: |provider, offer| {
        let (name, host) = (provider.name, provider.host().unwrap_or_default());
        format!("O provedor deste remetente é {name}: host {host}, {}{}.", pairing(offer), credentials(provider, ", "))
    },
    wants: |provider| format!("{}{}.", provider.name, credentials(provider, ": ")),
    caveat,
    use_these: "Usar estas configurações",
    filled: |provider| format!("As configurações de {} estão preenchidas.", provider.name),
    unlisted: |provider, offer| {
        let offers: Vec<_> = provider.offers.iter().map(|offer| pairing(*offer)).collect();
        let (name, chosen) = (provider.name, pairing(offer));
        format!("Não se sabe de {name} que responda na {chosen}. Ele oferece {}.", offers.join(" ou "))
    },
};

pub(super) fn pairing(offer: Offer) -> String {
    let with = match offer.security {
        Security::ImplicitTls => "com SSL",
        Security::StartTls => "com TLS",
        Security::None => "sem criptografia",
    };
    format!("porta {} {with}", offer.port)
}

/// What one logs in with: the user name and then the rest, `before` them.
fn credentials(provider: &Provider, before: &str) -> String {
    let user_name = match provider.user_name {
        UserName::Address => "o usuário é o endereço completo",
        UserName::LocalPart => "o usuário é o que vem antes do @",
        UserName::Literal(word) => return format!("{before}o usuário é {word}, {}", login(provider.login)),
        UserName::TokenTwice => return format!("{before}usuário e senha são ambos o token do servidor"),
        UserName::ApiKey => "o usuário é a chave de API",
        UserName::Postmaster => "o usuário é postmaster@ e o domínio, se você não criou outro",
        UserName::Given => "o usuário é o que ele lhe deu",
        UserName::Any => "qualquer usuário serve",
        UserName::None => return format!("{before}{}", login(provider.login)),
    };
    format!("{before}{user_name}, {}", login(provider.login))
}

const fn login(login: Login) -> &'static str {
    match login {
        Login::Password => "requer a senha",
        Login::AppPassword => "requer uma senha de app",
        Login::AppPasswordOrOauth => "requer uma senha de app ou OAuth",
        Login::PasswordOrOauth => "requer a senha ou OAuth",
        Login::PasswordOrAppPassword => "requer a senha, ou uma senha de app com verificação em duas etapas",
        Login::Oauth => "requer OAuth",
        Login::OauthOrPassword => "requer OAuth, ou a senha onde ela ainda é permitida",
        Login::MailKeyOrOauth => "requer uma chave de e-mail segura ou OAuth",
        Login::ApiKey => "requer uma chave de API como senha",
        Login::SecretKey => "requer a chave secreta como senha",
        Login::SmtpKey => "requer uma chave SMTP como senha",
        Login::Token => "requer um token como senha",
        Login::SmtpCredentials => "requer credenciais SMTP criadas para esta região",
        Login::EntraCredentials => "requer as credenciais de um aplicativo do Entra",
        Login::AuthorisationCode => "requer um código de autorização como senha",
        Login::AddressOrAppPassword => "requer uma senha de app, ou um endereço IP permitido e nenhum login",
        Login::NotByPassword => "não aceita login: vale o endereço IP ou um certificado",
        Login::None => "não requer login",
    }
}

const fn caveat(caveat: Caveat) -> &'static str {
    match caveat {
        Caveat::FromOwnOrAlias => "O remetente tem de ser o próprio endereço da caixa postal ou um alias dela.",
        Caveat::FromIsLogin => "O remetente tem de ser o endereço que faz login.",
        Caveat::DailyLimit => "Cerca de 500 mensagens por dia; cerca de 2.000 com o Google Workspace.",
        Caveat::SetEhlo => "Ele quer um nome correto no EHLO.",
        Caveat::EnableSmtpAuth => "O SMTP autenticado tem de ser ativado para a caixa postal.",
        Caveat::EnableSmtp => "O SMTP tem de ser ativado nas configurações da caixa postal.",
        Caveat::AllowMailPrograms => "Antes, POP3 e IMAP têm de ser permitidos nas configurações da caixa postal.",
        Caveat::PasswordEnds => "O login com senha fica desligado por padrão a partir do fim de 2026.",
        Caveat::PasswordRetired => "Ele não aceita mais senhas.",
        Caveat::StaticAddress => "Ele quer um endereço IP fixo, citado no registro SPF do domínio.",
        Caveat::DirectSendInternal => "Sem um conector, ele só aceita e-mail para a sua própria organização.",
        Caveat::Sandbox => "Uma conta nova fica no sandbox, e os remetentes são verificados em cada região.",
        Caveat::NoOauth => "Ele não aceita OAuth.",
        Caveat::NoNewOauth => "Ele não admite novos clientes OAuth: use uma senha de app.",
        Caveat::VerifiedSender => "O remetente ou o domínio dele tem de ser verificado.",
        Caveat::SenderSignature => "O remetente precisa de uma assinatura de remetente ou de um domínio verificado.",
        Caveat::AddressAuthorisation => "O endereço IP que envia pode precisar de autorização.",
        Caveat::OwnDomainOnly => "Só para endereços do seu próprio domínio, em um plano pago.",
        Caveat::Bridge => "Para outros endereços existe o Bridge dele, nesta máquina e com um certificado próprio.",
        Caveat::CatchesAll => "É para experimentar: guarda todas as mensagens e não entrega nenhuma.",
    }
}
