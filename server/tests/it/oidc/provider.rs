//! An OpenID provider on loopback, over real TLS: right in everything until a test tells it what to do wrong.

use serde_json::{Value, json};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard},
    time::{SystemTime, UNIX_EPOCH},
};
use testkit::{Authority, Leaf, Signer, TokenAnswer, TokenForm, WebServer, web::s256};

pub const CLIENT: &str = "postroom";
pub const SECRET: &str = "s3cret & +client/~";
/// Of both, as RFC 6749 section 2.3.1 has them in a header.
const BASIC: &str = "Basic cG9zdHJvb206czNjcmV0KyUyNislMkJjbGllbnQlMkYlN0U=";

pub const DOCUMENT: &str = "/realm/.well-known/openid-configuration";
pub const KEYS: &str = "/realm/keys";
pub const TOKEN: &str = "/realm/token";

pub struct Provider {
    pub web: WebServer,
    pub authority: Authority,
    pub issuer: String,
    realm: Arc<Mutex<Realm>>,
}

type Make = dyn Fn(&Realm, &Value) -> String + Send + Sync;

pub struct Realm {
    pub document: Value,
    /// By path; in place of what would be said.
    pub answers: HashMap<&'static str, TokenAnswer>,
    pub signer: Arc<Signer>,
    pub kid: String,
    /// Those that are published.
    pub keys: Vec<Value>,
    /// In place of those that are right; `null` takes one away.
    pub claims: Value,
    /// In place of a token that is signed as it should be.
    pub make: Option<Arc<Make>>,
    codes: HashMap<String, Sent>,
    issued: Vec<String>,
}

/// What somebody's browser brought along to sign in with.
#[derive(Debug, Clone)]
pub struct Sent {
    pub fields: HashMap<String, String>,
    pub code: String,
}

impl Sent {
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }
}

impl Provider {
    pub async fn start() -> Self {
        let authority = Authority::new("Provider's CA");
        let signer = Arc::new(Signer::ed25519());
        let realm = Arc::new(Mutex::new(Realm {
            document: Value::Null,
            answers: HashMap::new(),
            keys: vec![signer.jwk("key-1")],
            signer,
            kid: "key-1".to_owned(),
            claims: json!({}),
            make: None,
            codes: HashMap::new(),
            issued: Vec::new(),
        }));
        let told = Arc::clone(&realm);
        let tls = authority.issue(Leaf::Good).config();
        let web = WebServer::start(tls, move |form| told.lock().expect("unpoisoned").answer(form)).await;
        let issuer = format!("https://127.0.0.1:{}/realm", web.port());
        realm.lock().expect("unpoisoned").document = json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{issuer}/authorize?tenant=a"),
            "token_endpoint": format!("{issuer}/token"),
            "jwks_uri": format!("{issuer}/keys"),
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["EdDSA", "ES256", "RS256"],
            "authorization_response_iss_parameter_supported": true,
        });
        Self { web, authority, issuer, realm }
    }

    pub fn realm(&self) -> MutexGuard<'_, Realm> {
        self.realm.lock().expect("unpoisoned")
    }

    /// Somebody is signed in, and gets a code.
    pub fn authorize(&self, location: &str) -> Sent {
        let query = location.strip_prefix(&format!("{}/authorize?", self.issuer)).expect("to the provider");
        let fields: HashMap<_, _> = query.split('&').filter_map(|pair| pair.split_once('=')).map(decoded).collect();
        let mut realm = self.realm();
        let sent = Sent { fields, code: format!("c0de-{}", realm.codes.len() + realm.issued.len() + 1) };
        realm.codes.insert(sent.code.clone(), sent.clone());
        sent
    }

    /// Where the browser is sent then.
    pub fn callback(&self, sent: &Sent) -> String {
        let issuer = domain::report::encode_component(&self.issuer);
        format!("/sign-in/oidc/callback?code={}&state={}&iss={issuer}", sent.code, sent.field("state"))
    }

    /// All that must not be seen anywhere.
    pub fn secrets(&self) -> Vec<String> {
        let verifiers =
            self.web.asked(TOKEN).into_iter().filter_map(|form| form.field("code_verifier").map(str::to_owned));
        let mut all: Vec<_> = verifiers.collect();
        all.extend(self.realm().issued.clone());
        all.push(SECRET.to_owned());
        all
    }
}

impl Realm {
    fn answer(&mut self, form: &TokenForm) -> TokenAnswer {
        if let Some(answer) = self.answers.get(form.path()) {
            return answer.clone();
        }
        match form.path() {
            DOCUMENT => TokenAnswer::json(200, &self.document.to_string()),
            KEYS => TokenAnswer::json(200, &json!({ "keys": self.keys }).to_string()),
            TOKEN => self.token(form),
            other => TokenAnswer::json(404, &json!({ "nothing": other }).to_string()),
        }
    }

    /// As a provider that is careful: each thing that is wrong has an error of its own.
    fn token(&mut self, form: &TokenForm) -> TokenAnswer {
        let methods = &self.document["token_endpoint_auth_methods_supported"];
        let known = if methods == &json!(["client_secret_post"]) {
            form.field("client_id") == Some(CLIENT) && form.field("client_secret") == Some(SECRET)
        } else {
            form.header("authorization") == Some(BASIC) && form.field("client_secret").is_none()
        };
        let sent = form.field("code").and_then(|code| self.codes.remove(code));
        let error = match &sent {
            _ if form.field("grant_type") != Some("authorization_code") => "unsupported_grant_type",
            _ if !known => "invalid_client",
            None => "invalid_grant",
            Some(sent) if form.field("redirect_uri") != Some(sent.field("redirect_uri")) => "invalid_redirect",
            Some(sent) if s256(form.field("code_verifier").unwrap_or_default()) != sent.field("code_challenge") => {
                "invalid_verifier"
            }
            Some(_) => "",
        };
        let Some(sent) = sent.filter(|_| error.is_empty()) else { return TokenAnswer::error(400, error, "no") };
        let mut claims = json!({
            "iss": self.document["issuer"],
            "aud": CLIENT,
            "sub": "u-4711",
            "name": "Ana Lima",
            "role": "operator",
            "nonce": sent.field("nonce"),
            "iat": now(),
            "exp": now() + 3600,
        });
        for (name, value) in self.claims.as_object().expect("an object") {
            if value.is_null() {
                claims.as_object_mut().expect("an object").remove(name);
            } else {
                claims[name] = value.clone();
            }
        }
        let make = self.make.clone();
        let token = make.map_or_else(|| self.signer.token(&self.kid, &claims), |make| make(self, &claims));
        self.issued.extend([token.clone(), sent.code]);
        let answer = json!({ "access_token": "an-access-token", "token_type": "Bearer", "id_token": token });
        TokenAnswer::json(200, &answer.to_string())
    }
}

#[expect(clippy::disallowed_methods, reason = "the server compares a token with its own clock")]
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    i64::try_from(since.as_secs()).expect("a time")
}

fn decoded((name, value): (&str, &str)) -> (String, String) {
    let bytes = value.split('%').enumerate().flat_map(|(index, part)| {
        if index == 0 {
            return part.as_bytes().to_vec();
        }
        let (digits, rest) = part.split_at(2);
        [vec![u8::from_str_radix(digits, 16).expect("two digits")], rest.as_bytes().to_vec()].concat()
    });
    (name.to_owned(), String::from_utf8(bytes.collect()).expect("UTF-8"))
}
