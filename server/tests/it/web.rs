//! The matrix of web security, row by row: a test whose name begins with `w17_` plays row W17.

mod faults;
mod forgery;
mod headers;
mod objects;
mod people;
mod roles;
mod step_up;
mod supply;

use crate::harness::{PASSWORD, Server, Session};
use std::sync::Arc;
use tempfile::TempDir;

/// A server that people come to over https, and a browser of its administrator.
async fn over_https() -> (Server, Session, http::HeaderMap) {
    let folder = Arc::new(TempDir::new().expect("a folder"));
    // What is printed is the public address, so the socket's own has to be known beforehand.
    let reserved = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = reserved.local_addr().expect("bound").to_string();
    drop(reserved);
    let variables = [("POSTROOM_PUBLIC_URL", "https://mail.example.com"), ("POSTROOM_LISTEN", address.as_str())];
    let server = Server::start_with(folder, &variables).await;
    assert_eq!(server.url, "https://mail.example.com");
    let session = Session { url: format!("http://{address}"), cookie: String::new() };
    let token = server.set_up_token.as_deref().expect("a first start");
    let form = [("token", token), ("user_name", "root"), ("password", PASSWORD)];
    let answer = session.form("/setup", &form).await;
    let headers = answer.headers().clone();
    (server, session.keep(&answer), headers)
}
