//! A server's end of a connection, in clear or under TLS, with all that came in kept apart by which it was.

use rustls::ServerConfig;
use std::{
    io,
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpStream,
};
use tokio_rustls::TlsAcceptor;

pub(crate) trait Io: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Io for T {}

#[derive(Debug, Default)]
pub(crate) struct Heard {
    pub clear: Vec<u8>,
    pub protected: Vec<u8>,
}

pub(crate) struct Stream {
    io: Option<Box<dyn Io>>,
    encrypted: bool,
    buffer: Vec<u8>,
    heard: Arc<Mutex<Heard>>,
}

impl Stream {
    pub fn new(tcp: TcpStream, heard: Arc<Mutex<Heard>>) -> Self {
        let _ = tcp.set_nodelay(true);
        Self { io: Some(Box::new(tcp)), encrypted: false, buffer: Vec::new(), heard }
    }

    pub const fn is_encrypted(&self) -> bool {
        self.encrypted
    }

    pub async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let io = self.io()?;
        io.write_all(bytes).await?;
        io.flush().await
    }

    /// Shakes hands as a server. What the client had sent in clear behind its STARTTLS is lost, as it should be.
    pub async fn start_tls(&mut self, config: Arc<ServerConfig>) -> io::Result<()> {
        let plain = self.io.take().ok_or(io::ErrorKind::NotConnected)?;
        let stream = TlsAcceptor::from(config).accept(plain).await?;
        self.buffer.clear();
        self.encrypted = true;
        self.io = Some(Box::new(stream));
        Ok(())
    }

    /// The next line, without its end; `None` at the end of the connection.
    pub async fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            if let Some(end) = self.buffer.iter().position(|b| *b == b'\n') {
                let mut line: Vec<u8> = self.buffer.drain(..=end).collect();
                line.pop();
                if line.last() == Some(&b'\r') {
                    line.pop();
                }
                return Ok(Some(line));
            }
            if !self.fill().await? {
                return Ok(None);
            }
        }
    }

    /// So many bytes; fewer only at the end of the connection.
    pub async fn bytes(&mut self, count: usize) -> io::Result<Vec<u8>> {
        while self.buffer.len() < count {
            if !self.fill().await? {
                break;
            }
        }
        let count = count.min(self.buffer.len());
        Ok(self.buffer.drain(..count).collect())
    }

    /// A message with its dots taken away, as DATA carries it: the exact octets before the final dot.
    pub async fn message(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut message = Vec::new();
        loop {
            let Some(end) = self.buffer.iter().position(|b| *b == b'\n') else {
                if !self.fill().await? {
                    return Ok(None);
                }
                continue;
            };
            let line: Vec<u8> = self.buffer.drain(..=end).collect();
            if line == b".\r\n" {
                return Ok(Some(message));
            }
            message.extend(line.strip_prefix(b".").unwrap_or(&line));
        }
    }

    /// Reads and keeps whatever comes until the other side goes.
    pub async fn until_end(&mut self) {
        while matches!(self.fill().await, Ok(true)) {
            self.buffer.clear();
        }
    }

    /// Gives the connection up to be copied elsewhere, with what was read ahead.
    pub fn into_parts(mut self) -> (Vec<u8>, Option<Box<dyn Io>>) {
        (std::mem::take(&mut self.buffer), self.io.take())
    }

    fn io(&mut self) -> io::Result<&mut Box<dyn Io>> {
        self.io.as_mut().ok_or_else(|| io::ErrorKind::NotConnected.into())
    }

    async fn fill(&mut self) -> io::Result<bool> {
        let mut chunk = [0; 4096];
        let count = self.io()?.read(&mut chunk).await?;
        let mut heard = self.heard.lock().unwrap();
        if self.encrypted { &mut heard.protected } else { &mut heard.clear }.extend(&chunk[..count]);
        drop(heard);
        self.buffer.extend(&chunk[..count]);
        Ok(count > 0)
    }
}
