//! A token endpoint over TLS: answers as it is told, in order, and keeps every form that it was sent. Issues nothing itself.

use crate::stream::{Heard, Stream};
use rustls::ServerConfig;
use std::{
    io,
    net::SocketAddr,
    sync::{Arc, Mutex},
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};

/// A throw-away RSA key (PKCS#8) for service accounts, and its public half (PKCS#1, DER). `ring` makes none.
pub const RSA_KEY: &str = include_str!("token/throw-away-key.pem");
pub const RSA_PUBLIC_KEY: &[u8] = include_bytes!("token/throw-away-key.public.der");

/// What the endpoint says to one request.
#[derive(Debug, Clone)]
pub struct TokenAnswer {
    /// `200 OK` and further header lines.
    head: String,
    /// `<name>` stands for that field of the request.
    body: String,
    silent: bool,
}

impl TokenAnswer {
    pub fn new(head: &str, body: &str) -> Self {
        Self { head: head.to_owned(), body: body.to_owned(), silent: false }
    }

    pub fn json(status: u16, body: &str) -> Self {
        Self::new(&format!("{status} Status\r\nContent-Type: application/json"), body)
    }

    pub fn token(token: &str, seconds: u32) -> Self {
        Self::json(200, &format!(r#"{{"token_type":"Bearer","expires_in":{seconds},"access_token":"{token}"}}"#))
    }

    /// In ASCII.
    pub fn error(status: u16, code: &str, description: &str) -> Self {
        Self::json(status, &format!(r#"{{"error":{code:?},"error_description":{description:?}}}"#))
    }

    /// None: the connection stays open.
    pub fn silence() -> Self {
        Self { silent: true, ..Self::new("", "") }
    }
}

/// A request as it came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TokenForm {
    /// The request line and the header, a line each.
    pub head: Vec<String>,
    /// Decoded, in their order.
    pub fields: Vec<(String, String)>,
}

impl TokenForm {
    /// Without its query.
    pub fn path(&self) -> &str {
        let target = self.head.first().and_then(|line| line.split(' ').nth(1)).unwrap_or_default();
        target.split('?').next().unwrap_or_default()
    }

    /// Of a header's field, whose name is in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let pairs = self.head.iter().skip(1).filter_map(|line| line.split_once(':'));
        pairs.filter(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).next()
    }

    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }
}

#[derive(Debug)]
pub struct TokenServer {
    address: SocketAddr,
    forms: watch::Receiver<Vec<TokenForm>>,
    answers: Arc<Mutex<Vec<TokenAnswer>>>,
    task: JoinHandle<()>,
}

impl TokenServer {
    /// On 127.0.0.1. The last answer is given to all further requests.
    pub async fn start(tls: Arc<ServerConfig>, answers: impl Into<Vec<TokenAnswer>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (keep, forms) = watch::channel(Vec::new());
        let answers = Arc::new(Mutex::new(answers.into()));
        let (keep, told) = (Arc::new(keep), Arc::clone(&answers));
        let task = tokio::spawn(async move {
            while let Ok((tcp, _)) = listener.accept().await {
                let (tls, keep, told) = (Arc::clone(&tls), Arc::clone(&keep), Arc::clone(&told));
                tokio::spawn(async move { serve(tcp, tls, &keep, &told).await });
            }
        });
        Self { address, forms, answers, task }
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The endpoint under this name.
    pub fn url(&self, host: &str) -> String {
        format!("https://{host}:{}/tenant/token", self.port())
    }

    pub fn forms(&self) -> Vec<TokenForm> {
        self.forms.borrow().clone()
    }

    /// From now on it says this.
    pub fn say(&self, answers: impl Into<Vec<TokenAnswer>>) {
        *self.answers.lock().unwrap() = answers.into();
    }
}

impl Drop for TokenServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(
    tcp: TcpStream,
    tls: Arc<ServerConfig>,
    keep: &watch::Sender<Vec<TokenForm>>,
    answers: &Mutex<Vec<TokenAnswer>>,
) -> io::Result<()> {
    let mut stream = Stream::new(tcp, Arc::<Mutex<Heard>>::default());
    stream.start_tls(tls).await?;
    let form = read(&mut stream).await?;
    keep.send_modify(|forms| forms.push(form.clone()));
    let said = {
        let mut answers = answers.lock().unwrap();
        if answers.len() > 1 { answers.remove(0) } else { answers[0].clone() }
    };
    answer(&mut stream, &form, said).await
}

pub(crate) async fn read(stream: &mut Stream) -> io::Result<TokenForm> {
    let mut form = TokenForm::default();
    while let Some(line) = stream.line().await?.filter(|line| !line.is_empty()) {
        form.head.push(String::from_utf8_lossy(&line).into_owned());
    }
    let length = |line: &String| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok();
    let body = stream.bytes(form.head.iter().find_map(length).unwrap_or(0)).await?;
    form.fields = body.split(|b| *b == b'&').map(pair).collect();
    Ok(form)
}

pub(crate) async fn answer(stream: &mut Stream, form: &TokenForm, said: TokenAnswer) -> io::Result<()> {
    if said.silent {
        stream.until_end().await;
        return Ok(());
    }
    let TokenAnswer { head, body, .. } = said;
    let quote = |body: String, (name, value): &(String, String)| body.replace(&format!("<{name}>"), value);
    let body = form.fields.iter().fold(body, quote);
    let text = format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
    stream.write(text.as_bytes()).await?;
    stream.until_end().await;
    Ok(())
}

fn pair(field: &[u8]) -> (String, String) {
    let mut halves = field.splitn(2, |b| *b == b'=').map(urldecoded);
    (halves.next().unwrap_or_default(), halves.next().unwrap_or_default())
}

fn urldecoded(text: &[u8]) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.iter().copied();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [rest.next().unwrap(), rest.next().unwrap()];
                u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap()
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).unwrap()
}
