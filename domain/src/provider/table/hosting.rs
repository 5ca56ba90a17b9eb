//! Who keeps the mailboxes of other people's domains: known by the server's name. Data alone.

use super::{Provider, ROW, SSL, TLS, starttls};

pub const ROWS: &[Provider] = &[
    Provider {
        id: "ionos",
        name: "IONOS",
        hosts: "smtp.ionos.de smtp.ionos.com smtp.ionos.co.uk smtp.ionos.es smtp.ionos.fr smtp.ionos.it smtp.1und1.de",
        offers: &[TLS, SSL],
        ..ROW
    },
    Provider { id: "strato", name: "Strato", hosts: "smtp.strato.de", ..ROW },
    Provider { id: "hetzner", name: "Hetzner", hosts: "mail.your-server.de", offers: &[TLS], also: &[SSL], ..ROW },
    Provider { id: "ovh", name: "OVHcloud", hosts: "ssl0.ovh.net", offers: &[SSL], also: &[TLS], ..ROW },
    Provider { id: "gandi", name: "Gandi", hosts: "mail.gandi.net", offers: &[TLS], also: &[SSL], ..ROW },
    Provider { id: "infomaniak", name: "Infomaniak", hosts: "mail.infomaniak.com", domains: "ik.me ikmail.com", ..ROW },
    Provider {
        id: "rackspace",
        name: "Rackspace Email",
        hosts: "secure.emailsrvr.com",
        offers: &[SSL],
        also: &[TLS],
        ..ROW
    },
    Provider {
        id: "godaddy",
        name: "GoDaddy",
        hosts: "smtpout.secureserver.net",
        offers: &[SSL],
        also: &[TLS, starttls(80), starttls(3535)],
        ..ROW
    },
    Provider { id: "opensrs", name: "OpenSRS", hosts: "mail.hostedemail.com", offers: &[SSL], also: &[TLS], ..ROW },
    Provider { id: "alibaba", name: "Alibaba Mail", hosts: "smtp.qiye.aliyun.com", offers: &[SSL], ..ROW },
    Provider { id: "aruba", name: "Aruba", hosts: "smtps.aruba.it", domains: "aruba.it", offers: &[SSL], ..ROW },
    Provider { id: "locaweb", name: "Locaweb", hosts: "email-ssl.com.br", ..ROW },
];
