//! A port where nobody listens.

use tokio::net::TcpSocket;

/// Holds a port of loopback, bound and never listened on: nobody answers there, and nobody else is given it meanwhile.
pub struct Unheard(TcpSocket);

impl Unheard {
    pub fn bind() -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind(([127, 0, 0, 1], 0).into()).expect("binds");
        Self(socket)
    }

    pub fn port(&self) -> u16 {
        self.0.local_addr().expect("an address").port()
    }
}
