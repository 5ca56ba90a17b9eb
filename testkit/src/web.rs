//! A server of the web over TLS that answers each request as it is told, and keeps them all. Knows nothing of what it serves.

use crate::{
    stream::{Heard, Stream},
    token::{TokenAnswer, TokenForm, answer, read},
};
use ring::digest::{SHA256, digest};
use rustls::ServerConfig;
use std::{
    io,
    net::SocketAddr,
    sync::{Arc, Mutex},
};
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

type Handler = dyn Fn(&TokenForm) -> TokenAnswer + Send + Sync;

pub struct WebServer {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<TokenForm>>>,
    task: JoinHandle<()>,
}

impl WebServer {
    /// On 127.0.0.1.
    pub async fn start(
        tls: Arc<ServerConfig>,
        handler: impl Fn(&TokenForm) -> TokenAnswer + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::<Mutex<Vec<TokenForm>>>::default();
        let (handler, keep): (Arc<Handler>, _) = (Arc::new(handler), Arc::clone(&asked));
        let task = tokio::spawn(async move {
            while let Ok((tcp, _)) = listener.accept().await {
                let (tls, handler, keep) = (Arc::clone(&tls), Arc::clone(&handler), Arc::clone(&keep));
                tokio::spawn(async move { serve(tcp, tls, &*handler, &keep).await });
            }
        });
        Self { address, asked, task }
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// All requests so far for this path.
    pub fn asked(&self, path: &str) -> Vec<TokenForm> {
        self.asked.lock().unwrap().iter().filter(|form| form.path() == path).cloned().collect()
    }
}

impl Drop for WebServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// SHA-256 as base64url: the challenge of a verifier (RFC 7636).
pub fn s256(text: &str) -> String {
    crate::jwt::base64url(digest(&SHA256, text.as_bytes()))
}

async fn serve(
    tcp: TcpStream,
    tls: Arc<ServerConfig>,
    handler: &Handler,
    keep: &Mutex<Vec<TokenForm>>,
) -> io::Result<()> {
    let mut stream = Stream::new(tcp, Arc::<Mutex<Heard>>::default());
    stream.start_tls(tls).await?;
    let form = read(&mut stream).await?;
    keep.lock().unwrap().push(form.clone());
    let said = handler(&form);
    answer(&mut stream, &form, said).await
}
