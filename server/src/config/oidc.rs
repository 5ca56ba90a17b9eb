//! Settings of single sign-on: all of them or none.

use super::{Flags, Site, bad};
use secrecy::{SecretString, zeroize::Zeroizing};
use service::OidcSettings;
use std::{fs, path::Path};

/// No client's secret is longer.
const MAX_SECRET: usize = 4096;

/// `None` where nothing is said of it.
pub fn read(flags: &Flags, file: &Flags, site: &Site) -> Result<Option<OidcSettings>, String> {
    let pick = |flag: &Option<String>, stored: &Option<String>| flag.clone().or_else(|| stored.clone());
    let issuer = pick(&flags.oidc_issuer, &file.oidc_issuer);
    let client_id = pick(&flags.oidc_client_id, &file.oidc_client_id);
    let secret_file = flags.oidc_client_secret_file.as_ref().or(file.oidc_client_secret_file.as_ref());
    let role_claim = pick(&flags.oidc_role_claim, &file.oidc_role_claim);
    let given = [issuer.is_some(), client_id.is_some(), secret_file.is_some(), role_claim.is_some()];
    if !given.contains(&true) {
        return Ok(None);
    }
    let missing = |setting| bad(setting, "is missing; single sign-on needs it");
    let issuer = check_issuer(&issuer.ok_or_else(|| missing("oidc-issuer"))?)?;
    let client_id = check_text("oidc-client-id", client_id.ok_or_else(|| missing("oidc-client-id"))?)?;
    let secret_file = secret_file.ok_or_else(|| missing("oidc-client-secret-file"))?;
    let role_claim = check_text("oidc-role-claim", role_claim.unwrap_or_else(|| "role".to_owned()))?;
    let address = site.address().ok_or_else(|| missing("public-url"))?;
    Ok(Some(OidcSettings {
        issuer,
        client_id,
        client_secret: read_secret(secret_file)?,
        role_claim,
        redirect_uri: redirect_uri(&address),
    }))
}

/// What the provider has to be told: there people come back. The one place where it is put together.
fn redirect_uri(address: &str) -> String {
    format!("{address}{}", crate::oidc::CALLBACK)
}

/// `OpenID` Connect Discovery 1.0 section 2: https, without query or fragment. Kept as it is: a slash makes another issuer.
fn check_issuer(text: &str) -> Result<String, String> {
    let no = || bad("oidc-issuer", &format!("'{text}' is not like https://id.example.com"));
    let uri: http::Uri = text.parse().map_err(|_| no())?;
    let authority = uri.authority().filter(|authority| !authority.as_str().contains('@'));
    let well = uri.scheme_str() == Some("https") && authority.is_some() && uri.query().is_none() && !text.contains('#');
    if well { Ok(text.to_owned()) } else { Err(no()) }
}

fn check_text(setting: &str, text: String) -> Result<String, String> {
    let well = !text.trim().is_empty() && text.len() <= 255 && !text.contains(char::is_control);
    if well { Ok(text) } else { Err(bad(setting, "is empty, too long or has a control character")) }
}

/// The file holds the secret alone; an end of line behind it is none of it.
fn read_secret(path: &Path) -> Result<SecretString, String> {
    let no = |why: &str| bad("oidc-client-secret-file", &format!("{}: {why}", path.display()));
    let text = Zeroizing::new(fs::read_to_string(path).map_err(|error| no(&error.to_string()))?);
    let secret = text.trim_end_matches(['\r', '\n']);
    if secret.is_empty() {
        return Err(no("is empty"));
    }
    if secret.len() > MAX_SECRET || secret.contains(char::is_control) {
        return Err(no("holds more than a secret on one line"));
    }
    Ok(SecretString::from(secret))
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;
    use std::path::PathBuf;

    fn flags(secret_file: &Path) -> Flags {
        Flags {
            oidc_issuer: Some("https://id.example/realm/".to_owned()),
            oidc_client_id: Some("postroom".to_owned()),
            oidc_client_secret_file: Some(secret_file.to_owned()),
            ..Flags::default()
        }
    }

    fn site(public_url: Option<&str>, base: &str) -> Site {
        Site { public_url: public_url.map(str::to_owned), base: base.to_owned(), theme: None }
    }

    const URL: Option<&str> = Some("https://mail.example.com");

    #[test]
    fn all_of_it_or_none() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let file = folder.path().join("secret");
        fs::write(&file, "a secret of the client\r\n").expect("writes");
        let none = read(&Flags::default(), &Flags::default(), &site(None, "")).expect("off");
        assert!(none.is_none());
        for (base, redirect_uri) in [
            ("", "https://mail.example.com/sign-in/oidc/callback"),
            ("/mail/smtp", "https://mail.example.com/mail/smtp/sign-in/oidc/callback"),
        ] {
            let settings = read(&flags(&file), &Flags::default(), &site(URL, base)).expect("whole").expect("on");
            assert_eq!(settings.issuer, "https://id.example/realm/", "as it is written");
            assert_eq!(settings.client_secret.expose_secret(), "a secret of the client");
            assert_eq!((settings.role_claim.as_str(), settings.redirect_uri.as_str()), ("role", redirect_uri));
        }
        let stored = read(&Flags::default(), &flags(&file), &site(URL, "")).expect("from the file");
        assert!(stored.is_some());
    }

    #[test]
    fn half_of_it_is_said_in_one_line() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::write(&path, text).expect("writes");
            path
        };
        let good = path("good", "a secret of the client");
        let check = |change: &dyn Fn(&mut Flags), public_url: Option<&str>, names: &str| {
            let mut flags = flags(&good);
            change(&mut flags);
            let line = read(&flags, &Flags::default(), &site(public_url, "")).expect_err(names);
            assert!(line.starts_with(&format!("--{names} (POSTROOM_")), "{names}: {line}");
            assert!(!line.contains('\n') && !line.contains("secret of"), "{line}");
        };
        check(&|flags| flags.oidc_issuer = None, URL, "oidc-issuer");
        check(&|flags| flags.oidc_client_id = None, URL, "oidc-client-id");
        check(&|flags| flags.oidc_client_secret_file = None, URL, "oidc-client-secret-file");
        check(&|_| (), None, "public-url");
        let alone = |flags: &mut Flags| {
            *flags = Flags { oidc_role_claim: Some("groups".to_owned()), ..Flags::default() };
        };
        check(&alone, URL, "oidc-issuer");
        for issuer in [
            "",
            "id.example",
            "http://id.example",
            "https://a@id.example",
            "https://id.example?x",
            "https://id.example/#x",
        ] {
            check(&|flags| flags.oidc_issuer = Some(issuer.to_owned()), URL, "oidc-issuer");
        }
        check(&|flags| flags.oidc_client_id = Some(" ".to_owned()), URL, "oidc-client-id");
        check(&|flags| flags.oidc_role_claim = Some(String::new()), URL, "oidc-role-claim");
        let files = [
            PathBuf::from("/nonexistent/secret"),
            path("empty", "\n"),
            path("two", "one secret of\ntwo"),
            path("long", &"x".repeat(MAX_SECRET + 1)),
        ];
        for file in files {
            check(&|flags| flags.oidc_client_secret_file = Some(file.clone()), URL, "oidc-client-secret-file");
        }
    }
}
