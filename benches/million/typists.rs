//! People who type into the report of a server: each on a connection of their own, one letter after the other.

use crate::people::{Dice, pause, print, sought};
use std::time::{Duration, Instant};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// Nobody goes on typing after that long.
const PATIENCE: Duration = Duration::from_secs(30);

/// A browser: one connection, and whose session it is.
struct Browser {
    stream: TcpStream,
    place: String,
    cookie: String,
}

pub async fn measure(place: &str, cookie: &str, people: u64, seconds: u64) {
    let mut browser = Browser::open(place, cookie).await;
    let all = browser.accounts("").await.1;
    let began = Instant::now();
    let ended = began + Duration::from_secs(seconds);
    let typing = (1..=people).map(|person| {
        let (place, cookie) = (place.to_owned(), cookie.to_owned());
        tokio::spawn(async move {
            let mut browser = Browser::open(&place, &cookie).await;
            let mut dice = Dice(person << 20 | 1);
            let mut waits = Vec::new();
            while Instant::now() < ended {
                let text = sought(&mut dice, all);
                let mut before = all;
                for (end, letter) in text.char_indices() {
                    tokio::time::sleep(pause(&mut dice)).await;
                    let began = Instant::now();
                    let (matching, _) = browser.accounts(&text[..end + letter.len_utf8()]).await;
                    waits.push(began.elapsed());
                    assert!((1..=before).contains(&matching), "{text}: {matching} of {before}");
                    before = matching;
                }
            }
            waits
        })
    });
    let mut waits = Vec::new();
    for person in typing.collect::<Vec<_>>() {
        waits.extend(person.await.expect("types"));
    }
    print(&format!("{all} accounts, {people} typing"), waits, began.elapsed().as_secs_f64());
}

impl Browser {
    async fn open(place: &str, cookie: &str) -> Self {
        let stream = TcpStream::connect(place).await.expect("connects");
        stream.set_nodelay(true).expect("sets");
        Self { stream, place: place.to_owned(), cookie: cookie.to_owned() }
    }

    /// What the report asks when it is too long to be held in the browser: how many match, and of how many.
    async fn accounts(&mut self, name: &str) -> (u64, u64) {
        let filter = if name.is_empty() { serde_json::json!({}) } else { serde_json::json!({ "name": name }) };
        let query = serde_json::json!({ "filter": filter, "sort": null, "page": 1, "size": 30 });
        let body = serde_json::json!({ "report": "accounts", "query": query }).to_string();
        let head = format!(
            "POST /api/ui/report_page HTTP/1.1\r\nhost: {0}\r\norigin: http://{0}\r\ncookie: {1}\r\naccept: \
             application/json\r\ncontent-type: application/json\r\ncontent-length: {2}\r\n\r\n",
            self.place,
            self.cookie,
            body.len()
        );
        self.stream.write_all((head + &body).as_bytes()).await.expect("sends");
        let answer = tokio::time::timeout(PATIENCE, self.answer()).await.expect("answers in time");
        let page: serde_json::Value = serde_json::from_slice(&answer).expect("a page");
        (page["matching"].as_u64().expect("a number"), page["all"].as_u64().expect("a number"))
    }

    async fn answer(&mut self) -> Vec<u8> {
        let mut got = Vec::new();
        loop {
            if let Some(head) = got.windows(4).position(|four| four == b"\r\n\r\n") {
                let text = String::from_utf8_lossy(&got[..head]).to_ascii_lowercase();
                assert!(text.starts_with("http/1.1 200"), "{text}");
                let length = text.lines().find_map(|line| line.strip_prefix("content-length:")).expect("a length");
                let whole = head + 4 + length.trim().parse::<usize>().expect("a number");
                while got.len() < whole {
                    assert!(self.stream.read_buf(&mut got).await.expect("reads") > 0, "cut off");
                }
                return got.split_off(head + 4);
            }
            assert!(self.stream.read_buf(&mut got).await.expect("reads") > 0, "cut off");
        }
    }
}
