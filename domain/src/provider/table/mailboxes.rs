//! Who keeps people's mailboxes: known by the server's name and by the sender's domain. Data alone.

use super::{Provider, RELAY, ROW, SSL, TLS, implicit};
use crate::provider::{Caveat, Login, UserName};

pub const ROWS: &[Provider] = &[
    Provider {
        id: "gmail",
        name: "Gmail",
        hosts: "smtp.gmail.com smtp.googlemail.com",
        domains: "gmail.com googlemail.com",
        also: &[RELAY],
        login: Login::AppPasswordOrOauth,
        caveats: &[Caveat::FromOwnOrAlias, Caveat::DailyLimit],
        ..ROW
    },
    Provider {
        id: "microsoft_365",
        name: "Microsoft 365",
        hosts: "smtp.office365.com",
        domains: "*.onmicrosoft.com",
        offers: &[TLS],
        also: &[RELAY],
        login: Login::OauthOrPassword,
        caveats: &[Caveat::EnableSmtpAuth, Caveat::PasswordEnds],
        ..ROW
    },
    Provider {
        id: "outlook",
        name: "Outlook.com",
        hosts: "smtp-mail.outlook.com",
        domains: "outlook.com hotmail.com live.com msn.com outlook.com.br outlook.de outlook.es outlook.fr outlook.it \
                  outlook.pt hotmail.co.uk hotmail.de hotmail.es hotmail.fr hotmail.it live.co.uk live.de live.fr live.it \
                  live.nl windowslive.com",
        offers: &[TLS],
        login: Login::Oauth,
        caveats: &[Caveat::PasswordRetired],
        ..ROW
    },
    Provider {
        id: "yahoo",
        name: "Yahoo",
        hosts: "smtp.mail.yahoo.com",
        domains: "yahoo.com yahoo.ca yahoo.co.in yahoo.co.uk yahoo.com.ar yahoo.com.au yahoo.com.br yahoo.com.mx yahoo.de \
                  yahoo.es yahoo.fr yahoo.ie yahoo.in yahoo.it ymail.com rocketmail.com",
        offers: &[SSL],
        also: &[TLS],
        login: Login::AppPasswordOrOauth,
        caveats: &[Caveat::NoNewOauth],
        ..ROW
    },
    Provider {
        id: "aol",
        name: "AOL / Verizon",
        hosts: "smtp.aol.com smtp.verizon.net",
        domains: "aol.com aim.com aol.co.uk aol.de aol.fr verizon.net",
        offers: &[SSL],
        also: &[TLS],
        login: Login::AppPasswordOrOauth,
        ..ROW
    },
    Provider {
        id: "att",
        name: "AT&T",
        hosts: "smtp.mail.att.net",
        domains: "att.net ameritech.net bellsouth.net flash.net nvbell.net pacbell.net prodigy.net sbcglobal.net snet.net \
                  swbell.net wans.net",
        offers: &[SSL],
        login: Login::MailKeyOrOauth,
        ..ROW
    },
    Provider {
        id: "comcast",
        name: "Comcast",
        hosts: "smtp.comcast.net",
        domains: "comcast.net",
        login: Login::PasswordOrOauth,
        ..ROW
    },
    Provider {
        id: "icloud",
        name: "iCloud",
        hosts: "smtp.mail.me.com",
        domains: "icloud.com me.com mac.com",
        offers: &[TLS],
        login: Login::AppPassword,
        ..ROW
    },
    Provider {
        id: "fastmail",
        name: "Fastmail",
        hosts: "smtp.fastmail.com",
        domains: "fastmail.com fastmail.fm",
        offers: &[SSL],
        also: &[TLS],
        login: Login::AppPassword,
        ..ROW
    },
    Provider {
        id: "zoho",
        name: "Zoho",
        hosts: "smtp.zoho.com smtppro.zoho.com",
        domains: "zoho.com zohomail.com",
        login: Login::PasswordOrAppPassword,
        ..ROW
    },
    Provider {
        id: "zoho_eu",
        name: "Zoho (EU)",
        hosts: "smtp.zoho.eu smtppro.zoho.eu",
        domains: "zoho.eu zohomail.eu",
        login: Login::PasswordOrAppPassword,
        ..ROW
    },
    Provider {
        id: "proton",
        name: "Proton Mail",
        hosts: "smtp.protonmail.ch",
        domains: "proton.me protonmail.com protonmail.ch pm.me",
        offers: &[TLS],
        login: Login::Token,
        caveats: &[Caveat::OwnDomainOnly, Caveat::Bridge],
        ..ROW
    },
    Provider {
        id: "gmx_de",
        name: "GMX",
        hosts: "mail.gmx.net",
        domains: "gmx.net gmx.de gmx.at gmx.ch",
        caveats: &[Caveat::AllowMailPrograms],
        ..ROW
    },
    Provider {
        id: "gmx",
        name: "GMX (international)",
        hosts: "mail.gmx.com",
        domains: "gmx.com gmx.us gmx.co.uk gmx.es gmx.fr",
        caveats: &[Caveat::AllowMailPrograms],
        ..ROW
    },
    Provider {
        id: "web_de",
        name: "WEB.DE",
        hosts: "smtp.web.de",
        domains: "web.de",
        user_name: UserName::LocalPart,
        caveats: &[Caveat::AllowMailPrograms],
        ..ROW
    },
    Provider { id: "mail_com", name: "mail.com", hosts: "smtp.mail.com", domains: "mail.com email.com", ..ROW },
    Provider {
        id: "t_online",
        name: "T-Online",
        hosts: "securesmtp.t-online.de",
        domains: "t-online.de magenta.de",
        ..ROW
    },
    Provider {
        id: "mailbox_org",
        name: "mailbox.org",
        hosts: "smtp.mailbox.org",
        domains: "mailbox.org",
        offers: &[SSL],
        also: &[TLS],
        ..ROW
    },
    Provider { id: "posteo", name: "Posteo", hosts: "posteo.de", domains: "posteo.de posteo.net posteo.eu", ..ROW },
    Provider {
        id: "runbox",
        name: "Runbox",
        hosts: "smtp.runbox.com mail.runbox.com",
        domains: "runbox.com",
        offers: &[SSL],
        also: &[TLS],
        ..ROW
    },
    Provider {
        id: "yandex",
        name: "Yandex",
        hosts: "smtp.yandex.ru smtp.yandex.com",
        domains: "yandex.ru yandex.com ya.ru yandex.by yandex.kz yandex.ua",
        offers: &[SSL],
        also: &[TLS],
        login: Login::AppPassword,
        caveats: &[Caveat::FromIsLogin],
        ..ROW
    },
    Provider {
        id: "mail_ru",
        name: "Mail.ru",
        hosts: "smtp.mail.ru",
        domains: "mail.ru bk.ru inbox.ru internet.ru list.ru",
        login: Login::AppPasswordOrOauth,
        ..ROW
    },
    Provider {
        id: "qq",
        name: "QQ Mail",
        hosts: "smtp.qq.com",
        domains: "qq.com foxmail.com",
        offers: &[SSL],
        also: &[TLS],
        login: Login::AuthorisationCode,
        ..ROW
    },
    Provider {
        id: "netease_163",
        name: "163 Mail",
        hosts: "smtp.163.com",
        domains: "163.com",
        offers: &[SSL],
        also: &[implicit(994)],
        login: Login::AuthorisationCode,
        ..ROW
    },
    Provider {
        id: "netease_126",
        name: "126 Mail",
        hosts: "smtp.126.com",
        domains: "126.com",
        offers: &[SSL],
        also: &[implicit(994)],
        login: Login::AuthorisationCode,
        ..ROW
    },
    Provider {
        id: "naver",
        name: "Naver",
        hosts: "smtp.naver.com",
        domains: "naver.com",
        caveats: &[Caveat::EnableSmtp],
        ..ROW
    },
    Provider {
        id: "orange_fr",
        name: "Orange (France)",
        hosts: "smtp.orange.fr",
        domains: "orange.fr wanadoo.fr",
        offers: &[SSL],
        also: &[TLS],
        ..ROW
    },
    Provider {
        id: "free_fr",
        name: "Free (France)",
        hosts: "smtp.free.fr",
        domains: "free.fr",
        offers: &[SSL],
        also: &[TLS],
        ..ROW
    },
    Provider {
        id: "libero",
        name: "Libero",
        hosts: "smtp.libero.it",
        domains: "libero.it inwind.it iol.it blu.it giallo.it",
        offers: &[SSL],
        ..ROW
    },
    Provider {
        id: "seznam",
        name: "Seznam",
        hosts: "smtp.seznam.cz",
        domains: "seznam.cz email.cz post.cz spoluzaci.cz",
        offers: &[SSL],
        ..ROW
    },
    Provider {
        id: "uol",
        name: "UOL",
        hosts: "smtps.uol.com.br",
        domains: "uol.com.br",
        offers: &[TLS],
        user_name: UserName::LocalPart,
        ..ROW
    },
    Provider {
        id: "bol",
        name: "BOL",
        hosts: "smtps.bol.com.br",
        domains: "bol.com.br",
        offers: &[TLS, SSL],
        user_name: UserName::LocalPart,
        ..ROW
    },
];
