//! One connection under limits: whole replies in, bytes out, each with its deadline. No SMTP command is known here.

use crate::{
    cause::Cause,
    fault::Fault,
    reply::{Reply, ReplyBuffer, ReplyError},
};
use std::{io, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time,
};
use tokio_rustls::client::TlsStream;

#[derive(Debug)]
enum Stream {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

#[derive(Debug)]
pub(crate) struct Wire {
    stream: Stream,
    replies: ReplyBuffer,
}

impl Wire {
    pub fn plain(stream: TcpStream) -> Self {
        Self { stream: Stream::Plain(stream), replies: ReplyBuffer::default() }
    }

    pub fn tls(stream: TlsStream<TcpStream>) -> Self {
        Self { stream: Stream::Tls(Box::new(stream)), replies: ReplyBuffer::default() }
    }

    pub const fn is_encrypted(&self) -> bool {
        matches!(self.stream, Stream::Tls(_))
    }

    /// Whether the server said something that nobody asked for.
    pub fn has_leftover(&self) -> bool {
        !self.replies.is_empty()
    }

    /// The next reply. `late` is the cause of its absence; the limit is for the whole reply, however it drips.
    pub async fn reply(&mut self, limit: Duration, late: Cause) -> Result<Reply, Fault> {
        time::timeout(limit, self.read_reply()).await.unwrap_or_else(|_| Err(Fault::new(late).param(limit.as_secs())))
    }

    pub async fn write(&mut self, bytes: &[u8], limit: Duration) -> Result<(), Fault> {
        match time::timeout(limit, self.write_all(bytes)).await {
            Ok(result) => result.map_err(|error| broken(&error)),
            Err(_) => Err(Fault::new(Cause::ReplyTimeout).param(limit.as_secs())),
        }
    }

    /// The bare socket for the TLS handshake. Refused where a byte in clear has come already: whoever stands between
    /// could have put it there, to be believed after the handshake.
    pub fn into_plain(mut self) -> Result<TcpStream, Fault> {
        self.drain_ready();
        match self.stream {
            Stream::Plain(stream) if self.replies.is_empty() => Ok(stream),
            Stream::Plain(_) => Err(Fault::new(Cause::InjectedBeforeTls)),
            Stream::Tls(_) => Err(Fault::internal("tls_twice")),
        }
    }

    /// Takes in what the socket holds at this moment, without waiting.
    fn drain_ready(&mut self) {
        if let Stream::Plain(stream) = &self.stream {
            let mut chunk = [0; 512];
            if let Ok(count @ 1..) = stream.try_read(&mut chunk) {
                self.replies.feed(&chunk[..count]);
            }
        }
    }

    async fn read_reply(&mut self) -> Result<Reply, Fault> {
        let mut chunk = [0; 4096];
        loop {
            match self.replies.next_reply() {
                Ok(Some(reply)) => return Ok(reply),
                Ok(None) => {}
                Err(ReplyError::TooLong) => return Err(Fault::new(Cause::ReplyTooLong)),
                Err(ReplyError::Malformed(line)) => {
                    return Err(Fault { reply: line, ..Fault::new(Cause::ProtocolError) });
                }
            }
            self.acknowledge_at_once();
            let count = match &mut self.stream {
                Stream::Plain(stream) => stream.read(&mut chunk).await,
                Stream::Tls(stream) => stream.read(&mut chunk).await,
            };
            match count {
                Ok(0) => return Err(Fault::new(Cause::ConnectionClosed)),
                Ok(count) => self.replies.feed(&chunk[..count]),
                Err(error) => return Err(broken(&error)),
            }
        }
    }

    /// Several replies to commands sent in one go come as several small packets, and many servers hold the second back
    /// until the first is acknowledged: left to itself the system takes 40 ms for that. Forgotten after each read.
    fn acknowledge_at_once(&self) {
        #[cfg(target_os = "linux")]
        {
            let socket = match &self.stream {
                Stream::Plain(stream) => stream,
                Stream::Tls(stream) => stream.get_ref().0,
            };
            // Merely slower without.
            let _ = socket.set_quickack(true);
        }
    }

    async fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        match &mut self.stream {
            Stream::Plain(stream) => {
                stream.write_all(bytes).await?;
                stream.flush().await
            }
            Stream::Tls(stream) => {
                stream.write_all(bytes).await?;
                stream.flush().await
            }
        }
    }
}

/// An established connection that breaks: however the system words it, it was not refused and did not fail to come about.
fn broken(error: &io::Error) -> Fault {
    let fault = Fault::from_io(error);
    match fault.cause {
        Cause::ConnectionRefused | Cause::ConnectTimeout | Cause::Unreachable => Fault::new(Cause::ConnectionReset),
        _ => fault,
    }
}
