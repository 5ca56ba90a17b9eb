//! HTTP CONNECT (RFC 9110 section 9.3.6) over plain HTTP/1.1, with Basic credentials.

use super::{Target, beyond, fault};
use crate::{
    cause::Cause,
    fault::Fault,
    route::Tunnel,
    text::{cut, inert},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use secrecy::{ExposeSecret, zeroize::Zeroizing};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

const PROXY_UNAUTHORIZED: u16 = 407;
/// Meant for origin servers; some proxies answer wrong credentials with it.
const UNAUTHORIZED: u16 = 401;
const MAX_HEADER: usize = 16 * 1024;
/// A name that exists nowhere (RFC 6761): a proxy says so, anything else does not know the method.
const NOWHERE: &str = "postroom.invalid:587";

pub(super) async fn connect(stream: &mut TcpStream, tunnel: &Tunnel, target: &Target<'_>) -> Result<(), Fault> {
    let (status, line) = ask(stream, tunnel, &target.authority()).await?;
    match status {
        200..=299 => Ok(()),
        UNAUTHORIZED | PROXY_UNAUTHORIZED => Err(credentials(tunnel, line)),
        _ => Err(Fault { reply: line, ..beyond(tunnel, &status.to_string()) }),
    }
}

/// Whether it is a proxy and lets us in: any answer about the target will do.
pub(super) async fn greet(stream: &mut TcpStream, tunnel: &Tunnel) -> Result<(), Fault> {
    let (status, line) = ask(stream, tunnel, NOWHERE).await?;
    match status {
        UNAUTHORIZED | PROXY_UNAUTHORIZED => Err(credentials(tunnel, line)),
        400 | 404 | 405 | 501 => Err(Fault { reply: line, ..fault(Cause::TunnelProtocol, tunnel) }),
        _ => Ok(()),
    }
}

fn credentials(tunnel: &Tunnel, line: String) -> Fault {
    let cause = if tunnel.login.is_some() { Cause::TunnelCredentialsRefused } else { Cause::TunnelWantsCredentials };
    Fault { reply: line, ..fault(cause, tunnel) }
}

async fn ask(stream: &mut TcpStream, tunnel: &Tunnel, authority: &str) -> Result<(u16, String), Fault> {
    let mut request = Zeroizing::new(format!("CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n"));
    if let Some(login) = &tunnel.login {
        // A colon ends the user name (RFC 7617): the rest of it would be read as password.
        if login.user_name.contains(':') {
            return Err(fault(Cause::TunnelCredentialsRefused, tunnel).param("colon"));
        }
        let pair = Zeroizing::new(format!("{}:{}", login.user_name, login.secret.expose_secret()));
        let token = Zeroizing::new(BASE64_STANDARD.encode(pair.as_bytes()));
        request.push_str("Proxy-Authorization: Basic ");
        request.push_str(&token);
        request.push_str("\r\n");
    }
    request.push_str("\r\n");
    let broken =
        |error: std::io::Error| fault(Cause::TunnelProtocol, tunnel).param(Fault::from_io(&error).cause.code());
    stream.write_all(request.as_bytes()).await.map_err(broken)?;

    let mut header = Vec::new();
    loop {
        // Octet by octet: the target's greeting may follow in the same segment, and it is not ours to swallow.
        header.push(stream.read_u8().await.map_err(broken)?);
        if header.ends_with(b"\r\n\r\n") || header.ends_with(b"\n\n") {
            match status(&header) {
                Some((100..=199, _)) => header.clear(),
                Some(answer) => return Ok(answer),
                None => return Err(fault(Cause::TunnelProtocol, tunnel)),
            }
        }
        let prefix = header.len().min(5);
        if header.len() > MAX_HEADER || header[..prefix] != b"HTTP/"[..prefix] {
            return Err(fault(Cause::TunnelProtocol, tunnel));
        }
    }
}

/// Status code, and the status line for people.
fn status(header: &[u8]) -> Option<(u16, String)> {
    let line = header.split(|b| *b == b'\n').next()?;
    let line = inert(line.strip_suffix(b"\r").unwrap_or(line));
    let mut words = line.splitn(3, ' ');
    let version = words.next()?;
    let code = words.next()?;
    if !version.starts_with("HTTP/1.") || code.len() != 3 {
        return None;
    }
    let code: u16 = code.parse().ok()?;
    let reason = words.next().unwrap_or_default();
    (100..=599).contains(&code).then(|| (code, cut(&format!("{code} {reason}"), 80)))
}
