//! Starts the real binary on a free port with its data in a folder of its own, and speaks HTTP with it.

use crate::http::{Response, send};
use serde_json::{Value, json};
use std::{io, path::Path, process::Stdio, sync::Arc, time::Duration};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, BufReader},
    process::{Child, Command},
    sync::Mutex,
};

pub const PASSWORD: &str = "correct horse battery";

/// A running server and its folder.
pub struct Server {
    pub url: String,
    pub set_up_token: Option<String>,
    metrics: Option<String>,
    pub folder: Arc<TempDir>,
    child: Child,
    log: Arc<Mutex<String>>,
}

pub fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_postroom"));
    command
        .current_dir(folder)
        .env_clear()
        .env("POSTROOM_LISTEN", "127.0.0.1:0")
        .env("POSTROOM_ALLOW_DESTINATIONS", "127.0.0.0/8:1-65535")
        // Nobody listens there: no test asks the world's name servers.
        .env("POSTROOM_RESOLVER", "127.0.0.1:9")
        .env("POSTROOM_LOG", "debug,sqlx=info,hyper=info")
        .kill_on_drop(true)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

impl Server {
    pub async fn start() -> Self {
        Self::start_in(Arc::new(TempDir::new().expect("a folder"))).await
    }

    pub async fn start_in(folder: Arc<TempDir>) -> Self {
        Self::start_with(folder, &[]).await
    }

    pub async fn start_with(folder: Arc<TempDir>, variables: &[(&str, &str)]) -> Self {
        let mut command = command(folder.path());
        command.envs(variables.iter().copied());
        Self::start_as(folder, command).await
    }

    /// Whatever the command is that becomes the server in the end.
    pub async fn start_as(folder: Arc<TempDir>, mut command: Command) -> Self {
        let has_metrics = command.as_std().get_envs().any(|(name, _)| name == "POSTROOM_METRICS_LISTEN");
        let mut child = command.spawn().expect("starts");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let log = Arc::new(Mutex::new(String::new()));
        let mut errors = child.stderr.take().expect("piped");
        let kept = Arc::clone(&log);
        tokio::spawn(async move {
            let mut chunk = vec![0; 8192];
            while let Ok(read @ 1..) = errors.read(&mut chunk).await {
                kept.lock().await.push_str(&String::from_utf8_lossy(&chunk[..read]));
            }
        });
        let Some(hello) = lines.next_line().await.expect("readable") else {
            panic!("the server ended: {}", log.lock().await);
        };
        let url = hello.strip_prefix("Postroom listens on ").expect("says where").to_owned();
        // The set-up link comes with the first line or not at all; whoever needs it has asked for a first start.
        let first_start = !folder.path().join("started").exists();
        std::fs::write(folder.path().join("started"), "").expect("writes");
        let set_up_token = if first_start {
            let line = lines.next_line().await.expect("readable").expect("a set-up link");
            Some(line.rsplit_once("token=").expect("a token").1.to_owned())
        } else {
            None
        };
        let metrics = if has_metrics {
            let line = lines.next_line().await.expect("readable").expect("where the metrics are");
            let address = line.strip_prefix("Metrics are at http://").and_then(|rest| rest.strip_suffix("/metrics"));
            Some(address.expect("an address").to_owned())
        } else {
            None
        };
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Self { url, set_up_token, metrics, folder, child, log }
    }

    /// A fresh server with an administrator signed in.
    pub async fn with_administrator() -> (Self, Session) {
        let server = Self::start().await;
        let session = server.set_up().await;
        (server, session)
    }

    /// Opens the set-up link and makes the administrator `root`.
    pub async fn set_up(&self) -> Session {
        let token = self.set_up_token.as_deref().expect("a first start");
        let session = self.anonymous();
        let form = [("token", token), ("user_name", "root"), ("password", PASSWORD)];
        let response = session.form("/setup", &form).await;
        assert_eq!(response.status(), 303);
        session.keep(&response)
    }

    pub fn anonymous(&self) -> Session {
        Session { url: self.url.clone(), cookie: String::new() }
    }

    pub async fn sign_in(&self, name: &str, password: &str) -> Session {
        let session = self.anonymous();
        let response = session.form("/sign-in", &[("user_name", name), ("password", password)]).await;
        session.keep(&response)
    }

    /// Address and port of the metrics, where the server was started with them.
    pub fn metrics(&self) -> &str {
        self.metrics.as_deref().expect("started with metrics")
    }

    /// Waits until the log says so; what a request leads to may be said after its answer.
    pub async fn logs(&self, text: &str) -> bool {
        let said = async {
            while !self.log.lock().await.contains(text) {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(10), said).await.is_ok()
    }

    pub async fn log(&self) -> String {
        self.log.lock().await.clone()
    }

    pub fn pid(&self) -> u32 {
        self.child.id().expect("running")
    }

    /// The most memory the process has had so far, in KiB.
    pub fn peak_memory(&self) -> u64 {
        let pid = self.pid();
        let status = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("readable");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
        line.trim().trim_end_matches(" kB").parse().expect("a number")
    }

    /// Runs a statement on the database, behind the server's back.
    pub async fn sql(&self, statement: &'static str) {
        use sqlx::{ConnectOptions as _, sqlite::SqliteConnectOptions};
        let file = self.folder.path().join("data/postroom.db");
        let options = SqliteConnectOptions::new().filename(file).foreign_keys(false);
        let mut connection = options.connect().await.expect("opens");
        sqlx::query(statement).execute(&mut connection).await.expect("runs");
    }

    /// SIGKILL: nothing is finished, nothing is closed.
    pub async fn kill(mut self) -> Arc<TempDir> {
        self.child.kill().await.expect("killed");
        Arc::clone(&self.folder)
    }

    /// SIGTERM, and the exit code.
    pub async fn stop(mut self) -> (Arc<TempDir>, Option<i32>) {
        let pid = self.child.id().expect("running").to_string();
        Command::new("kill").args(["-TERM", &pid]).status().await.expect("signalled");
        let status = self.child.wait().await.expect("ended");
        (Arc::clone(&self.folder), status.code())
    }
}

/// A browser's worth of state: where to and which cookie.
#[derive(Clone)]
pub struct Session {
    pub url: String,
    pub cookie: String,
}

impl Session {
    /// The same with the cookie that an answer set, if it set one.
    pub fn keep(mut self, response: &Response) -> Self {
        if let Some(value) = response.headers().get("set-cookie") {
            let text = value.to_str().expect("ascii");
            text.split(';').next().unwrap_or_default().clone_into(&mut self.cookie);
        }
        self
    }

    /// The same session at the address where the server came back.
    pub fn at(&self, server: &Server) -> Self {
        Self { url: server.url.clone(), ..self.clone() }
    }

    pub async fn get(&self, path: &str) -> Response {
        self.send("GET", path, &[], "").await.expect("answers")
    }

    pub async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let pairs: Vec<_> =
            fields.iter().map(|(k, v)| format!("{k}={}", domain::report::encode_component(v))).collect();
        let headers = [("sec-fetch-site", "same-origin"), ("content-type", "application/x-www-form-urlencoded")];
        self.send("POST", path, &headers, &pairs.join("&")).await.expect("answers")
    }

    /// A POST of JSON, as far as it gets: the server may be killed meanwhile.
    pub async fn try_post(&self, path: &str, body: &Value) -> io::Result<Response> {
        let headers = [("sec-fetch-site", "same-origin"), ("content-type", "application/json")];
        self.send("POST", path, &headers, &body.to_string()).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Response {
        self.try_post(path, body).await.expect("answers")
    }

    /// A request with exactly these headers, and the cookie.
    pub async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> io::Result<Response> {
        let address = self.url.strip_prefix("http://").expect("http");
        let headers: Vec<_> = headers.iter().copied().chain([("cookie", self.cookie.as_str())]).collect();
        send(address, method, path, &headers, body).await
    }

    /// A server function: status and JSON.
    pub async fn call(&self, function: &str, arguments: Value) -> (u16, Value) {
        let response = self.post(&format!("/api/ui/{function}"), &arguments).await;
        let status = response.status();
        let text = response.text().await.expect("a body");
        (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }

    /// A server function that must succeed.
    pub async fn ask(&self, function: &str, arguments: Value) -> Value {
        let (status, answer) = self.call(function, arguments).await;
        assert_eq!(status, 200, "{function}: {answer}");
        answer
    }
}

/// An account's draft for a server on loopback.
pub fn account(name: &str) -> Value {
    json!({
        "name": name,
        "sender": "alerts@example.com",
        "reply_to": "help@example.com",
        "return_path": "bounces@example.com",
        "confirmation": "read@example.com",
        "host": "127.0.0.1",
        "port": "2525",
        "secure": false,
    })
}
