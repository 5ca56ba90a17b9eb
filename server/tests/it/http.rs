//! As much of an HTTP/1.1 client as the tests need: one request a connection, headers as given, bodies as they come.
//!
//! Written out rather than taken from a client library, whose features would make cargo build the server twice.

use http::{HeaderMap, HeaderName, HeaderValue};
use std::{fmt::Write as _, io};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

pub struct Response {
    status: u16,
    headers: HeaderMap,
    stream: BufReader<TcpStream>,
}

/// Sends one request and reads the answer's head.
pub async fn send(
    address: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> io::Result<Response> {
    let mut stream = TcpStream::connect(address).await?;
    let mut head = format!("{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n");
    for (name, value) in headers {
        let _ = write!(head, "{name}: {value}\r\n");
    }
    let _ = write!(head, "content-length: {}\r\n\r\n", body.len());
    stream.write_all((head + body).as_bytes()).await?;
    let mut stream = BufReader::new(stream);
    let status_line = line(&mut stream).await?;
    let status = status_line.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or(io::ErrorKind::InvalidData)?;
    let mut headers = HeaderMap::new();
    loop {
        let text = line(&mut stream).await?;
        let Some((name, value)) = text.split_once(':') else { break };
        let name = HeaderName::try_from(name).map_err(io::Error::other)?;
        headers.append(name, HeaderValue::from_str(value.trim()).map_err(io::Error::other)?);
    }
    Ok(Response { status, headers, stream })
}

impl Response {
    pub const fn status(&self) -> u16 {
        self.status
    }

    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The next piece of a streamed body; `None` at its end.
    pub async fn chunk(&mut self) -> io::Result<Option<Vec<u8>>> {
        let size = usize::from_str_radix(line(&mut self.stream).await?.trim(), 16).map_err(io::Error::other)?;
        let mut bytes = vec![0; size];
        self.stream.read_exact(&mut bytes).await?;
        line(&mut self.stream).await?;
        Ok((size > 0).then_some(bytes))
    }

    pub async fn text(self) -> io::Result<String> {
        String::from_utf8(self.bytes().await?).map_err(io::Error::other)
    }

    /// The whole body; an error if the connection was cut in its middle.
    pub async fn bytes(mut self) -> io::Result<Vec<u8>> {
        let mut body = Vec::new();
        if self.headers.get("transfer-encoding").is_some_and(|value| value == "chunked") {
            while let Some(chunk) = self.chunk().await? {
                body.extend(chunk);
            }
        } else if let Some(length) = self.headers.get("content-length") {
            let length = length.to_str().ok().and_then(|text| text.parse().ok()).ok_or(io::ErrorKind::InvalidData)?;
            body.resize(length, 0);
            self.stream.read_exact(&mut body).await?;
        } else {
            self.stream.read_to_end(&mut body).await?;
        }
        Ok(body)
    }
}

/// A line without its end; an empty one where the connection was cut is an error.
async fn line(stream: &mut BufReader<TcpStream>) -> io::Result<String> {
    let mut text = String::new();
    if stream.read_line(&mut text).await? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}
