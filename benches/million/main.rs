//! Very many accounts, and fifty people who type in their report: fills a database, asks the store alone, asks a server.
//!
//! `million fill <database> <accounts>`, `million store <database>`, `million type <host:port> <cookie> <seconds> <people>`;
//! `benches/million.sh` calls them one after the other.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a tool that fails is to say where"
)]

mod alone;
mod fill;
mod people;
mod typists;

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["fill", database, accounts] => fill::fill(database, accounts.parse().expect("a number")).await,
        ["store", database] => alone::measure(database, 50, 20).await,
        ["type", place, cookie, seconds, people] => {
            typists::measure(place, cookie, people.parse().expect("a number"), seconds.parse().expect("a number"))
                .await;
        }
        _ => panic!("what? see the first lines of benches/million/main.rs"),
    }
}
