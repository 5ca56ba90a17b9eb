//! Single sign-on against a provider that is told what to do wrong: who gets in, and everybody who does not.

mod arrived;
mod provider;
mod refused;
mod switched;
mod trouble;

use crate::{
    harness::{Server, Session},
    http::Response,
};
use domain::report::{Query, ReportName};
use provider::Provider;
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Arc};
use tempfile::TempDir;

/// A provider, and a server that trusts it.
struct World {
    provider: Provider,
    server: Server,
    /// The administrator with a password.
    root: Session,
}

impl World {
    async fn start() -> Self {
        Self::start_with(Provider::start().await).await
    }

    async fn start_with(provider: Provider) -> Self {
        let folder = Arc::new(TempDir::new().expect("a folder"));
        let server = serve(&provider, folder, &[]).await;
        let root = server.set_up().await;
        Self { provider, server, root }
    }

    fn browser(&self) -> Browser {
        Browser { url: self.server.url.clone(), cookies: BTreeMap::new() }
    }

    /// All the way: the answer to the callback.
    async fn sign_in(&self, browser: &mut Browser, next: &str) -> Response {
        let location = browser.begin(next).await;
        let sent = self.provider.authorize(&location);
        browser.get(&self.provider.callback(&sent)).await
    }

    /// Nobody is signed in; the page, the log and the audit log say so, each in its way.
    async fn refused(&self, response: &Response, code: &str, why: &str) {
        assert_eq!(response.status(), 303, "{why}");
        let location = location(response);
        assert!(location.starts_with(&format!("/sign-in?error={code}&")), "{why}: {location}");
        let cookies = response.headers().get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
        let sessions: Vec<_> = cookies.filter(|cookie| cookie.starts_with("postroom=")).collect();
        assert_eq!(sessions, [""; 0], "{why}");
        assert!(self.server.logs(why).await, "{why} is not in the log: {}", self.server.log().await);
        let audit = self.audit().await;
        let line = audit.first().map(|line| line.join("|")).unwrap_or_default();
        assert!(line.contains("session.refused") && line.contains(why), "{why} is not in the audit log: {audit:?}");
    }

    /// The newest line of the audit log that is of this action.
    async fn audit_line(&self, action: &str) -> String {
        let audit = self.audit().await;
        let found = audit.iter().find(|line| line.iter().any(|text| text == action));
        found.map_or_else(|| panic!("no {action} in {audit:?}"), |line| line.join("|"))
    }

    /// The newest first.
    async fn audit(&self) -> Vec<Vec<String>> {
        let query = Query::from_pairs(ReportName::Audit, [("sort", "-id"), ("size", "50")]);
        let page = self.root.call("report_page", json!({ "report": "audit", "query": query })).await.1;
        let rows = page["rows"].as_array().unwrap_or_else(|| panic!("no rows: {page}"));
        rows.iter().map(texts).collect()
    }
}

/// Every text in it, in its order.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(all) => all.iter().flat_map(texts).collect(),
        Value::Object(all) => all.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

/// A server with single sign-on, and with these variables besides.
async fn serve(provider: &Provider, folder: Arc<TempDir>, more: &[(&str, &str)]) -> Server {
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("writes");
        path.display().to_string()
    };
    let (authorities, secret) =
        (write("ca.pem", provider.authority.pem()), write("secret", &format!("{}\n", provider::SECRET)));
    // The public address has to be known before the server is there.
    let reserved = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = reserved.local_addr().expect("bound").to_string();
    drop(reserved);
    let url = format!("http://{address}");
    let mut variables = vec![
        ("POSTROOM_LISTEN", address.as_str()),
        ("POSTROOM_PUBLIC_URL", &url),
        ("POSTROOM_CA_FILE", &authorities),
        ("POSTROOM_OIDC_ISSUER", &provider.issuer),
        ("POSTROOM_OIDC_CLIENT_ID", provider::CLIENT),
        ("POSTROOM_OIDC_CLIENT_SECRET_FILE", &secret),
    ];
    variables.extend(more);
    let mut server = Server::start_with(Arc::clone(&folder), &variables).await;
    // Where it can be reached, whatever it calls itself.
    server.url.clone_from(&url);
    server
}

/// Cookies as a browser keeps them.
#[derive(Debug, Clone)]
struct Browser {
    url: String,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    fn session(&self) -> Session {
        let cookie = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        Session { url: self.url.clone(), cookie }
    }

    async fn get(&mut self, path: &str) -> Response {
        // As a browser does that another site has sent here.
        let headers = [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")];
        let response = self.session().send("GET", path, &headers, "").await.expect("answers");
        for cookie in response.headers().get_all("set-cookie") {
            let text = cookie.to_str().expect("ascii");
            let (name, value) = text.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie");
            if text.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        response
    }

    /// Where the browser is sent to sign in.
    async fn begin(&mut self, next: &str) -> String {
        let response = self.get(&format!("/sign-in/oidc?next={}", domain::report::encode_component(next))).await;
        assert_eq!(response.status(), 303, "{next}");
        location(&response)
    }

    /// Name and role, if anybody is signed in.
    async fn who(&self) -> Option<(String, String)> {
        let who = self.session().ask("session", json!({})).await;
        Some((who.get("name")?.as_str()?.to_owned(), who.get("role")?.as_str()?.to_owned()))
    }
}

fn location(response: &Response) -> String {
    response.headers()["location"].to_str().expect("ascii").to_owned()
}
