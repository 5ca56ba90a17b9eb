//! SOCKS5 (RFC 1928) with user name and password (RFC 1929). Names are resolved at the far end.

use super::{Target, beyond, fault};
use crate::{cause::Cause, fault::Fault, route::Tunnel};
use secrecy::{ExposeSecret, zeroize::Zeroizing};
use std::{io, net::IpAddr};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

const VERSION: u8 = 5;
const NO_LOGIN: u8 = 0;
const PASSWORD: u8 = 2;
const NONE_ACCEPTABLE: u8 = 0xff;
const CONNECT: u8 = 1;

/// Method negotiation and, where the connector asks, the login.
pub(super) async fn negotiate(stream: &mut TcpStream, tunnel: &Tunnel) -> Result<(), Fault> {
    let methods: &[u8] =
        if tunnel.login.is_some() { &[VERSION, 2, NO_LOGIN, PASSWORD] } else { &[VERSION, 1, NO_LOGIN] };
    write(stream, tunnel, methods).await?;
    let [version, method] = read(stream, tunnel).await?;
    match (version, method) {
        (VERSION, NO_LOGIN) => Ok(()),
        (VERSION, PASSWORD) if tunnel.login.is_some() => log_in(stream, tunnel).await,
        (VERSION, NONE_ACCEPTABLE) => Err(fault(Cause::TunnelWantsCredentials, tunnel)),
        _ => Err(fault(Cause::TunnelProtocol, tunnel)),
    }
}

/// Asks for the target and takes exactly the reply: what follows is the target's.
pub(super) async fn connect(stream: &mut TcpStream, tunnel: &Tunnel, target: &Target<'_>) -> Result<(), Fault> {
    let mut request = vec![VERSION, CONNECT, 0];
    match target.host.ip() {
        Some(IpAddr::V4(ip)) => {
            request.push(1);
            request.extend(ip.octets());
        }
        Some(IpAddr::V6(ip)) => {
            request.push(4);
            request.extend(ip.octets());
        }
        None => {
            let name = target.host.ascii().as_bytes();
            request.push(3);
            request.push(u8::try_from(name.len()).map_err(|_| Fault::internal("host_too_long"))?);
            request.extend(name);
        }
    }
    request.extend(target.port.get().to_be_bytes());
    write(stream, tunnel, &request).await?;

    let [version, reply] = read(stream, tunnel).await?;
    if version != VERSION {
        return Err(fault(Cause::TunnelProtocol, tunnel));
    }
    if reply != 0 {
        return Err(refusal(tunnel, reply));
    }
    let [_, kind] = read(stream, tunnel).await?;
    let address_len = match kind {
        1 => 4,
        4 => 16,
        3 => {
            let [len] = read(stream, tunnel).await?;
            usize::from(len)
        }
        _ => return Err(fault(Cause::TunnelProtocol, tunnel)),
    };
    let mut bound = [0; 257];
    // The bound address says nothing we need, but it must be off the wire, to the octet.
    let bound = bound.get_mut(..address_len + 2).ok_or_else(|| Fault::internal("bound_address"))?;
    stream.read_exact(bound).await.map(drop).map_err(|error| broken(tunnel, &error))
}

async fn log_in(stream: &mut TcpStream, tunnel: &Tunnel) -> Result<(), Fault> {
    let Some(login) = &tunnel.login else {
        return Err(fault(Cause::TunnelWantsCredentials, tunnel));
    };
    let secret = login.secret.expose_secret();
    let (Ok(user_len @ 1..), Ok(secret_len @ 1..)) = (u8::try_from(login.user_name.len()), u8::try_from(secret.len()))
    else {
        return Err(fault(Cause::TunnelCredentialsRefused, tunnel).param("length"));
    };
    let mut request = Zeroizing::new(Vec::with_capacity(513));
    request.extend([1, user_len]);
    request.extend(login.user_name.as_bytes());
    request.push(secret_len);
    request.extend(secret.as_bytes());
    write(stream, tunnel, &request).await?;
    match read(stream, tunnel).await? {
        // RFC 1929 says version 1; some write the version of SOCKS there.
        [1 | VERSION, 0] => Ok(()),
        [1 | VERSION, _] => Err(fault(Cause::TunnelCredentialsRefused, tunnel)),
        _ => Err(fault(Cause::TunnelProtocol, tunnel)),
    }
}

fn refusal(tunnel: &Tunnel, reply: u8) -> Fault {
    match reply {
        1 => beyond(tunnel, "general"),
        2 => beyond(tunnel, "rules"),
        3 => beyond(tunnel, "network_unreachable"),
        4 => beyond(tunnel, "host_unreachable"),
        5 => beyond(tunnel, "refused"),
        6 => beyond(tunnel, "ttl_expired"),
        7 => beyond(tunnel, "command_not_supported"),
        8 => beyond(tunnel, "address_not_supported"),
        _ => fault(Cause::TunnelProtocol, tunnel),
    }
}

async fn write(stream: &mut TcpStream, tunnel: &Tunnel, bytes: &[u8]) -> Result<(), Fault> {
    stream.write_all(bytes).await.map_err(|error| broken(tunnel, &error))
}

async fn read<const N: usize>(stream: &mut TcpStream, tunnel: &Tunnel) -> Result<[u8; N], Fault> {
    let mut bytes = [0; N];
    stream.read_exact(&mut bytes).await.map_err(|error| broken(tunnel, &error))?;
    Ok(bytes)
}

/// A connector that hangs up in its handshake is not the kind of connector we took it for.
fn broken(tunnel: &Tunnel, error: &io::Error) -> Fault {
    fault(Cause::TunnelProtocol, tunnel).param(Fault::from_io(error).cause.code())
}
