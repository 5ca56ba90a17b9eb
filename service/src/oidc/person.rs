//! Who an ID token speaks of, once its signature is believed: for us, for this sign-in, with which role. Pure.

use super::Settings;
use domain::{Label, Role, value::has_control};
use serde_json::{Map, Value};
use subtle::ConstantTimeEq;

/// Somebody with a role.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Person {
    pub subject: String,
    pub name: String,
    pub role: Role,
}

/// Why nobody is signed in. The texts are for the log.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoPerson {
    Token(&'static str),
    /// Known there, without a role here.
    Role {
        name: String,
    },
}

pub(super) fn read(
    subject: &str,
    claims: &Map<String, Value>,
    nonce: &str,
    settings: &Settings,
) -> Result<Person, NoPerson> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str).unwrap_or_default();
    if !bool::from(text("nonce").as_bytes().ct_eq(nonce.as_bytes())) {
        return Err(NoPerson::Token("the token was made for another sign-in (nonce)"));
    }
    // OpenID Connect Core 1.0 section 3.1.3.7, steps 3 to 5: a token for several is for whom it names as its party.
    let several = claims.get("aud").and_then(Value::as_array).is_some_and(|all| all.len() > 1);
    let party = claims.get("azp");
    if (several || party.is_some()) && party.and_then(Value::as_str) != Some(settings.client_id.as_str()) {
        return Err(NoPerson::Token("the token was made for another party (azp)"));
    }
    // Whole: it is what tells people apart.
    if subject.trim().is_empty() || has_control(subject) {
        return Err(NoPerson::Token("the token names nobody (sub)"));
    }
    let shown = ["name", "preferred_username", "email"].into_iter().map(text).chain([subject]);
    let name = shown.map(clean).find(|name| !name.is_empty()).unwrap_or_default();
    match role(claims, &settings.role_claim) {
        Some(role) => Ok(Person { subject: subject.to_owned(), name, role }),
        None => Err(NoPerson::Role { name }),
    }
}

/// The highest of those named. A claim inside of others is reached by dots, unless one has the whole as its name.
fn role(claims: &Map<String, Value>, claim: &str) -> Option<Role> {
    let mut parts = claim.split('.');
    let outer = parts.next().and_then(|first| claims.get(first));
    let inside = || parts.try_fold(outer?, |value, part| value.get(part));
    let found = claims.get(claim).or_else(inside)?;
    let named = match found {
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect::<Vec<_>>(),
    };
    named.into_iter().filter_map(Role::parse).max()
}

/// As a name may stand in a page and in the audit log.
fn clean(text: &str) -> String {
    let text = text.trim();
    if has_control(text) { String::new() } else { text.chars().take(Label::MAX_CHARS).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn person(claims: &Value, claim: &str) -> Result<Person, NoPerson> {
        let settings = Settings { role_claim: claim.to_owned(), ..super::super::tests::settings() };
        read("u-1", claims.as_object().expect("an object"), "n", &settings)
    }

    #[test]
    fn the_highest_role_named_counts() {
        let check = |value: Value, claim: &str, wanted: Option<Role>| {
            let mut claims = value.clone();
            claims["nonce"] = "n".into();
            assert_eq!(person(&claims, claim).ok().map(|person| person.role), wanted, "{claim} {value}");
        };
        let (viewer, operator, administrator) = (Role::Viewer, Role::Operator, Role::Administrator);
        check(json!({ "role": "viewer" }), "role", Some(viewer));
        check(json!({ "role": "operator" }), "role", Some(operator));
        check(json!({ "role": ["staff", "viewer", "administrator", "operator"] }), "role", Some(administrator));
        check(json!({ "role": ["staff", 7, null, "viewer"] }), "role", Some(viewer));
        check(json!({ "groups": ["operator"] }), "groups", Some(operator));
        check(json!({ "a": { "roles": ["operator"] } }), "a.roles", Some(operator));
        check(json!({ "https://x.example/role": "viewer" }), "https://x.example/role", Some(viewer));
        for none in [json!("root"), json!("Administrator"), json!(""), json!([]), json!(true), json!({}), json!(null)] {
            check(json!({ "role": none }), "role", None);
        }
        check(json!({ "roles": "administrator" }), "role", None);
        check(json!({}), "role", None);
    }

    #[test]
    fn a_token_is_for_this_sign_in_and_this_party() {
        let other = |reason| Err(NoPerson::Token(reason));
        let nonce = "the token was made for another sign-in (nonce)";
        let party = "the token was made for another party (azp)";
        for (claims, wanted) in [
            (json!({ "nonce": "m", "role": "viewer" }), other(nonce)),
            (json!({ "nonce": "", "role": "viewer" }), other(nonce)),
            (json!({ "role": "viewer" }), other(nonce)),
            (json!({ "nonce": ["n"], "role": "viewer" }), other(nonce)),
            (json!({ "nonce": "n", "role": "viewer", "aud": ["postroom", "b"] }), other(party)),
            (json!({ "nonce": "n", "role": "viewer", "aud": ["postroom", "b"], "azp": "b" }), other(party)),
            (json!({ "nonce": "n", "role": "viewer", "azp": "b" }), other(party)),
            (json!({ "nonce": "n", "role": "viewer", "azp": 7 }), other(party)),
            (json!({ "nonce": "n" }), Err(NoPerson::Role { name: "u-1".into() })),
        ] {
            assert_eq!(person(&claims, "role"), wanted, "{claims}");
        }
        let good = json!({ "nonce": "n", "role": "viewer", "aud": ["postroom", "b"], "azp": "postroom" });
        assert!(person(&good, "role").is_ok());
    }

    #[test]
    fn a_name_is_one_line_and_not_endless() {
        for (claims, wanted) in [
            (json!({ "name": " Ana Lima " }), "Ana Lima"),
            (json!({ "name": "Ana\nroot", "preferred_username": "ana" }), "ana"),
            (json!({ "name": "", "email": "ana@example.com" }), "ana@example.com"),
            (json!({ "name": 7 }), "u-1"),
        ] {
            let mut claims = claims;
            claims["nonce"] = "n".into();
            claims["role"] = "viewer".into();
            assert_eq!(person(&claims, "role").map(|person| person.name).as_deref(), Ok(wanted), "{claims}");
        }
        let long = json!({ "nonce": "n", "role": "viewer", "name": "x".repeat(5000) });
        assert_eq!(person(&long, "role").expect("somebody").name.chars().count(), Label::MAX_CHARS);
    }
}
