//! A small complete SMTP server that keeps what it is sent. Every option is one a test needs.

use crate::stream::{Heard, Stream};
use base64::{Engine, prelude::BASE64_STANDARD};
use rustls::ServerConfig;
use std::{
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex},
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Protection {
    #[default]
    None,
    StartTls,
    Implicit,
}

#[derive(Debug, Clone)]
pub struct SinkOptions {
    pub bind: IpAddr,
    /// 0: any free port.
    pub port: u16,
    pub protection: Protection,
    pub tls: Option<Arc<ServerConfig>>,
    /// User name and password. Set, MAIL is refused before the login; under STARTTLS, AUTH is offered only behind it.
    pub login: Option<(String, String)>,
    /// User names and the access tokens that let them in, under `XOAUTH2` and `OAUTHBEARER`; otherwise as `login`.
    pub tokens: Vec<(String, String)>,
    pub mechanisms: &'static str,
    /// Further EHLO lines.
    pub capabilities: Vec<String>,
    /// Recipients refused with 550.
    pub refused_recipients: Vec<String>,
    /// Recipients answered with 450 so many times before they are taken.
    pub greylisted: Vec<(String, usize)>,
}

impl Default for SinkOptions {
    fn default() -> Self {
        Self {
            bind: Ipv4Addr::LOCALHOST.into(),
            port: 0,
            protection: Protection::None,
            tls: None,
            login: None,
            tokens: Vec::new(),
            mechanisms: "PLAIN LOGIN",
            capabilities: ["SIZE 10485760", "8BITMIME", "SMTPUTF8"].map(str::to_owned).to_vec(),
            refused_recipients: Vec::new(),
            greylisted: Vec::new(),
        }
    }
}

impl SinkOptions {
    const fn wants_login(&self) -> bool {
        self.login.is_some() || !self.tokens.is_empty()
    }
}

/// A message and how it came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Received {
    pub helo: String,
    /// What stood behind `MAIL FROM:`, parameters included.
    pub mail_from: String,
    pub rcpt_to: Vec<String>,
    /// With the doubled dots made single again.
    pub message: Vec<u8>,
    pub encrypted: bool,
    pub user: Option<String>,
}

#[derive(Debug)]
pub struct SmtpSink {
    address: SocketAddr,
    heard: Arc<Mutex<Heard>>,
    received: watch::Receiver<Vec<Received>>,
    task: JoinHandle<()>,
}

impl SmtpSink {
    pub async fn start(options: SinkOptions) -> Self {
        let listener = TcpListener::bind((options.bind, options.port)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let heard = Arc::<Mutex<Heard>>::default();
        let (keep, received) = watch::channel(Vec::new());
        let grey = Arc::new(Mutex::new(options.greylisted.clone()));
        let (options, keep) = (Arc::new(options), Arc::new(keep));
        let task_heard = Arc::clone(&heard);
        let task = tokio::spawn(async move {
            while let Ok((tcp, _)) = listener.accept().await {
                let (options, keep, heard) = (Arc::clone(&options), Arc::clone(&keep), Arc::clone(&task_heard));
                let grey = Arc::clone(&grey);
                tokio::spawn(async move { serve(tcp, &options, &keep, heard, &grey).await });
            }
        });
        Self { address, heard, received, task }
    }

    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    pub fn messages(&self) -> Vec<Received> {
        self.received.borrow().clone()
    }

    /// Waits until so many messages are here.
    pub async fn wait_for(&self, count: usize) -> Vec<Received> {
        self.received.clone().wait_for(|received| received.len() >= count).await.unwrap().clone()
    }

    /// All that was heard outside of TLS.
    pub fn clear_bytes(&self) -> Vec<u8> {
        self.heard.lock().unwrap().clear.clone()
    }
}

impl Drop for SmtpSink {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(
    tcp: TcpStream,
    options: &SinkOptions,
    keep: &watch::Sender<Vec<Received>>,
    heard: Arc<Mutex<Heard>>,
    grey: &Mutex<Vec<(String, usize)>>,
) -> io::Result<()> {
    let mut stream = Stream::new(tcp, heard);
    if options.protection == Protection::Implicit {
        stream.start_tls(config(options)).await?;
    }
    stream.write(b"220 sink.test ESMTP\r\n").await?;
    let mut mail = Received::default();
    while let Some(line) = stream.line().await? {
        let line = String::from_utf8_lossy(&line).into_owned();
        let (verb, rest) = line.split_once(' ').unwrap_or((line.as_str(), ""));
        match verb.to_ascii_uppercase().as_str() {
            "EHLO" => {
                mail = Received { helo: rest.to_owned(), user: mail.user, ..Received::default() };
                stream.write(capabilities(options, stream.is_encrypted()).as_bytes()).await?;
            }
            "HELO" => stream.write(b"250 sink.test\r\n").await?,
            "STARTTLS" if options.protection == Protection::StartTls && !stream.is_encrypted() => {
                stream.write(b"220 2.0.0 go\r\n").await?;
                stream.start_tls(config(options)).await?;
            }
            "AUTH" => match log_in(&mut stream, options, rest).await? {
                Some(user) => {
                    mail.user = Some(user);
                    stream.write(b"235 2.7.0 welcome\r\n").await?;
                }
                None => stream.write(b"535 5.7.8 bad credentials\r\n").await?,
            },
            "MAIL" if options.wants_login() && mail.user.is_none() => {
                stream.write(b"530 5.7.0 log in first\r\n").await?;
            }
            "MAIL" => {
                rest.get(5..).unwrap_or_default().clone_into(&mut mail.mail_from);
                stream.write(b"250 2.1.0 sender ok\r\n").await?;
            }
            "RCPT" => {
                let address = rest.get(3..).unwrap_or_default().trim_matches(['<', '>']);
                if options.refused_recipients.iter().any(|refused| refused == address) {
                    stream.write(b"550 5.1.1 no such user\r\n").await?;
                } else if is_grey(grey, address) {
                    stream.write(b"450 4.2.0 greylisted, come back later\r\n").await?;
                } else {
                    mail.rcpt_to.push(address.to_owned());
                    stream.write(b"250 2.1.5 recipient ok\r\n").await?;
                }
            }
            "DATA" if mail.rcpt_to.is_empty() => stream.write(b"554 5.5.1 no recipients\r\n").await?,
            "DATA" => {
                stream.write(b"354 go ahead\r\n").await?;
                let Some(message) = stream.message().await? else { break };
                let whole = Received { message, encrypted: stream.is_encrypted(), ..mail.clone() };
                let mut count = 0;
                keep.send_modify(|received| {
                    received.push(whole);
                    count = received.len();
                });
                mail = Received { helo: mail.helo, user: mail.user, ..Received::default() };
                stream.write(format!("250 2.0.0 queued as {count}\r\n").as_bytes()).await?;
            }
            "RSET" | "NOOP" => stream.write(b"250 2.0.0 ok\r\n").await?,
            "QUIT" => {
                stream.write(b"221 2.0.0 bye\r\n").await?;
                break;
            }
            _ => stream.write(b"502 5.5.2 unknown command\r\n").await?,
        }
    }
    Ok(())
}

/// Counts down.
fn is_grey(grey: &Mutex<Vec<(String, usize)>>, address: &str) -> bool {
    let mut grey = grey.lock().unwrap();
    let left = grey.iter_mut().find(|(listed, left)| listed == address && *left > 0);
    left.map(|(_, left)| *left -= 1).is_some()
}

fn config(options: &SinkOptions) -> Arc<ServerConfig> {
    Arc::clone(options.tls.as_ref().expect("a certificate"))
}

fn capabilities(options: &SinkOptions, encrypted: bool) -> String {
    let mut lines = vec!["sink.test".to_owned()];
    lines.extend(options.capabilities.iter().cloned());
    if options.protection == Protection::StartTls && !encrypted {
        lines.push("STARTTLS".to_owned());
    }
    if options.wants_login() && (encrypted || options.protection == Protection::None) {
        lines.push(format!("AUTH {}", options.mechanisms));
    }
    let last = lines.pop().unwrap_or_default();
    let mut reply = String::new();
    for line in lines {
        reply.extend(["250-", &line, "\r\n"]);
    }
    reply + "250 " + &last + "\r\n"
}

async fn log_in(stream: &mut Stream, options: &SinkOptions, request: &str) -> io::Result<Option<String>> {
    let (mechanism, initial) = request.split_once(' ').unwrap_or((request, ""));
    if ["XOAUTH2", "OAUTHBEARER"].contains(&mechanism) {
        return bear(stream, options, mechanism, initial).await;
    }
    let Some((user, password)) = &options.login else {
        return Ok(None);
    };
    let given = if mechanism.eq_ignore_ascii_case("LOGIN") {
        let mut parts = Vec::new();
        for prompt in ["334 VXNlcm5hbWU6\r\n", "334 UGFzc3dvcmQ6\r\n"] {
            stream.write(prompt.as_bytes()).await?;
            parts.push(decode(&stream.line().await?.unwrap_or_default()));
        }
        [vec![], parts.remove(0), parts.remove(0)].join(&0)
    } else {
        decode(initial.as_bytes())
    };
    let wanted = [&b""[..], user.as_bytes(), password.as_bytes()].join(&0);
    Ok((given == wanted).then(|| user.clone()))
}

/// A token that lets nobody in is refused as Google does it: why, in a challenge, and the end only after its answer.
async fn bear(
    stream: &mut Stream,
    options: &SinkOptions,
    mechanism: &str,
    initial: &str,
) -> io::Result<Option<String>> {
    let given = if initial.is_empty() {
        stream.write(b"334 \r\n").await?;
        decode(&stream.line().await?.unwrap_or_default())
    } else {
        decode(initial.as_bytes())
    };
    let given = String::from_utf8_lossy(&given).into_owned();
    let fits = |user: &str, token: &str| match mechanism {
        "XOAUTH2" => given == format!("user={user}\u{1}auth=Bearer {token}\u{1}\u{1}"),
        _ => {
            given.starts_with(&format!("n,a={user},\u{1}"))
                && given.ends_with(&format!("\u{1}auth=Bearer {token}\u{1}\u{1}"))
        }
    };
    let known = options.tokens.iter().find(|(user, token)| fits(user, token));
    if known.is_none() {
        let why = BASE64_STANDARD.encode(r#"{"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}"#);
        stream.write(format!("334 {why}\r\n").as_bytes()).await?;
        stream.line().await?;
    }
    Ok(known.map(|(user, _)| user.clone()))
}

fn decode(text: &[u8]) -> Vec<u8> {
    BASE64_STANDARD.decode(text).unwrap_or_default()
}
