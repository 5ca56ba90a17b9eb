//! A SOCKS5 or HTTP CONNECT server that really forwards. Every name leads to 127.0.0.1: the far end resolves.

use crate::stream::{Heard, Stream};
use base64::{Engine, prelude::BASE64_STANDARD};
use std::{
    io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ConnectorProtocol {
    #[default]
    Socks5,
    HttpConnect,
}

#[derive(Debug, Clone, Default)]
pub struct ConnectorOptions {
    pub protocol: ConnectorProtocol,
    pub login: Option<(String, String)>,
    /// Sends the answer and the target's first words in one segment.
    pub glued: bool,
}

#[derive(Debug)]
pub struct Connector {
    address: SocketAddr,
    heard: Arc<Mutex<Heard>>,
    targets: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Connector {
    pub async fn start(options: ConnectorOptions) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let heard = Arc::<Mutex<Heard>>::default();
        let targets = Arc::<Mutex<Vec<String>>>::default();
        let options = Arc::new(options);
        let (task_heard, task_targets) = (Arc::clone(&heard), Arc::clone(&targets));
        let task = tokio::spawn(async move {
            while let Ok((tcp, _)) = listener.accept().await {
                let (options, targets) = (Arc::clone(&options), Arc::clone(&task_targets));
                let stream = Stream::new(tcp, Arc::clone(&task_heard));
                tokio::spawn(async move {
                    match options.protocol {
                        ConnectorProtocol::Socks5 => socks5(stream, &options, &targets).await,
                        ConnectorProtocol::HttpConnect => http(stream, &options, &targets).await,
                    }
                });
            }
        });
        Self { address, heard, targets, task }
    }

    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// What was asked for, as `host:port`, in the client's own words.
    pub fn targets(&self) -> Vec<String> {
        self.targets.lock().unwrap().clone()
    }

    /// The handshakes' octets.
    pub fn handshake_bytes(&self) -> Vec<u8> {
        self.heard.lock().unwrap().clear.clone()
    }
}

impl Drop for Connector {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn socks5(mut stream: Stream, options: &ConnectorOptions, targets: &Mutex<Vec<String>>) -> io::Result<()> {
    let head = stream.bytes(2).await?;
    let methods = stream.bytes(usize::from(head[1])).await?;
    let wanted = if options.login.is_some() { 2 } else { 0 };
    if !methods.contains(&wanted) {
        return stream.write(&[5, 0xff]).await;
    }
    stream.write(&[5, wanted]).await?;
    if let Some((user, password)) = &options.login {
        let user_len = stream.bytes(2).await?[1];
        let given_user = stream.bytes(usize::from(user_len)).await?;
        let password_len = stream.bytes(1).await?[0];
        let given_password = stream.bytes(usize::from(password_len)).await?;
        let valid = given_user == user.as_bytes() && given_password == password.as_bytes();
        stream.write(&[1, u8::from(!valid)]).await?;
        if !valid {
            return Ok(());
        }
    }
    let kind = stream.bytes(4).await?[3];
    let host = match kind {
        1 => Ipv4Addr::from(<[u8; 4]>::try_from(stream.bytes(4).await?).unwrap()).to_string(),
        4 => format!("[{}]", Ipv6Addr::from(<[u8; 16]>::try_from(stream.bytes(16).await?).unwrap())),
        _ => {
            let len = stream.bytes(1).await?[0];
            String::from_utf8(stream.bytes(usize::from(len)).await?).unwrap()
        }
    };
    let port = u16::from_be_bytes(stream.bytes(2).await?.try_into().unwrap());
    targets.lock().unwrap().push(format!("{host}:{port}"));
    match dial(&host, port).await {
        // A bound address that is a name: rare, and legal.
        Ok(target) => forward(stream, target, b"\x05\x00\x00\x03\x07far.end\x12\x34", options.glued).await,
        Err(_) => stream.write(&[5, 5, 0, 1, 0, 0, 0, 0, 0, 0]).await,
    }
}

async fn http(mut stream: Stream, options: &ConnectorOptions, targets: &Mutex<Vec<String>>) -> io::Result<()> {
    let mut lines = Vec::new();
    while let Some(line) = stream.line().await?.filter(|line| !line.is_empty()) {
        lines.push(String::from_utf8_lossy(&line).into_owned());
    }
    let request = lines.first().cloned().unwrap_or_default();
    let Some(authority) = request.strip_prefix("CONNECT ").and_then(|rest| rest.strip_suffix(" HTTP/1.1")) else {
        return stream.write(b"HTTP/1.1 405 Method Not Allowed\r\n\r\n").await;
    };
    if let Some((user, password)) = &options.login {
        let wanted = format!("Proxy-Authorization: Basic {}", BASE64_STANDARD.encode(format!("{user}:{password}")));
        if !lines.contains(&wanted) {
            return stream
                .write(b"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n")
                .await;
        }
    }
    targets.lock().unwrap().push(authority.to_owned());
    let (host, port) = authority.rsplit_once(':').unwrap();
    match dial(host, port.parse().unwrap()).await {
        Ok(target) => {
            forward(stream, target, b"HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n", options.glued).await
        }
        Err(_) => stream.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n").await,
    }
}

async fn dial(host: &str, port: u16) -> io::Result<TcpStream> {
    match format!("{host}:{port}").parse::<SocketAddr>() {
        Ok(address) => TcpStream::connect(address).await,
        Err(_) if host.ends_with(".invalid") => Err(io::ErrorKind::NotFound.into()),
        Err(_) => TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await,
    }
}

async fn forward(mut stream: Stream, mut target: TcpStream, answer: &[u8], glued: bool) -> io::Result<()> {
    let mut first = answer.to_vec();
    if glued {
        let mut chunk = [0; 1024];
        let count = target.read(&mut chunk).await?;
        first.extend(&chunk[..count]);
    }
    stream.write(&first).await?;
    let (ahead, client) = stream.into_parts();
    target.write_all(&ahead).await?;
    if let Some(mut client) = client {
        tokio::io::copy_bidirectional(&mut client, &mut target).await?;
    }
    Ok(())
}
