//! A server that plays a script, line by line and byte by byte, to every connection. Knows no SMTP beyond the final dot.

use crate::stream::{Heard, Stream};
use rustls::ServerConfig;
use std::{
    io,
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
    time,
};

/// One thing the server does.
#[derive(Debug, Clone)]
pub enum Act {
    Send(Vec<u8>),
    /// Byte by byte, with a pause after each.
    Drip(Vec<u8>, Duration),
    /// The same bytes again and again until the client goes.
    Flood(Vec<u8>),
    /// Takes one line, which must begin so (without regard to case); otherwise the script ends.
    Expect(&'static str),
    /// Takes so many bytes.
    Take(usize),
    /// Takes a message up to its final dot.
    TakeMessage,
    /// Takes lines up to the empty one.
    TakeHeader,
    Pause(Duration),
    StartTls,
    /// Says nothing more, and listens until the client goes.
    Hang,
    /// Neither speaks nor reads, for ever.
    Freeze,
    Close,
    /// Closes with RST.
    Reset,
}

impl Act {
    pub fn send(text: &str) -> Self {
        Self::Send(text.as_bytes().to_vec())
    }
}

/// What the server heard.
#[derive(Debug, Clone, Default)]
pub struct Recording {
    pub clear: Vec<u8>,
    pub protected: Vec<u8>,
    pub message: Option<Vec<u8>>,
}

#[derive(Debug)]
pub struct ScriptedServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    position: watch::Receiver<usize>,
    closed: watch::Receiver<usize>,
    task: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    script: Vec<Act>,
    tls: Option<Arc<ServerConfig>>,
    heard: Arc<Mutex<Heard>>,
    message: Mutex<Option<Vec<u8>>>,
    position: watch::Sender<usize>,
    closed: watch::Sender<usize>,
}

impl ScriptedServer {
    /// Plays the script on 127.0.0.1. `tls` is what [`Act::StartTls`] shows.
    pub async fn start(script: impl Into<Vec<Act>>, tls: Option<Arc<ServerConfig>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (position_in, position) = watch::channel(0);
        let (closed_in, closed) = watch::channel(0);
        let shared = Arc::new(Shared {
            script: script.into(),
            tls,
            heard: Arc::default(),
            message: Mutex::default(),
            position: position_in,
            closed: closed_in,
        });
        let task = tokio::spawn(accept(listener, Arc::clone(&shared)));
        Self { address, shared, position, closed, task }
    }

    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    pub fn recording(&self) -> Recording {
        let heard = self.shared.heard.lock().unwrap();
        let message = self.shared.message.lock().unwrap().clone();
        Recording { clear: heard.clear.clone(), protected: heard.protected.clone(), message }
    }

    /// Waits until so many acts have begun.
    pub async fn reached(&self, act: usize) {
        self.position.clone().wait_for(|position| *position >= act).await.unwrap();
    }

    /// Waits until a connection has come to its end, seen from here.
    pub async fn closed(&self) {
        self.closed.clone().wait_for(|count| *count > 0).await.unwrap();
    }
}

impl Drop for ScriptedServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    while let Ok((tcp, _)) = listener.accept().await {
        let shared = Arc::clone(&shared);
        tokio::spawn(async move {
            // A client that goes in the middle of the script is what many scripts are for.
            let _ = play(tcp, &shared).await;
            shared.closed.send_modify(|count| *count += 1);
        });
    }
}

async fn play(tcp: TcpStream, shared: &Shared) -> io::Result<()> {
    let reset = shared.script.iter().any(|act| matches!(act, Act::Reset));
    if reset {
        // With no time to linger, closing sends RST instead of FIN.
        tcp.set_zero_linger()?;
    }
    let mut stream = Stream::new(tcp, Arc::clone(&shared.heard));
    for (index, act) in shared.script.iter().enumerate() {
        shared.position.send_modify(|position| *position = index + 1);
        match act {
            Act::Send(bytes) => stream.write(bytes).await?,
            Act::Drip(bytes, pause) => {
                for byte in bytes {
                    stream.write(&[*byte]).await?;
                    time::sleep(*pause).await;
                }
            }
            Act::Flood(bytes) => loop {
                stream.write(bytes).await?;
            },
            Act::Expect(prefix) => {
                let line = stream.line().await?.unwrap_or_default();
                let begins = line.len() >= prefix.len() && line[..prefix.len()].eq_ignore_ascii_case(prefix.as_bytes());
                if !begins {
                    stream.until_end().await;
                    return Ok(());
                }
            }
            Act::Take(count) => drop(stream.bytes(*count).await?),
            Act::TakeMessage => *shared.message.lock().unwrap() = stream.message().await?,
            Act::TakeHeader => while stream.line().await?.is_some_and(|line| !line.is_empty()) {},
            Act::Pause(pause) => time::sleep(*pause).await,
            Act::StartTls => stream.start_tls(Arc::clone(shared.tls.as_ref().expect("a certificate"))).await?,
            Act::Hang => stream.until_end().await,
            Act::Freeze => std::future::pending().await,
            Act::Close | Act::Reset => return Ok(()),
        }
    }
    stream.until_end().await;
    Ok(())
}
