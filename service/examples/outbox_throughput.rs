//! Hands messages to the Outbox as fast as it takes them, with its worker sending them, and prints how many each second.
//!
//! `cargo run --release -p postroom-service --example outbox_throughput -- PORT [messages] [submitters]`: a server that
//! takes everything must listen on 127.0.0.1:PORT, `smtp-sink` for example.
#![expect(clippy::expect_used, clippy::cast_precision_loss, reason = "a tool that fails is to say where")]

use domain::{
    Role,
    account::AccountDraft,
    notification::NotificationDraft,
    report::{Query, ReportName},
};
use postroom_service::{Actor, CancellationToken, Clock, DestinationPolicy, MasterKeySource, Service, Settings};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::task::JoinHandle;

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let port = arguments.next().expect("the sink's port");
    let mut number = |usual: usize| arguments.next().map_or(usual, |text| text.parse().expect("a number"));
    let (messages, submitters) = (number(10_000), number(64));
    println!("{messages} messages of about 2 KB each, {submitters} submitters; each second:");
    let rate = |took: Duration| messages as f64 / took.as_secs_f64();

    let (service, directory) = opened(&port).await;
    let began = Instant::now();
    submit_all(&service, messages, submitters).await;
    println!("accepted: {:.0} while nothing is sent", rate(began.elapsed()));
    let began = Instant::now();
    let (stop, worker) = started(&service);
    drained(&service).await;
    println!("sent: {:.0} while nothing is accepted", rate(began.elapsed()));
    stop.cancel();
    worker.await.expect("ends");
    service.close().await;
    drop(directory);

    let (service, _directory) = opened(&port).await;
    let (stop, worker) = started(&service);
    let began = Instant::now();
    submit_all(&service, messages, submitters).await;
    drained(&service).await;
    println!("both: {:.0} accepted, sent and recorded", rate(began.elapsed()));
    stop.cancel();
    worker.await.expect("ends");
    service.close().await;
}

fn admin() -> Actor {
    Actor::new(None, "bench", Role::Administrator, "")
}

/// A service on a database of its own, with one account that leads to the sink.
async fn opened(port: &str) -> (Service, TempDir) {
    let directory = tempfile::tempdir().expect("a directory");
    let settings = Settings {
        database_url: format!("sqlite://{}", directory.path().join("bench.db").display()),
        master_key: MasterKeySource::File(directory.path().join("master.key")),
        policy: DestinationPolicy::parse("127.0.0.0/8").expect("a policy"),
        extra_roots: None,
        resolver: None,
        https: domain::Port::HTTPS,
        helo: "bench.test".into(),
        oidc: None,
        portal: None,
        public_url: None,
        embedding: domain::portal::Embedding::default(),
    };
    let service = Service::open(settings, Clock::system()).await.expect("opens");
    let account = AccountDraft {
        name: "Bench".into(),
        sender: "bench@example.com".into(),
        reply_to: "bench@example.com".into(),
        return_path: "bench@example.com".into(),
        confirmation: "bench@example.com".into(),
        host: "127.0.0.1".into(),
        port: port.to_owned(),
        secure: false,
        ..AccountDraft::default()
    };
    service.account_create(&admin(), account).await.expect("an account");
    (service, directory)
}

fn started(service: &Service) -> (CancellationToken, JoinHandle<()>) {
    let stop = CancellationToken::new();
    let worker = tokio::spawn({
        let (service, stop) = (service.clone(), stop.clone());
        async move { service.outbox_run(stop).await }
    });
    (stop, worker)
}

async fn submit_all(service: &Service, messages: usize, submitters: usize) {
    let text = "A line of an ordinary notification, as programs send them.\n".repeat(30);
    let tasks: Vec<_> = (0..submitters)
        .map(|part| {
            let (service, text) = (service.clone(), text.clone());
            tokio::spawn(async move {
                for index in (part..messages).step_by(submitters) {
                    let draft = NotificationDraft {
                        to: vec![format!("user{index}@example.org")],
                        subject: format!("Message {index}"),
                        text: text.clone(),
                        ..NotificationDraft::default()
                    };
                    service.notification_submit(&admin(), draft, None).await.expect("accepted");
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("submits");
    }
}

/// Waits until the Outbox has recorded the end of everything.
async fn drained(service: &Service) {
    let [waiting, sending] = ["waiting", "sending"].map(|status| [("status", status)]);
    loop {
        let mut left = 0;
        for pairs in [waiting, sending] {
            let query = Query::from_pairs(ReportName::Outbox, pairs);
            left += service.report_page(&admin(), ReportName::Outbox, query).await.expect("a page").matching;
        }
        if left == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
