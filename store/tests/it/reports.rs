//! The reports of the store and those of the browser give the same rows in the same order, whatever is stored and asked.

use crate::harness::{Database, account, label, place};
use domain::{
    AccountId, CredentialId, EmailAddress, Label, MessageId, Role, Secret, UnixMillis,
    account::{NewAccount, SecurityType},
    connector::{ConnectorDraft, ConnectorKind},
    credential::CredentialDraft,
    destination::Destination,
    history::PastTest,
    message::{MessageKind, MessageStatus, Reason},
    notification::Priority,
    report::{FieldKind, Held, Query, ReportName, Row, Value, encode},
    schedule::{Format, Rhythm, ScheduleDraft, Weekday},
    session_test::{Outcome, Step, TestMode},
    token::NewToken,
};
use futures::TryStreamExt as _;
use proptest::{prelude::*, sample::select, test_runner::Config};
use store::{Counts, DataKey, NewAuditEntry, NewMessage, NewTokenRow, RunRecord, Sealed, TestRecord, WriteTx};

/// Text that is hard to compare: accents, ligatures, several lower cases, SQL's wildcards and quotes.
pub fn text() -> impl Strategy<Value = String> {
    let parts = select(vec![
        "a", "A", "á", "Á", "b", "B", "ç", "Ç", "ß", "ss", "ſ", "Σ", "ς", "σ", "İ", "ı", "ﬁ", "Œ", "Å", "A\u{30a}",
        "K", "%", "_", "\\", "'", "\"", " ", "-", ".", "0", "9", "日", "🜚", "\u{7f1}", "Ω", "z",
    ]);
    prop::collection::vec(parts, 1..5).prop_map(|parts| parts.concat())
}

#[derive(Debug, Clone)]
struct Seed {
    text: String,
    other: String,
    /// Of an account: sender, reply, return and confirmation, no one told by another.
    addresses: [EmailAddress; 4],
    number: u16,
    flags: u16,
    at: i64,
}

fn seed() -> impl Strategy<Value = Seed> {
    let addresses = [address(), address(), address(), address()];
    (text(), text(), addresses, 1..60000_u16, any::<u16>(), 0..4 * 86_400_000_i64).prop_map(
        |(text, other, addresses, number, flags, at)| Seed {
            text,
            other,
            addresses,
            number,
            flags,
            at: 1_795_000_000_000 + at,
        },
    )
}

fn address() -> impl Strategy<Value = EmailAddress> {
    let domain = select(vec!["example.com", "b.example", "EXAMPLE.org", "ss.example"]);
    (text(), domain).prop_map(|(text, domain)| email(&text, domain))
}

/// What an address may have of such a text.
fn email(text: &str, domain: &str) -> EmailAddress {
    let local: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    EmailAddress::parse(&format!("x{local}@{domain}"))
        .unwrap_or_else(|_| EmailAddress::parse(&format!("x@{domain}")).expect("valid"))
}

impl Seed {
    fn flag(&self, bit: u32) -> bool {
        self.flags & (1 << bit) != 0
    }

    /// Unique, since names must be.
    fn name(&self, index: usize) -> Label {
        label(&format!("{} {index}", self.text))
    }

    fn email(&self) -> EmailAddress {
        email(&self.other, "example.com")
    }
}

/// A filter, sort and page over any report: what is typed into each field, by its kind.
fn typed(kind: FieldKind) -> BoxedStrategy<String> {
    match kind {
        FieldKind::Ids => ids().boxed(),
        FieldKind::Text => prop_oneof![
            text(),
            select(vec!["%", "_", "\\", "'", " ", "a", "ss", "@EXAMPLE", "x", "@b.", "e.org"]).prop_map(str::to_owned)
        ]
        .boxed(),
        FieldKind::Choice(codes) => {
            let mut codes: Vec<_> = codes.iter().map(|code| (*code).to_owned()).collect();
            codes.push("other".to_owned());
            select(codes).boxed()
        }
        FieldKind::Since | FieldKind::Until => {
            select(vec!["2026-11-18", "2026-11-19", "2026-11-20", "2026-11-31", "soon"]).prop_map(str::to_owned).boxed()
        }
    }
}

/// Lists of ids and ranges as people type them: upwards and downwards, with blanks, twice the same, beyond all rows and
/// beyond all numbers, left unfinished, and no ids at all.
fn ids() -> impl Strategy<Value = String> {
    // There are forty rows at most.
    let id = || {
        prop_oneof![
            12 => (0..45_i64).prop_map(|id| id.to_string()),
            1 => select(vec![i64::MAX - 1, i64::MAX]).prop_map(|id| id.to_string()),
            1 => (1..45_i64).prop_map(|id| format!("000{id}")),
        ]
    };
    let blank = || select(vec!["", "", "", " ", "  ", "\t"]);
    let range = (id(), blank(), select(vec!["-", "-", "–"]), blank(), id())
        .prop_map(|(first, before, to, after, last)| format!("{first}{before}{to}{after}{last}"));
    let part = prop_oneof![6 => id(), 6 => range, 1 => id().prop_map(|id| format!("{id}-")), 1 => Just(String::new())];
    let part = (blank(), part, blank()).prop_map(|(before, part, after)| format!("{before}{part}{after}"));
    let list = prop::collection::vec((part, any::<bool>(), select(vec![",", ",", ";"])), 0..8).prop_map(|parts| {
        let twice =
            |(part, twice, comma): &(String, bool, &str)| format!("{part}{comma}").repeat(1 + usize::from(*twice));
        parts.iter().map(twice).collect::<String>()
    });
    let unfinished = (list.clone(), id()).prop_map(|(list, id)| format!("{list}{id}"));
    // One part that is none makes the whole list none.
    let none =
        ["x", "-5", "-", "1-2-3", "+1", "1.0", "1 2", "1e1", "٣", "9223372036854775808", "1-99999999999999999999"];
    let none = select(none.to_vec());
    let malformed = (unfinished.clone(), none).prop_map(|(list, none)| format!("{list},{none}"));
    // As many as can be asked, and more.
    let many = (499..503_usize, 1..40_i64).prop_map(|(count, id)| vec![id.to_string(); count].join(","));
    prop_oneof![4 => list, 8 => unfinished, 2 => malformed, 1 => many]
}

fn query() -> impl Strategy<Value = (ReportName, Query)> {
    select(ReportName::ALL.to_vec()).prop_flat_map(|report| {
        let spec = report.spec();
        let fields: Vec<_> = spec
            .fields
            .iter()
            .map(|field| {
                prop_oneof![3 => Just(None), 1 => typed(field.kind).prop_map(Some)].prop_map(|text| (field.key, text))
            })
            .collect();
        let column = select(spec.columns.iter().map(|column| column.key).collect::<Vec<_>>());
        let keys = prop::collection::vec((column, any::<bool>()), 1..5);
        (fields, keys, 1..6_u32, select(vec![10_u32, 30])).prop_map(move |(fields, keys, page, size)| {
            let key = |(column, down): &(&str, bool)| format!("{}{column}", if *down { "-" } else { "" });
            let sort = keys.iter().map(key).collect::<Vec<_>>().join(",");
            let rest = [("sort", sort), ("page", page.to_string()), ("size", size.to_string())];
            let pairs: Vec<_> = fields.into_iter().filter_map(|(key, text)| Some((key, text?))).chain(rest).collect();
            (report, Query::from_pairs(report, pairs.iter().map(|(key, value)| (*key, value.as_str()))))
        })
    })
}

async fn fill(tx: &mut WriteTx, seeds: &[Seed]) {
    tx.data_key_insert(&DataKey { id: "k".into(), nonce: vec![], wrapped: vec![], created_at: UnixMillis(0) })
        .await
        .expect("inserts");
    for (index, seed) in seeds.iter().enumerate() {
        let name = seed.name(index);
        let role = Role::ALL[usize::from(seed.number) % 3];
        let user = tx.user_insert(&name, role, seed.flag(0), "x").await.expect("inserts");
        if seed.flag(1) {
            tx.user_signed_in(user, UnixMillis(seed.at)).await.expect("notes");
        }
        let entry = NewAuditEntry {
            at: UnixMillis(seed.at),
            actor: seed.text.clone(),
            origin: if seed.flag(2) { "192.0.2.7".into() } else { String::new() },
            action: ["account.created", "account.deleted", "session.signed_in"][usize::from(seed.number) % 3],
            subject: seed.other.clone(),
            detail: format!("host: {} → {}\nsecret: replaced", seed.text, seed.other),
        };
        tx.audit_insert(&entry).await.expect("inserts");
        let new = NewToken { name: name.clone(), role };
        let hash = [u8::try_from(index).expect("few"); 32];
        let row = NewTokenRow { new: &new, hash: &hash, created_by: &seed.text, created_at: UnixMillis(seed.at) };
        let token = tx.token_insert(&row).await.expect("inserts");
        if seed.flag(1) {
            tx.token_used(token, UnixMillis(seed.at)).await.expect("notes");
        }
        if seed.flag(2) {
            tx.token_revoke(token, UnixMillis(seed.at)).await.expect("revokes");
        }
        let draft = CredentialDraft {
            name: name.to_string(),
            user_name: seed.other.clone(),
            secret: Some(Secret::new("s")),
            ..CredentialDraft::default()
        };
        let credential =
            tx.credential_insert(&draft.parse(None).expect("valid"), UnixMillis(seed.at)).await.expect("inserts");
        let draft = ConnectorDraft {
            name: name.to_string(),
            kind: ConnectorKind::ALL[usize::from(seed.flag(3))],
            host: format!("h{}.example", seed.number),
            port: seed.number.to_string(),
            credential_id: seed.flag(4).then_some(credential),
            enabled: seed.flag(5),
            ..ConnectorDraft::default()
        };
        let connector = tx.connector_insert(&draft.parse().expect("valid")).await.expect("inserts");
        let [sender, reply_to, return_path, confirmation] = seed.addresses.clone();
        let new = NewAccount {
            name,
            enabled: index == 0 || seed.flag(6),
            sender,
            reply_to,
            return_path,
            confirmation,
            secure: seed.flag(7),
            security_type: if seed.flag(8) { SecurityType::Tls } else { SecurityType::Ssl },
            force_settings: seed.flag(9),
            read_receipt: seed.flag(10),
            footnote: seed.flag(11),
            ignore_certificate_errors: seed.flag(12),
            authentication: seed.flag(13),
            credential_id: Some(credential),
            connector_id: seed.flag(14).then_some(connector),
            ..account("x", |_| {})
        };
        let id = tx.account_insert(&new, &place(&new)).await.expect("inserts");
        fill_message(tx, id, index, seed).await;
        fill_schedule(tx, id, index, seed).await;
        if seed.flag(15) {
            tx.test_insert(id, &record(seed.flag(0), seed.at)).await.expect("inserts");
            let sealed = sealed(credential, &place(&new));
            tx.sealed_put(&sealed).await.expect("puts");
        }
    }
}

async fn fill_message(tx: &mut WriteTx, account: AccountId, index: usize, seed: &Seed) {
    let message = NewMessage {
        account: seed.text.clone(),
        sender: seed.email().to_string(),
        kind: if seed.flag(1) { MessageKind::Notification } else { MessageKind::Schedule },
        priority: Priority::ALL[usize::from(seed.number) % 3],
        to: vec![seed.email()],
        created_by: seed.other.clone(),
        created_at: UnixMillis(seed.at),
        ..crate::outbox::message(account, &seed.other)
    };
    let ids = tx.message_insert_many(&[message]).await.expect("inserts");
    let to = MessageStatus::ALL[usize::from(seed.number) % MessageStatus::ALL.len()];
    if to != MessageStatus::Sending {
        tx.message_status_set(ids[0], &[MessageStatus::Waiting], to, None).await.expect("sets");
    }
    if seed.flag(2) {
        tx.message_opened(ids[0], UnixMillis(seed.at + 1)).await.expect("notes");
    }
    // Some are in the search index, some are not.
    if index.is_multiple_of(3) {
        tx.search_advance(1).await.expect("indexes");
    }
}

async fn fill_schedule(tx: &mut WriteTx, account: AccountId, index: usize, seed: &Seed) {
    let draft = ScheduleDraft {
        name: seed.name(index).to_string(),
        enabled: seed.flag(0),
        report: ReportName::ALL[usize::from(seed.number) % ReportName::ALL.len()],
        format: Format::ALL[usize::from(seed.number) % 3],
        recipients: format!("{}\nz@example.com", seed.email()),
        start: "2026-11-22".into(),
        repeat: if seed.flag(1) { Rhythm::Monthly } else { Rhythm::Weekly },
        days: Weekday::ALL[usize::from(seed.number) % 7..].to_vec(),
        time: format!("{:02}:{:02}", seed.number % 24, seed.number % 60),
        time_zone: if seed.flag(2) { "Europe/Berlin".into() } else { "UTC".into() },
        account_id: seed.flag(3).then_some(account),
        ..ScheduleDraft::default()
    };
    let next = seed.flag(4).then_some(UnixMillis(seed.at));
    let id = tx.schedule_insert(&draft.parse().expect("valid"), next).await.expect("inserts");
    if seed.flag(5) {
        let made = if seed.flag(6) {
            Ok(MessageId(i64::try_from(index).expect("few") + 1))
        } else {
            Err(Reason::new("no_default_account"))
        };
        let run = RunRecord { schedule: id, due: next, at: UnixMillis(seed.at), missed: seed.number.into(), made };
        tx.schedule_run_insert(&run).await.expect("inserts");
    }
}

pub fn record(passed: bool, at: i64) -> TestRecord {
    TestRecord {
        test: PastTest {
            id: 0,
            at: UnixMillis(at),
            actor: "ann".into(),
            mode: TestMode::Send,
            outcome: if passed { Outcome::Delivered } else { Outcome::Failed },
            ms: 7,
            stage: Some(Step::Auth),
            reply: "535 no".into(),
            steps: vec![],
            diagnosis: None,
        },
        certificate: None,
    }
}

fn sealed(credential_id: CredentialId, destination: &Destination) -> Sealed {
    Sealed {
        credential_id,
        destination: Some(destination.clone()),
        key_id: "k".into(),
        nonce: vec![1],
        ciphertext: vec![2],
        created_at: UnixMillis(0),
    }
}

proptest! {
    #![proptest_config(Config { cases: 24, ..Config::default() })]

    #[test]
    fn store_and_browser_agree(seeds in prop::collection::vec(seed(), 0..40), queries in prop::collection::vec(query(), 60)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let db = Database::new().await;
            let mut tx = db.store.write().await.expect("writes");
            fill(&mut tx, &seeds).await;
            tx.commit().await.expect("commits");
            let mut tx = db.store.read().await.expect("reads");
            let mut reports = Vec::new();
            for report in ReportName::ALL {
                let rows = tx.report_rows(report).await.expect("rows");
                // As the browser gets them, and each asked about what was asked before, too.
                reports.push((report, Held::decode(report.spec(), &encode(report.spec(), &rows)).expect("reads")));
                // Which address is which, the two sides could have wrong in the same way.
                if report == ReportName::Accounts {
                    let columns = ["sender", "reply_to", "return_path", "confirmation"]
                        .map(|key| report.spec().column_index(key).expect("a column"));
                    let shown = |row: &Row| columns.map(|column| row.get(column).as_str().to_owned());
                    let stored = |seed: &Seed| seed.addresses.clone().map(|address| address.to_string());
                    let shown: Vec<_> = rows.iter().map(shown).collect();
                    prop_assert_eq!(shown, seeds.iter().map(stored).collect::<Vec<_>>());
                }
            }
            for (report, query) in &queries {
                let held = &reports.iter().find(|(known, _)| known == report).expect("every one").1;
                let page = tx.report_page(*report, query).await.expect("a page");
                prop_assert_eq!(&page, &held.page(query), "{:?} {:?}", report, query);
                let rows: Vec<_> = tx.report_stream(*report, query).try_collect().await.expect("a stream");
                let selected = held.select(query).positions();
                let whole: Vec<_> = selected.iter().filter_map(|at| held.row(*at)).collect();
                prop_assert_eq!(rows, whole, "all pages: {:?} {:?}", report, query);
                let counts = tx.report_counts(*report, query).await.expect("counts");
                let said = Counts { matching: page.matching, at_least: page.at_least, all: page.all };
                prop_assert_eq!(counts, said);
                prop_assert_eq!(tx.report_count(*report).await.expect("counts"), held.len() as u64);
                let ids = |size| Query { size, page: 1, sort: None, then: Vec::new(), ..query.clone() };
                let mut all: Vec<_> = held.page(&ids(200)).rows.iter().map(Row::id).collect();
                all.sort_unstable();
                let after: Vec<_> = all.iter().copied().filter(|id| *id > 3).take(5).collect();
                prop_assert_eq!(tx.report_ids(*report, query, 3, 5).await.expect("ids"), after);
            }
            Ok(())
        })?;
    }
}

/// The values themselves, which the comparison above takes from the store on both sides.
#[tokio::test]
async fn rows_say_what_is_stored() {
    let db = Database::new().await;
    let mut tx = db.store.write().await.expect("writes");
    tx.data_key_insert(&DataKey { id: "k".into(), nonce: vec![], wrapped: vec![], created_at: UnixMillis(0) })
        .await
        .expect("inserts");
    let draft = CredentialDraft {
        name: "Relay".into(),
        user_name: "u".into(),
        secret: Some(Secret::new("s")),
        ..Default::default()
    };
    let credential = tx.credential_insert(&draft.parse(None).expect("valid"), UnixMillis(5)).await.expect("inserts");
    let login = |name: &str| {
        account(name, |a| {
            a.authentication = true;
            a.credential_id = Some(credential);
        })
    };
    let (plain, ignoring, bound, missing) = (
        account("plain", |a| a.secure = false),
        account("ignoring", |a| a.ignore_certificate_errors = true),
        login("Bound"),
        NewAccount { port: domain::Port::new(2525), ..login("a missing") },
    );
    for new in [&plain, &ignoring, &bound, &missing] {
        tx.account_insert(new, &place(new)).await.expect("inserts");
    }
    tx.sealed_put(&sealed(credential, &place(&bound))).await.expect("puts");
    tx.test_insert(AccountId(1), &record(true, 10)).await.expect("inserts");
    tx.test_insert(AccountId(1), &record(false, 20)).await.expect("inserts");
    tx.test_insert(AccountId(2), &record(true, 30)).await.expect("inserts");
    tx.commit().await.expect("commits");

    let mut tx = db.store.read().await.expect("reads");
    let rows = tx.report_rows(ReportName::Accounts).await.expect("rows");
    let spec = ReportName::Accounts.spec();
    let shown = |row: &Row, key: &str| match row.get(spec.column_index(key).expect("a column")) {
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Text(value) => value.to_string(),
        Value::None => "-".to_owned(),
    };
    let lines: Vec<_> = rows
        .iter()
        .map(|row| {
            ["id", "name", "is_default", "last_test", "last_test_at", "last_test_ms", "badges"]
                .map(|key| shown(row, key))
                .join("|")
        })
        .collect();
    assert_eq!(
        lines,
        [
            "1|plain|true|failed|20|7|nothing_encrypted",
            "2|ignoring|false|passed|30|7|certificate_ignored",
            "3|Bound|false|never|-|-|",
            "4|a missing|false|never|-|-|secret_missing",
        ]
    );
    let credentials = tx.report_rows(ReportName::Credentials).await.expect("rows");
    assert_eq!(credentials[0].get(5).as_str(), "a missing, Bound");
    let account = tx.account_get(AccountId(1)).await.expect("reads").expect("there");
    let last = account.last_test.expect("tested");
    assert_eq!((last.passed, last.at.0, last.reply.as_str()), (false, 20, "535 no"));
    assert_eq!(tx.test_list(AccountId(1), 10).await.expect("reads").len(), 2);
}
