//! Every setting, in one documented struct. Flag, then `POSTROOM_*` variable, then `postroom.toml`, then default.

mod oidc;
mod portal;

pub use portal::Portal;
#[cfg(test)]
pub use portal::Proxy;

use crate::theme::{self, Theme};
use clap::{Args, Parser, Subcommand};
use domain::{Role, portal::Embedding};
use secrecy::SecretString;
use serde::Deserialize;
use service::{DestinationPolicy, MasterKeySource};
use std::{
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

/// The mail room of an admin portal: SMTP accounts, tested and watched.
#[derive(Debug, Parser)]
#[command(name = "postroom", version)]
pub struct Cli {
    #[command(flatten)]
    pub flags: Flags,
    /// A file with the same settings; `postroom.toml` in the working directory is read where there is one.
    #[arg(long, env = "POSTROOM_CONFIG", global = true)]
    pub config: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Answer HTTP (the default).
    Serve,
    /// Manage users without a browser.
    User {
        #[command(subcommand)]
        command: UserCommand,
    },
    /// Look after the key that all stored secrets depend on.
    Key {
        #[command(subcommand)]
        command: KeyCommand,
    },
    /// Manage API tokens without a browser.
    Token {
        #[command(subcommand)]
        command: TokenCommand,
    },
    /// Copy the database, also while the server runs. The master key is not in the copy.
    Backup {
        /// A file that does not exist yet.
        file: PathBuf,
    },
    /// Write accounts, connectors and credentials to a readable file. No secret is in it.
    Export {
        /// A file that does not exist yet; standard output without one.
        file: Option<PathBuf>,
    },
    /// Make and change accounts, connectors and credentials as a file says, all or nothing. Twice changes nothing.
    Import {
        file: PathBuf,
        /// Say what would change, and change nothing.
        #[arg(long)]
        dry_run: bool,
    },
    /// Read the settings, open the store and say whether all is well.
    Check,
}

#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Make a user; the password comes from standard input.
    Add {
        #[arg(long)]
        name: String,
        /// viewer, operator or administrator.
        #[arg(long, value_parser = parse_role)]
        role: Role,
        /// Read the password from standard input (the only way: an argument would be seen by other processes).
        #[arg(long, required = true)]
        password_stdin: bool,
    },
}

#[derive(Debug, Subcommand)]
pub enum KeyCommand {
    /// Put a new master key into the master key's file, also while the server runs. Every stored secret stays.
    Rotate,
}

#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Make a token and print it, once and alone on its line.
    Add {
        #[arg(long)]
        name: String,
        /// viewer, operator or administrator.
        #[arg(long, value_parser = parse_role)]
        role: Role,
    },
}

/// Settings as given; each may stand in a flag, a variable or the file.
#[derive(Debug, Default, Clone, Args, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Flags {
    /// Address and port to answer on [default: 127.0.0.1:3000]
    #[arg(long, env = "POSTROOM_LISTEN", global = true)]
    pub listen: Option<String>,
    /// Address and port of the metrics, for Prometheus; off unless given. Whoever reaches it reads them
    #[arg(long, env = "POSTROOM_METRICS_LISTEN", global = true)]
    pub metrics_listen: Option<String>,
    /// Where the data is [default: `sqlite://data/postroom.db`]
    #[arg(long, env = "POSTROOM_DATABASE_URL", global = true)]
    pub database_url: Option<String>,
    /// The file with the master key; made on first start [default: data/master.key]
    #[arg(long, env = "POSTROOM_MASTER_KEY_FILE", global = true)]
    pub master_key_file: Option<PathBuf>,
    /// The master key itself: 32 bytes in base64 or hex. Only as a variable.
    #[arg(skip)]
    pub master_key: Option<String>,
    /// The path below which everything is served [default: /]
    #[arg(long, env = "POSTROOM_BASE_PATH", global = true)]
    pub base_path: Option<String>,
    /// The address people open, such as `https://mail.example.com` [default: from the request]
    #[arg(long, env = "POSTROOM_PUBLIC_URL", global = true)]
    pub public_url: Option<String>,
    /// A file (JSON) with theme properties, such as `{"accent": "#7a1fa2"}`
    #[arg(long, env = "POSTROOM_THEME_FILE", global = true)]
    pub theme_file: Option<PathBuf>,
    /// Where SMTP and connectors may lead: a list of `CIDR[:ports]`
    #[arg(long, env = "POSTROOM_ALLOW_DESTINATIONS", global = true)]
    pub allow_destinations: Option<String>,
    /// The name server asked about senders' domains: `ADDR[:port]` [default: those of /etc/resolv.conf]
    #[arg(long, env = "POSTROOM_RESOLVER", global = true)]
    pub resolver: Option<String>,
    /// Certificates (PEM) trusted besides the system's, such as a private CA's
    #[arg(long, env = "POSTROOM_CA_FILE", global = true)]
    pub ca_file: Option<PathBuf>,
    /// The name said in EHLO [default: this machine's]
    #[arg(long, env = "POSTROOM_EHLO_NAME", global = true)]
    pub ehlo_name: Option<String>,
    /// Single sign-on: the `OpenID` provider, such as `https://id.example.com`; off unless given
    #[arg(long, env = "POSTROOM_OIDC_ISSUER", global = true)]
    pub oidc_issuer: Option<String>,
    /// Single sign-on: our name at the provider
    #[arg(long, env = "POSTROOM_OIDC_CLIENT_ID", global = true)]
    pub oidc_client_id: Option<String>,
    /// Single sign-on: a file that holds our secret at the provider, and nothing else
    #[arg(long, env = "POSTROOM_OIDC_CLIENT_SECRET_FILE", global = true)]
    pub oidc_client_secret_file: Option<PathBuf>,
    /// Single sign-on: the claim that names the role, viewer, operator or administrator [default: role]
    #[arg(long, env = "POSTROOM_OIDC_ROLE_CLAIM", global = true)]
    pub oidc_role_claim: Option<String>,
    /// Portals that may embed the pages: exact origins such as `https://portal.example.com`, apart by commas [default: none]
    #[arg(long, env = "POSTROOM_EMBED_ORIGINS", global = true)]
    pub embed_origins: Option<String>,
    /// Whom a portal's tokens are meant for (their `aud`) [default: postroom]
    #[arg(long, env = "POSTROOM_EMBED_AUDIENCE", global = true)]
    pub embed_audience: Option<String>,
    /// Who issues a portal's tokens (their `iss`) [default: whoever has the key]
    #[arg(long, env = "POSTROOM_EMBED_ISSUER", global = true)]
    pub embed_issuer: Option<String>,
    /// The file with the secret that a portal signs its tokens with (HS256): 32 random bytes or more
    #[arg(long, env = "POSTROOM_EMBED_SECRET_FILE", global = true)]
    pub embed_secret_file: Option<PathBuf>,
    /// The https address or the file of the key set (JWKS) that a portal's tokens are signed with
    #[arg(long, env = "POSTROOM_EMBED_JWKS", global = true)]
    pub embed_jwks: Option<String>,
    /// Proxies that are believed who a request is from: addresses or CIDR, apart by commas [default: none]
    #[arg(long, env = "POSTROOM_TRUSTED_PROXIES", global = true)]
    pub trusted_proxies: Option<String>,
    /// The header in which a trusted proxy names the person that it has signed in
    #[arg(long, env = "POSTROOM_PROXY_USER_HEADER", global = true)]
    pub proxy_user_header: Option<String>,
    /// The header in which it names their role [default: everybody is a viewer]
    #[arg(long, env = "POSTROOM_PROXY_ROLE_HEADER", global = true)]
    pub proxy_role_header: Option<String>,
    /// The file with the secret that it has to send in X-Postroom-Proxy-Secret [default: its address is enough]
    #[arg(long, env = "POSTROOM_PROXY_SECRET_FILE", global = true)]
    pub proxy_secret_file: Option<PathBuf>,
    /// What is logged: error, warn, info, debug or a filter such as `info,postroom=debug` [default: info]
    #[arg(long, env = "POSTROOM_LOG", global = true)]
    pub log: Option<String>,
}

/// Settings as checked.
#[derive(Debug, Clone)]
pub struct Config {
    pub listen: SocketAddr,
    pub metrics_listen: Option<SocketAddr>,
    pub site: Site,
    pub log: String,
    pub portal: Portal,
    /// Portals may frame the pages, and can sign in nobody.
    pub deaf: bool,
    pub service: service::Settings,
}

/// Where and how the pages are served.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// As people open it, without the base path.
    pub public_url: Option<String>,
    /// Empty, or a path such as `/mail/smtp`.
    pub base: String,
    pub theme: Option<Theme>,
}

impl Site {
    /// Whether people come over https: decides how cookies are protected.
    pub fn is_https(&self) -> bool {
        self.public_url.as_ref().is_some_and(|url| url.starts_with("https://"))
    }

    /// Where people open it, as far as that is known.
    pub fn address(&self) -> Option<String> {
        self.public_url.as_ref().map(|url| format!("{url}{}", self.base))
    }
}

impl Cli {
    /// The settings in force, or one line that names the bad one.
    pub fn config(&self) -> Result<Config, String> {
        let file = read_file(self.config.as_deref())?;
        let flags = &self.flags;
        let pick = |flag: &Option<String>, stored: &Option<String>| flag.clone().or_else(|| stored.clone());
        let path = |flag: &Option<PathBuf>, stored: &Option<PathBuf>| flag.clone().or_else(|| stored.clone());

        let listen = pick(&flags.listen, &file.listen).unwrap_or_else(|| "127.0.0.1:3000".to_owned());
        let listen = address("listen", &listen, "127.0.0.1:3000")?;
        let metrics_listen = pick(&flags.metrics_listen, &file.metrics_listen)
            .map(|text| address("metrics-listen", &text, "127.0.0.1:9464"))
            .transpose()?;
        let base = pick(&flags.base_path, &file.base_path).map(|path| check_base_path(&path)).transpose()?;
        let theme = path(&flags.theme_file, &file.theme_file).map(|path| theme::read(&path)).transpose();
        let portal = portal::Given {
            origins: pick(&flags.embed_origins, &file.embed_origins),
            audience: pick(&flags.embed_audience, &file.embed_audience),
            issuer: pick(&flags.embed_issuer, &file.embed_issuer),
            secret_file: path(&flags.embed_secret_file, &file.embed_secret_file),
            jwks: pick(&flags.embed_jwks, &file.embed_jwks),
            proxies: pick(&flags.trusted_proxies, &file.trusted_proxies),
            user_header: pick(&flags.proxy_user_header, &file.proxy_user_header),
            role_header: pick(&flags.proxy_role_header, &file.proxy_role_header),
            proxy_secret_file: path(&flags.proxy_secret_file, &file.proxy_secret_file),
        };
        let (portal, sign_in) = portal.checked()?;
        let public_url = pick(&flags.public_url, &file.public_url).map(|url| check_public_url(&url)).transpose()?;
        let policy = match pick(&flags.allow_destinations, &file.allow_destinations) {
            Some(list) => {
                DestinationPolicy::parse(&list).map_err(|error| bad("allow-destinations", &error.to_string()))?
            }
            None => DestinationPolicy::default(),
        };
        let database_url =
            pick(&flags.database_url, &file.database_url).unwrap_or_else(|| "sqlite://data/postroom.db".to_owned());
        if !database_url.starts_with("sqlite:") {
            return Err(bad("database-url", "only sqlite:// is served so far"));
        }
        let ehlo = pick(&flags.ehlo_name, &file.ehlo_name).unwrap_or_else(machine_name);
        let helo = domain::Host::parse(&ehlo).map_err(|_| bad("ehlo-name", &format!("'{ehlo}' is not a host name")))?;
        let site = Site {
            public_url: public_url.clone(),
            base: base.unwrap_or_default(),
            theme: theme.map_err(|why| bad("theme-file", &why))?,
        };
        let oidc = oidc::read(flags, &file, &site)?;
        let embedding = Embedding {
            origins: portal.origins.iter().map(ToString::to_string).collect(),
            address: site.address().unwrap_or_default(),
            base: site.base.clone(),
            token: sign_in.as_ref().map(portal::shown),
            proxy: portal.shown(),
            oidc: oidc.as_ref().map(|oidc| oidc.issuer.clone()),
            theme_file: site.theme.is_some(),
        };
        Ok(Config {
            listen,
            metrics_listen,
            deaf: !portal.origins.is_empty() && sign_in.is_none() && portal.proxy.is_none(),
            portal,
            log: pick(&flags.log, &file.log).unwrap_or_else(|| "info".to_owned()),
            site,
            service: service::Settings {
                database_url,
                master_key: master_key(path(&flags.master_key_file, &file.master_key_file), file.master_key)?,
                policy,
                extra_roots: path(&flags.ca_file, &file.ca_file),
                helo: helo.ascii().to_owned(),
                resolver: pick(&flags.resolver, &file.resolver).map(|text| name_server(&text)).transpose()?,
                https: domain::Port::HTTPS,
                oidc,
                portal: sign_in,
                public_url,
                embedding,
            },
        })
    }
}

/// The variable, then the file.
#[expect(clippy::disallowed_methods, reason = "this is where settings are read; clap would print the key in its help")]
fn master_key(file: Option<PathBuf>, in_toml: Option<String>) -> Result<MasterKeySource, String> {
    if in_toml.is_some() {
        return Err(bad("master-key", "a key does not belong in a settings file; name a file that holds it alone"));
    }
    Ok(match std::env::var("POSTROOM_MASTER_KEY") {
        Ok(key) => MasterKeySource::Value(SecretString::from(key)),
        Err(_) => MasterKeySource::File(file.unwrap_or_else(|| PathBuf::from("data/master.key"))),
    })
}

fn address(setting: &str, text: &str, example: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| bad(setting, &format!("'{text}' is not an address with a port, such as {example}")))
}

/// An address, with or without a port. A name would need a name server to be found.
fn name_server(text: &str) -> Result<SocketAddr, String> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    let with_port = bare.parse::<IpAddr>().map(|ip| SocketAddr::new(ip, 53));
    with_port
        .or_else(|_| text.parse())
        .map_err(|_| bad("resolver", &format!("'{text}' is not an address, such as 192.0.2.53 or [2001:db8::53]:5353")))
}

fn read_file(named: Option<&Path>) -> Result<Flags, String> {
    let path = named.unwrap_or_else(|| Path::new("postroom.toml"));
    if named.is_none() && !path.exists() {
        return Ok(Flags::default());
    }
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    toml::from_str(&text).map_err(|error| format!("{}: {}", path.display(), error.message()))
}

fn check_public_url(url: &str) -> Result<String, String> {
    let url = url.trim_end_matches('/');
    let uri: http::Uri = url.parse().map_err(|_| bad("public-url", &format!("'{url}' is not an address")))?;
    let known = matches!(uri.scheme_str(), Some("http" | "https")) && uri.authority().is_some();
    if !known || uri.path() != "/" || uri.query().is_some() {
        return Err(bad("public-url", &format!("'{url}' is not like https://mail.example.com")));
    }
    Ok(url.to_owned())
}

/// The first segments of addresses of ours: after one of them nobody could tell whether a proxy has stripped the base path.
const TAKEN: [&str; 11] =
    ["settings", "embed", "api", "reports", "pkg", "sign-in", "sign-out", "setup", "healthz", "readyz", "csp-reports"];

/// Segments of letters, digits and `-._~`; empty for the root.
fn check_base_path(path: &str) -> Result<String, String> {
    let inner = path.trim_end_matches('/');
    let plain = |segment: &str| {
        let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~');
        !segment.is_empty() && segment.chars().all(known) && !matches!(segment, "." | "..")
    };
    let good = inner.is_empty() || inner.strip_prefix('/').is_some_and(|rest| rest.split('/').all(plain));
    if inner.split('/').nth(1).is_some_and(|first| TAKEN.contains(&first)) {
        return Err(bad("base-path", &format!("'{path}' begins like an address of ours")));
    }
    if good && path.starts_with('/') {
        Ok(inner.to_owned())
    } else {
        Err(bad("base-path", &format!("'{path}' is not like /mail/smtp")))
    }
}

fn bad(setting: &str, why: &str) -> String {
    let variable = setting.to_ascii_uppercase().replace('-', "_");
    format!("--{setting} (POSTROOM_{variable}): {why}")
}

/// This machine's name as the kernel has it; some servers refuse `localhost` in EHLO.
fn machine_name() -> String {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let name = name.trim();
    if domain::Host::parse(name).is_ok() { name.to_owned() } else { "localhost".to_owned() }
}

fn parse_role(text: &str) -> Result<Role, String> {
    Role::parse(text).ok_or_else(|| "one of viewer, operator, administrator".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(args: &[&str]) -> Result<Config, String> {
        Cli::try_parse_from(std::iter::once("postroom").chain(args.iter().copied())).expect("flags").config()
    }

    #[test]
    fn a_bad_setting_is_named_in_one_line() {
        for (args, begins) in [
            (["--listen", "nowhere"], "--listen (POSTROOM_LISTEN): 'nowhere'"),
            (["--metrics-listen", ":9464"], "--metrics-listen (POSTROOM_METRICS_LISTEN): ':9464'"),
            (["--public-url", "ftp://x"], "--public-url (POSTROOM_PUBLIC_URL): 'ftp://x'"),
            (["--allow-destinations", "10.0.0.0/99"], "--allow-destinations (POSTROOM_ALLOW_DESTINATIONS): "),
            (["--database-url", "mysql://x"], "--database-url (POSTROOM_DATABASE_URL): "),
            (["--base-path", "mail"], "--base-path (POSTROOM_BASE_PATH): 'mail'"),
            (["--base-path", "/mail//smtp"], "--base-path (POSTROOM_BASE_PATH): "),
            (["--base-path", "/mail/../x"], "--base-path (POSTROOM_BASE_PATH): "),
            (["--base-path", "/api/mail"], "--base-path (POSTROOM_BASE_PATH): '/api/mail' begins like"),
            (["--base-path", "/a b"], "--base-path (POSTROOM_BASE_PATH): "),
            (["--embed-origins", "https://*.example.com"], "--embed-origins (POSTROOM_EMBED_ORIGINS): 'https://*"),
            (["--embed-origins", "https://a.example/"], "--embed-origins (POSTROOM_EMBED_ORIGINS): "),
            (["--embed-origins", "null"], "--embed-origins (POSTROOM_EMBED_ORIGINS): 'null' is the origin"),
            (["--theme-file", "no-such-file.json"], "--theme-file (POSTROOM_THEME_FILE): "),
            (["--resolver", "dns.example.com"], "--resolver (POSTROOM_RESOLVER): 'dns.example.com'"),
            (["--ehlo-name", "a b"], "--ehlo-name (POSTROOM_EHLO_NAME): "),
            (["--embed-origins", "https://*.example"], "--embed-origins (POSTROOM_EMBED_ORIGINS): 'https://*.example'"),
            (["--embed-issuer", "x"], "--embed-issuer (POSTROOM_EMBED_ISSUER): "),
            (["--embed-jwks", "keys.json"], "--embed-origins (POSTROOM_EMBED_ORIGINS): "),
            (["--trusted-proxies", "10.0.0.0/99"], "--trusted-proxies (POSTROOM_TRUSTED_PROXIES): '10.0.0.0/99'"),
            (["--proxy-user-header", "x-user"], "--trusted-proxies (POSTROOM_TRUSTED_PROXIES): "),
            (["--proxy-role-header", "x-role"], "--proxy-user-header (POSTROOM_PROXY_USER_HEADER): "),
            (["--config", "no-such-file.toml"], "no-such-file.toml: "),
        ] {
            let line = config(&args).expect_err("bad");
            assert!(line.starts_with(begins), "{line}");
            assert!(!line.contains('\n'), "{line}");
        }
    }

    #[test]
    fn a_resolver_has_a_port_or_the_usual_one() {
        for (text, wanted) in [
            ("192.0.2.53", "192.0.2.53:53"),
            ("192.0.2.53:5353", "192.0.2.53:5353"),
            ("2001:db8::53", "[2001:db8::53]:53"),
            ("[2001:db8::53]", "[2001:db8::53]:53"),
            ("[2001:db8::53]:5353", "[2001:db8::53]:5353"),
        ] {
            let config = config(&["--resolver", text]).expect(text);
            assert_eq!(config.service.resolver.expect("one").to_string(), wanted, "{text}");
        }
    }

    #[test]
    fn defaults_are_those_of_the_table() {
        let config = config(&[]).expect("defaults");
        assert_eq!(config.listen.to_string(), "127.0.0.1:3000");
        assert_eq!(config.metrics_listen, None);
        assert_eq!((config.site.base.as_str(), config.portal.origins.len()), ("", 0));
        assert_eq!((config.service.resolver, config.service.https.get()), (None, 443));
        assert_eq!(config.service.database_url, "sqlite://data/postroom.db");
        assert!(
            matches!(config.service.master_key, MasterKeySource::File(path) if path == Path::new("data/master.key"))
        );
    }
}
