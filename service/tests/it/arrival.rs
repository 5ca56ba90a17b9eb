//! "Will it arrive?": asked of the operator's resolver and of a web server, by who may, with a line in the log.

use crate::harness::{World, account_draft, actor, errors, settings};
use domain::{
    Failure, Port, Role,
    account::{Account, AccountDraft},
    arrival::{ArrivalDraft, ArrivalReport, Basis, Check, Verdict},
    connector::ConnectorDraft,
};
use testkit::{Act, Authority, NameServer, ScriptedServer, Zone};

const KEY: &str = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA5QUZbDR4etXqNn8gtGZ/9DK1+UCaSmxYr5s37uiUsijyuhb1FQc605SXnktfhwjUxx4VapuuPe8l28YdXEOUdvAbbMyEkvlyTgrmp4F13VhUfy6VU2eQyjJHXttZMxSjaoMC3CbUVKhIhAYGlpVB9FWav9TkeXEkttCCfqaimZ5XWosxH3gj/xkkk31sOSNZwV+PSGlhsBAf+Zgwu3o5mzT/F5XuRGz9bhqC8AvDXJiY/Pqi605k7XdNiCjzXxqt/RvQbW9aXvpP1nrQJGXHxcXmPXGgfKwhmSYV9lm9W6NykrA/AFP/2affoVK0RDEEfDK2YxCue7Det9ZDGxjnNQIDAQAB";

fn zone() -> Zone {
    Zone::default()
        .mx("example.com", 10, "mx.example.com")
        .a("mx.example.com", [192, 0, 2, 25])
        .txt("example.com", "v=spf1 ip4:192.0.2.10 -all")
        .txt("_dmarc.example.com", "v=DMARC1; p=reject")
        .txt("s1._domainkey.example.com", &format!("v=DKIM1; k=rsa; p={KEY}"))
        .txt("_mta-sts.example.com", "v=STSv1; id=1;")
        .a("mta-sts.example.com", [127, 0, 0, 1])
        .a("smtp.example.net", [192, 0, 2, 10])
        .ptr("192.0.2.10", "smtp.example.net")
        .ptr("192.0.2.11", "elsewhere.example.net")
}

/// A world whose resolver knows that zone, and whose web is this server.
async fn world(names: &NameServer, web: Option<(&ScriptedServer, &Authority)>) -> World {
    let directory = tempfile::tempdir().expect("a directory");
    let mut settings = settings(&directory);
    settings.resolver = Some(names.address());
    if let Some((server, authority)) = web {
        let roots = directory.path().join("ca.pem");
        std::fs::write(&roots, authority.pem()).expect("writes");
        settings.extra_roots = Some(roots);
        settings.https = Port::new(server.port()).expect("a port");
    }
    World::open(directory, settings).await
}

async fn account(world: &World) -> Account {
    world.account(AccountDraft { host: "smtp.example.net".into(), ..account_draft("Alerts") }).await
}

fn selectors(text: &str) -> ArrivalDraft {
    ArrivalDraft { selectors: text.into(), ..ArrivalDraft::default() }
}

fn found(report: &ArrivalReport) -> Vec<String> {
    report.findings.iter().map(|f| format!("{} {}", f.verdict.code(), f.code)).collect()
}

#[tokio::test]
async fn a_sender_whose_mail_arrives() {
    let names = NameServer::start(zone()).await;
    let authority = Authority::new("Arrival test CA");
    let policy = "version: STSv1\nmode: enforce\nmx: mx.example.com\nmax_age: 604800\n";
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n", policy.len());
    let script = vec![Act::StartTls, Act::TakeHeader, Act::send(&head), Act::send(policy)];
    let web = ScriptedServer::start(script, Some(authority.issue_for(&["mta-sts.example.com"]).config())).await;
    let world = world(&names, Some((&web, &authority))).await;
    let id = account(&world).await.id;
    let report = world.service.arrival_check(&actor(Role::Operator), id, selectors("s1")).await.expect("a report");
    assert_eq!(
        found(&report),
        [
            "good mx_good",
            "good spf_pass",
            "good spf_lookups",
            "good dkim_good",
            "good dmarc_policy",
            "good dmarc_aligned_both",
            "good ptr_good",
            "good mta_sts_good",
            "good tls_rpt_missing",
        ]
    );
    assert_eq!((report.verdict, report.basis), (Verdict::Good, Basis::Host));
    assert_eq!(report.sending_addresses, ["192.0.2.10"]);
    let asked = String::from_utf8(web.recording().protected).expect("text");
    assert!(asked.starts_with("GET /.well-known/mta-sts.txt HTTP/1.1\r\n"), "{asked}");
    let log = world.log().await;
    let (line, detail) = log.last().expect("a line");
    assert_eq!(line, "operator@192.0.2.1 account.checked Alerts");
    assert_eq!(
        detail,
        "sender: example.com\nfrom: 192.0.2.10\nmx: good\nspf: good\ndkim: good\ndmarc: good\nptr: good\nmta_sts: good\ntls_rpt: good"
    );
}

#[tokio::test]
async fn addresses_are_typed_or_those_of_the_host() {
    let names = NameServer::start(zone()).await;
    let world = world(&names, None).await;
    let account = account(&world).await;
    let check = async |draft: ArrivalDraft| {
        world.service.arrival_check(&world.admin, account.id, draft).await.expect("a report")
    };
    let typed = ArrivalDraft { sending_addresses: "192.0.2.11".into(), ..ArrivalDraft::default() };
    let report = check(typed).await;
    assert_eq!((report.basis, report.sending_addresses.as_slice()), (Basis::Typed, &["192.0.2.11".to_owned()][..]));
    let all = found(&report);
    assert!(all.contains(&"bad spf_fail".into()) && all.contains(&"bad ptr_unconfirmed".into()), "{all:?}");
    // 443 on loopback: nobody listens there, or nobody who is trusted.
    assert!(all.contains(&"warning mta_sts_no_file".into()), "{all:?}");
    assert_eq!(report.verdict, Verdict::Bad);

    let connector = ConnectorDraft { name: "Hop".into(), host: "127.0.0.1".into(), ..ConnectorDraft::default() };
    let connector = world.service.connector_create(&world.admin, connector).await.expect("a connector");
    let mut draft = AccountDraft::from(&account);
    draft.use_connector = true;
    draft.connector_id = Some(connector.id);
    let account = world.service.account_update(&world.admin, account.id, account.version, draft).await.expect("saved");
    assert_eq!(check(ArrivalDraft::default()).await.basis, Basis::HostBehindConnector);

    let draft = AccountDraft { host: "nowhere.example".into(), ..AccountDraft::from(&account) };
    world.service.account_update(&world.admin, account.id, account.version, draft).await.expect("saved");
    let report = check(ArrivalDraft::default()).await;
    assert_eq!(report.basis, Basis::None);
    assert!(found(&report).contains(&"unknown spf_no_address".into()), "{report:?}");
}

#[tokio::test]
async fn nobody_answers() {
    // A port that was just free.
    let silent = std::net::UdpSocket::bind("127.0.0.1:0").expect("binds");
    let directory = tempfile::tempdir().expect("a directory");
    let mut settings = settings(&directory);
    settings.resolver = Some(silent.local_addr().expect("an address"));
    let world = World::open(directory, settings).await;
    let account = world.account(account_draft("Alerts")).await;
    let before = std::time::Instant::now();
    let report = world.service.arrival_check(&world.admin, account.id, selectors("s1")).await.expect("a report");
    assert!(before.elapsed().as_secs() < 25, "{:?}", before.elapsed());
    // The account's host is an address of this machine, which needs no question to be called unknown.
    let unknown = |check: Check| {
        let all: Vec<_> = report.findings.iter().filter(|f| f.check == check).map(|f| f.verdict).collect();
        assert!(!all.is_empty() && all.iter().all(|verdict| *verdict == Verdict::Unknown), "{check:?} {report:?}");
    };
    Check::ALL.into_iter().for_each(unknown);
    assert_eq!(report.verdict, Verdict::Unknown);
}

#[tokio::test]
async fn fields_roles_and_how_many_at_once() {
    let names = NameServer::start(zone().silent("example.com")).await;
    let world = world(&names, None).await;
    let id = account(&world).await.id;
    let wrong = ArrivalDraft { sending_addresses: "here".into(), selectors: "a b!".into(), ..ArrivalDraft::default() };
    let refused = world.service.arrival_check(&world.admin, id, wrong).await;
    assert_eq!(errors(refused), ["sending_addresses:ip_address", "selectors:selector"]);
    let viewer = world.service.arrival_check(&actor(Role::Viewer), id, ArrivalDraft::default()).await;
    assert_eq!(viewer, Err(Failure::Forbidden));
    let check = || world.service.arrival_check(&world.admin, id, ArrivalDraft::default());
    let (first, second, third) = tokio::join!(check(), check(), check());
    assert!(first.is_ok() && second.is_ok(), "{first:?} {second:?}");
    assert!(matches!(third, Err(Failure::TooMany { .. })), "{third:?}");
    assert!(check().await.is_ok(), "they have ended");
}
