//! What may be dialled: the operator's list, and what no list can allow. No socket, no resolver.

mod never;
mod rule;

use rule::Rule;
use std::{net::SocketAddr, sync::Arc};

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Smtp,
    Connector,
    /// A small file that a domain publishes, such as its MTA-STS policy, or who issues access tokens.
    Web,
}

/// The item of the operator's list that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{item}` is not CIDR[:ports]")]
pub struct PolicyError {
    pub item: String,
}

/// Where sessions may lead.
#[derive(Debug, Clone)]
pub struct DestinationPolicy {
    smtp: Arc<[Rule]>,
    connector: Arc<[Rule]>,
    web: Arc<[Rule]>,
    /// Whether files of the web come from public addresses only. Whoever names a domain names where they come from, and
    /// that need not be an administrator; the servers of an account are an administrator's word.
    web_is_public: bool,
}

impl DestinationPolicy {
    const SMTP_PORTS: [u16; 5] = [25, 465, 587, 1025, 2525];
    const CONNECTOR_PORTS: [u16; 3] = [1080, 3128, 8080];
    const WEB_PORTS: [u16; 2] = [443, 80];

    /// Reads `CIDR[:ports]` items apart by commas or blanks; ports are `25`, `1-1024`, `25|465`; an IPv6 CIDR
    /// stands in brackets where ports follow. The list holds for servers, connectors and files of the web alike.
    pub fn parse(list: &str) -> Result<Self, PolicyError> {
        let items = list.split([',', ' ', '\t', '\n', '\r']).filter(|item| !item.is_empty());
        let rules = items.map(Rule::parse).collect::<Result<Arc<[Rule]>, _>>()?;
        if rules.is_empty() {
            return Err(PolicyError { item: list.trim().to_owned() });
        }
        Ok(Self { smtp: Arc::clone(&rules), connector: Arc::clone(&rules), web: rules, web_is_public: false })
    }

    /// Any address, on the ports where mail servers and connectors live; of the web, any public one.
    pub fn default_for_smtp_and_connectors() -> Self {
        let connector: Vec<_> = Self::SMTP_PORTS.into_iter().chain(Self::CONNECTOR_PORTS).collect();
        Self {
            smtp: Rule::anywhere(&Self::SMTP_PORTS).into(),
            connector: Rule::anywhere(&connector).into(),
            web: Rule::anywhere(&Self::WEB_PORTS).into(),
            web_is_public: true,
        }
    }

    /// Whether this very address may be connected to.
    pub fn allows(&self, address: SocketAddr, purpose: Purpose) -> bool {
        let ip = address.ip().to_canonical();
        let too_near = purpose == Purpose::Web && self.web_is_public && never::is_private(address.ip());
        !never::forbids(address.ip())
            && !too_near
            && self.rules(purpose).iter().any(|rule| rule.covers(ip, address.port()))
    }

    /// Whether a connector may be asked for a name, which it resolves at its end: only name and port can be judged here.
    pub fn allows_name(&self, name: &str, port: u16) -> bool {
        !never::forbids_name(name) && self.smtp.iter().any(|rule| rule.covers_port(port))
    }

    fn rules(&self, purpose: Purpose) -> &[Rule] {
        match purpose {
            Purpose::Smtp => &self.smtp,
            Purpose::Connector => &self.connector,
            Purpose::Web => &self.web,
        }
    }
}

impl Default for DestinationPolicy {
    fn default() -> Self {
        Self::default_for_smtp_and_connectors()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(policy: &DestinationPolicy, address: &str, purpose: Purpose, allowed: bool) {
        let address: SocketAddr = address.parse().expect("an address");
        assert_eq!(policy.allows(address, purpose), allowed, "{address} {purpose:?}");
    }

    #[test]
    fn w46_the_default_is_any_address_on_mail_ports() {
        let policy = DestinationPolicy::default();
        for (address, smtp, connector, web) in [
            ("192.0.2.1:25", true, true, false),
            ("192.0.2.1:465", true, true, false),
            ("10.0.0.1:587", true, true, false),
            ("127.0.0.1:1025", true, true, false),
            ("[2001:db8::1]:2525", true, true, false),
            ("192.0.2.1:1080", false, true, false),
            ("192.0.2.1:3128", false, true, false),
            ("192.0.2.1:8080", false, true, false),
            ("192.0.2.1:22", false, false, false),
            ("192.0.2.1:80", false, false, true),
            ("192.0.2.1:443", false, false, true),
            ("[2001:db8::1]:443", false, false, true),
            // Of the web, public addresses only, in whatever form they are written.
            ("10.0.0.1:443", false, false, false),
            ("172.31.0.1:443", false, false, false),
            ("192.168.1.1:80", false, false, false),
            ("100.64.0.1:443", false, false, false),
            ("127.0.0.1:443", false, false, false),
            ("[::1]:443", false, false, false),
            ("[fd12::1]:443", false, false, false),
            ("[::ffff:10.0.0.1]:443", false, false, false),
            ("[64:ff9b::10.0.0.1]:443", false, false, false),
            ("[2002:a00:1::1]:443", false, false, false),
        ] {
            check(&policy, address, Purpose::Smtp, smtp);
            check(&policy, address, Purpose::Connector, connector);
            check(&policy, address, Purpose::Web, web);
        }
    }

    #[test]
    fn w46_no_list_allows_what_is_never_allowed() {
        let everything = DestinationPolicy::parse("0.0.0.0/0 ::/0").expect("a list");
        for ip in [
            "169.254.169.254",
            "169.254.1.1",
            "100.100.100.200",
            "168.63.129.16",
            "192.0.0.192",
            "0.0.0.0",
            "0.1.2.3",
            "224.0.0.1",
            "239.255.255.255",
            "255.255.255.255",
            "[::]",
            "[fe80::1]",
            "[febf::1]",
            "[ff02::1]",
            "[fd00:ec2::254]",
            "[fd20:ce::254]",
            "[::ffff:169.254.169.254]",
            "[::ffff:0.0.0.0]",
            "[::169.254.169.254]",
            "[64:ff9b::a9fe:a9fe]",
            "[64:ff9b:1::a9fe:a9fe]",
            "[64:ff9b:1:a9fe:a9:fe00::]",
            "[2002:a9fe:a9fe::1]",
            "[2001:0:1234::5601:5601]",
            "[2001:db8::5efe:169.254.169.254]",
            "[64:ff9b::e000:1]",
        ] {
            for policy in [&everything, &DestinationPolicy::default()] {
                check(policy, &format!("{ip}:25"), Purpose::Smtp, false);
                check(policy, &format!("{ip}:25"), Purpose::Connector, false);
                check(policy, &format!("{ip}:443"), Purpose::Web, false);
            }
        }
        check(&everything, "[64:ff9b::c000:201]:25", Purpose::Smtp, true);
        check(&everything, "[64:ff9b:1::c000:201]:25", Purpose::Smtp, true);
        assert!(!everything.allows_name("metadata.google.internal", 25));
    }

    #[test]
    fn lists() {
        let policy = DestinationPolicy::parse("10.0.0.0/8:25|465, 192.0.2.7 [2001:db8::/32]:1-1024,127.0.0.0/8")
            .expect("a list");
        for (address, allowed) in [
            ("10.1.2.3:25", true),
            ("10.1.2.3:465", true),
            ("10.1.2.3:587", false),
            ("11.1.2.3:25", false),
            ("192.0.2.7:9999", true),
            ("192.0.2.8:25", false),
            ("[2001:db8::1]:1024", true),
            ("[2001:db8::1]:1025", false),
            ("[2001:db9::1]:25", false),
            ("[::ffff:10.1.2.3]:25", true),
            ("[64:ff9b::10.1.2.3]:25", false),
            ("127.9.9.9:40000", true),
        ] {
            for purpose in [Purpose::Smtp, Purpose::Connector, Purpose::Web] {
                check(&policy, address, purpose, allowed);
            }
        }
        assert!(policy.allows_name("mail.example.com", 40000), "a rule without ports covers every port");
        assert!(!DestinationPolicy::parse("10.0.0.0/8:25").expect("a list").allows_name("mail.example.com", 26));
        for (list, item) in [
            ("", ""),
            ("10.0.0.0/33", "10.0.0.0/33"),
            ("10.0.0.0/8, mail.example.com", "mail.example.com"),
            ("10.0.0.0/8:0", "10.0.0.0/8:0"),
            ("10.0.0.0/8:70000", "10.0.0.0/8:70000"),
            ("10.0.0.0/8:9-1", "10.0.0.0/8:9-1"),
            ("10.0.0.0/8:", "10.0.0.0/8:"),
            ("[2001:db8::/32", "[2001:db8::/32"),
            ("[2001:db8::/129]:25", "[2001:db8::/129]:25"),
            ("10.0.0.0/+8", "10.0.0.0/+8"),
        ] {
            assert_eq!(DestinationPolicy::parse(list).expect_err(list), PolicyError { item: item.into() }, "{list}");
        }
    }
}
