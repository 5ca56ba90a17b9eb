//! A provider's own description (OpenID Connect Discovery 1.0), read strictly where trust hangs on it. Pure.

use super::Settings;
use serde_json::Value;

/// What is used of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Document {
    pub authorization_endpoint: String,
    pub token_endpoint: String,
    pub jwks_uri: String,
    /// The client's secret goes into the form, not into the header.
    pub in_form: bool,
    /// Every answer names its issuer (RFC 9207).
    pub says_issuer: bool,
}

/// The error is for the log.
pub(super) fn read(body: &[u8], settings: &Settings) -> Result<Document, String> {
    let value: Value = serde_json::from_slice(body).map_err(|_| "the discovery document is not JSON".to_owned())?;
    let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    // Character by character: two that differ in a slash are two issuers.
    if text("issuer") != settings.issuer {
        return Err("the discovery document is another issuer's".to_owned());
    }
    let address = |name: &str| {
        let found = text(name);
        if is_address(&found) { Ok(found) } else { Err(format!("the discovery document has no https {name}")) }
    };
    let methods = value.get("token_endpoint_auth_methods_supported").and_then(Value::as_array);
    let knows = |method: &str| methods.is_none_or(|all| all.iter().any(|one| one == method));
    let in_form = match (knows("client_secret_basic"), knows("client_secret_post")) {
        (true, _) => false,
        (false, true) => true,
        (false, false) => return Err("the token endpoint takes neither client_secret_basic nor _post".to_owned()),
    };
    Ok(Document {
        authorization_endpoint: address("authorization_endpoint")?,
        token_endpoint: address("token_endpoint")?,
        jwks_uri: address("jwks_uri")?,
        in_form,
        says_issuer: value.get("authorization_response_iss_parameter_supported") == Some(&Value::Bool(true)),
    })
}

/// Of the form that may stand in a `Location`.
fn is_address(text: &str) -> bool {
    let host = text.strip_prefix("https://").and_then(|rest| rest.split(['/', '?']).next()).unwrap_or_default();
    !host.is_empty()
        && !host.contains('@')
        && text.len() <= 2048
        && text.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'#' | b'\\' | b'"' | b'<' | b'>'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_document_is_its_issuers_own() {
        let good = json!({
            "issuer": "https://id.example/realm",
            "authorization_endpoint": "https://id.example/authorize?tenant=a",
            "token_endpoint": "https://id.example/token",
            "jwks_uri": "https://id.example/keys",
        });
        let check = |changes: Value, wanted: Result<bool, &str>| {
            let mut value = good.clone();
            for (name, change) in changes.as_object().expect("an object") {
                value[name] = change.clone();
            }
            let got = read(value.to_string().as_bytes(), &super::super::tests::settings());
            let got = got.map(|document| document.in_form);
            assert_eq!(got.as_ref().map_err(String::as_str), wanted.as_ref().map_err(|e| *e), "{changes}");
        };
        let other = Err("the discovery document is another issuer's");
        check(json!({}), Ok(false));
        check(json!({ "issuer": "https://id.example/realm/" }), other);
        check(json!({ "issuer": "https://evil.example" }), other);
        check(json!({ "issuer": null }), other);
        let methods = |methods: &[&str]| json!({ "token_endpoint_auth_methods_supported": methods });
        check(methods(&["client_secret_post", "client_secret_basic"]), Ok(false));
        check(methods(&["client_secret_post"]), Ok(true));
        check(methods(&["private_key_jwt"]), Err("the token endpoint takes neither client_secret_basic nor _post"));
        for bad in ["http://id.example/a", "https://", "https://a@b/", "https://a/#b", "https://a/\nb", "javascript:x"]
        {
            let missing = Err("the discovery document has no https authorization_endpoint");
            check(json!({ "authorization_endpoint": bad }), missing);
        }
        check(json!({ "jwks_uri": "http://id.example" }), Err("the discovery document has no https jwks_uri"));
        check(json!({ "token_endpoint": null }), Err("the discovery document has no https token_endpoint"));
    }
}
