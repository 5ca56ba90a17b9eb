//! Accounts answered from memory are those that SQL answers, in every snapshot, whoever has written meanwhile.

use crate::{
    harness::{Database, account, place},
    reports::{record, text},
};
use domain::{
    AccountId,
    report::{FieldKind, Held, Page, Query, ReportName},
};
use proptest::{prelude::*, sample::select, test_runner::Config};
use std::time::Duration;
use store::{ReadTx, StoreError, WriteTx};

const REPORT: ReportName = ReportName::Accounts;

/// Addresses by hand, since what is stored may be older than what is allowed.
const ADDRESSES: [&str; 10] =
    ["", "a@example.com", "ab@example.com", "a@b@example.com", "@", "x@", "@x", "ba@ab.example", "aab", "é@b.example"];

/// A column of the report.
const VERSION: usize = 16;

#[derive(Debug, Clone)]
enum Change {
    Insert { name: String, flags: u8 },
    Rename { which: usize, name: String, flags: u8 },
    Address { which: usize, column: &'static str, address: &'static str },
    Enable { which: usize, enabled: bool },
    Default { which: usize },
    Test { which: usize, passed: bool },
    Delete { which: usize },
}

fn change() -> impl Strategy<Value = Change> {
    let columns = select(vec!["sender", "reply_to", "return_path", "confirmation"]);
    let which = 0..40_usize;
    prop_oneof![
        3 => (text(), any::<u8>()).prop_map(|(name, flags)| Change::Insert { name, flags }),
        2 => (which.clone(), text(), any::<u8>()).prop_map(|(which, name, flags)| Change::Rename { which, name, flags }),
        3 => (which.clone(), columns, select(ADDRESSES.to_vec()))
            .prop_map(|(which, column, address)| Change::Address { which, column, address }),
        1 => (which.clone(), any::<bool>()).prop_map(|(which, enabled)| Change::Enable { which, enabled }),
        1 => which.clone().prop_map(|which| Change::Default { which }),
        1 => (which.clone(), any::<bool>()).prop_map(|(which, passed)| Change::Test { which, passed }),
        2 => which.prop_map(|which| Change::Delete { which }),
    ]
}

fn query() -> impl Strategy<Value = Query> {
    let spec = REPORT.spec();
    let typed = |kind: FieldKind| match kind {
        FieldKind::Ids => {
            select(vec!["1", "2-9", "3, 7, 10-20", "20-10, 12", "5-", "x", "99"]).prop_map(str::to_owned).boxed()
        }
        FieldKind::Choice(_) => select(vec!["yes", "no", "other"]).prop_map(str::to_owned).boxed(),
        _ => prop_oneof![
            text(),
            select(vec!["a", "ab", "b", "@", "a@", "@e", "a@ex", "b@b", "example", "com", "%", "_", " ", "\u{0}"])
                .prop_map(str::to_owned),
        ]
        .boxed(),
    };
    let fields: Vec<_> = spec
        .fields
        .iter()
        .map(|field| {
            prop_oneof![3 => Just(None), 1 => typed(field.kind).prop_map(Some)].prop_map(|text| (field.key, text))
        })
        .collect();
    let columns: Vec<_> = spec.columns.iter().filter(|column| column.sortable).map(|column| column.key).collect();
    let key = (select(columns), any::<bool>());
    let sort = proptest::collection::vec(key, 1..4);
    (fields, sort, 1..4_u32).prop_map(|(fields, sort, page)| {
        let key = |(column, down): (&str, bool)| if down { format!("-{column}") } else { column.to_owned() };
        let sort = sort.into_iter().map(key).collect::<Vec<_>>().join(",");
        let rest = [("sort", sort), ("page", page.to_string()), ("size", "10".to_owned())];
        let pairs: Vec<_> = fields.into_iter().filter_map(|(key, text)| Some((key, text?))).chain(rest).collect();
        Query::from_pairs(REPORT, pairs.iter().map(|(key, value)| (*key, value.as_str())))
    })
}

/// Which account, of those there are.
async fn nth(tx: &mut WriteTx, which: usize) -> Option<AccountId> {
    let ids = tx.report_ids(REPORT, &Query::default(), 0, 1000).await.expect("ids");
    (!ids.is_empty()).then(|| AccountId(ids[which % ids.len()]))
}

async fn apply(tx: &mut WriteTx, number: usize, change: &Change) {
    let new = |name: &str, flags: u8| {
        account(&format!("{name} {number}"), |a| {
            (a.enabled, a.secure, a.footnote) = (true, flags & 1 != 0, flags & 2 != 0);
            (a.force_settings, a.read_receipt) = (flags & 4 != 0, flags & 8 != 0);
            if flags & 16 != 0 {
                a.reply_to.clone_from(&a.sender);
                a.confirmation.clone_from(&a.sender);
            }
        })
    };
    match change {
        Change::Insert { name, flags } => {
            let new = new(name, *flags);
            tx.account_insert(&new, &place(&new)).await.expect("inserts");
        }
        Change::Rename { which, name, flags } => {
            let Some(id) = nth(tx, *which).await else { return };
            // Not by `account_get`, which refuses addresses that are none.
            let rows = tx.report_rows(REPORT).await.expect("rows");
            let row = rows.iter().find(|row| row.id() == id.0).expect("there");
            let version = row.get(VERSION).as_int().expect("a number");
            let new = new(name, *flags);
            assert!(tx.account_update(id, version, &new, &place(&new)).await.expect("updates"));
        }
        Change::Enable { which, enabled } => {
            let Some(id) = nth(tx, *which).await else { return };
            let done = tx.account_enabled_set(id, *enabled).await;
            assert!(matches!(done, Ok(()) | Err(StoreError::DefaultAccount)), "{done:?}");
        }
        Change::Default { which } => {
            let Some(id) = nth(tx, *which).await else { return };
            tx.account_enabled_set(id, true).await.expect("enables");
            tx.account_default_set(id).await.expect("moves");
        }
        Change::Test { which, passed } => {
            let Some(id) = nth(tx, *which).await else { return };
            tx.test_insert(id, &record(*passed, 7)).await.expect("inserts");
        }
        Change::Delete { which } => {
            let Some(id) = nth(tx, *which).await else { return };
            let done = tx.account_delete(id).await;
            assert!(matches!(done, Ok(true) | Err(StoreError::DefaultAccount)), "{done:?}");
        }
        Change::Address { .. } => {}
    }
}

async fn page(mut tx: ReadTx, query: &Query) -> Page {
    tx.report_page(REPORT, query).await.expect("a page")
}

proptest! {
    #![proptest_config(Config { cases: 32, ..Config::default() })]

    #[test]
    fn memory_and_sql_agree(
        before in prop::collection::vec(change(), 1..40),
        after in prop::collection::vec((change(), prop::bool::weighted(0.8)), 0..25),
        queries in prop::collection::vec(query(), 40),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let db = Database::new().await;
            let mut tx = db.store.write().await.expect("writes");
            for (number, change) in before.iter().enumerate() {
                apply(&mut tx, number, change).await;
            }
            apply(&mut tx, 999, &Change::Insert { name: "one at least".into(), flags: 1 }).await;
            tx.commit().await.expect("commits");
            for change in &before {
                if let Change::Address { which, column, address } = change {
                    set_address(&db, *which, column, address).await;
                }
            }
            let figures = db.store.index_accounts(0).await.expect("reads").expect("there are accounts");
            let mut answered = figures.answered;
            for (number, (change, kept)) in after.iter().enumerate() {
                if let Change::Address { which, column, address } = change {
                    set_address(&db, *which, column, address).await;
                } else {
                    let mut tx = db.store.write().await.expect("writes");
                    apply(&mut tx, 1000 + number, change).await;
                    if *kept {
                        tx.commit().await.expect("commits");
                    } else {
                        // In its own eyes it has happened.
                        let own = tx.report_page(REPORT, &queries[number]).await.expect("a page");
                        let rows = tx.report_rows(REPORT).await.expect("rows");
                        prop_assert_eq!(own, Held::new(REPORT.spec(), rows).page(&queries[number]));
                    }
                }
                for query in [&queries[number], &queries[number + 1], &Query::default()] {
                    let by_sql = page(db.store.read_long().await.expect("reads"), query).await;
                    prop_assert_eq!(page(db.store.read().await.expect("reads"), query).await, by_sql, "{:?}", query);
                    answered += 1;
                }
            }
            for query in &queries {
                let by_sql = page(db.store.read_long().await.expect("reads"), query).await;
                prop_assert_eq!(page(db.store.read().await.expect("reads"), query).await, by_sql, "{:?}", query);
                answered += 1;
            }
            let figures = db.store.account_index().expect("still there");
            prop_assert_eq!(figures.answered, answered, "all of them from memory");
            Ok(())
        })?;
    }
}

async fn set_address(db: &Database, which: usize, column: &str, address: &str) {
    let folded = domain::value::fold(address);
    let rows = format!("(SELECT id FROM accounts ORDER BY id LIMIT 1 OFFSET {which})");
    let statement = format!("UPDATE accounts SET {column} = '{address}', {column}_fold = '{folded}' WHERE id = {rows}");
    db.by_hand(&statement).await.expect("updates");
}

/// So many accounts, by hand; names from `account 1` on.
async fn many(db: &Database, count: u32) {
    let mut tx = db.store.write().await.expect("writes");
    let first = account("account 1", |_| {});
    tx.account_insert(&first, &place(&first)).await.expect("inserts");
    tx.commit().await.expect("commits");
    let columns = "enabled, sender, sender_fold, reply_to, reply_to_fold, return_path, return_path_fold, confirmation, \
                   confirmation_fold, read_receipt, force_settings, footnote, host, secure, security_type, authentication, \
                   ignore_certificate_errors, use_connector, destination";
    let statement = format!(
        "WITH RECURSIVE n (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM n WHERE n < {count}) \
         INSERT INTO accounts (name, name_fold, {columns}) SELECT 'account ' || n, 'account ' || n, {columns} FROM n, accounts \
         WHERE id = 1"
    );
    db.by_hand(&statement).await.expect("inserts");
}

fn named(text: &str) -> Query {
    Query::from_pairs(REPORT, [("name", text)])
}

/// A reader answers what was there when it began, also when others have brought the memory further.
#[tokio::test]
async fn an_older_snapshot_is_answered_as_it_was() {
    let db = Database::new().await;
    many(&db, 50).await;
    db.store.index_accounts(0).await.expect("reads").expect("there are accounts");
    let mut readers = Vec::new();
    for round in 0..4 {
        let mut reader = db.store.read().await.expect("reads");
        if round < 3 {
            reader.ping().await.expect("takes its snapshot");
            db.by_hand(&format!("UPDATE accounts SET name_fold = 'new {round}' WHERE id = {}", 10 + round))
                .await
                .expect("updates");
            readers.push(reader);
            continue;
        }
        assert_eq!(reader.report_page(REPORT, &named("new")).await.expect("a page").matching, 3);
    }
    for (round, mut reader) in readers.into_iter().enumerate() {
        let matching = reader.report_page(REPORT, &named("new")).await.expect("a page").matching;
        assert_eq!(matching, round as u64, "what had been written before it began");
    }
}

/// Fifty people ask while somebody writes: each answer is that of its own transaction.
#[tokio::test(flavor = "multi_thread")]
async fn who_asks_while_others_write_sees_one_moment() {
    let db = Database::new().await;
    many(&db, 300).await;
    db.store.index_accounts(0).await.expect("reads").expect("there are accounts");
    let asking = (0..50_u32).map(|person| {
        let store = db.store.clone();
        tokio::spawn(async move {
            for letters in 1..=4 {
                let text = &"changed"[..letters];
                let query =
                    Query::from_pairs(REPORT, [("name", text), ("sort", if person % 2 == 0 { "name" } else { "id" })]);
                let mut tx = store.read().await.expect("reads");
                let answer = tx.report_page(REPORT, &query).await.expect("a page");
                let held = Held::new(REPORT.spec(), tx.report_rows(REPORT).await.expect("rows"));
                assert_eq!(answer, held.page(&query), "{query:?}");
            }
        })
    });
    let asking: Vec<_> = asking.collect();
    for id in 2..120 {
        let mut tx = db.store.write().await.expect("writes");
        match id % 3 {
            0 => tx.account_enabled_set(AccountId(id), false).await.expect("sets"),
            1 => assert!(tx.account_delete(AccountId(id)).await.expect("deletes")),
            _ => {
                let new = account(&format!("changed {id}"), |_| {});
                tx.account_insert(&new, &place(&new)).await.expect("inserts");
            }
        }
        tx.commit().await.expect("commits");
    }
    for person in asking {
        person.await.expect("agrees");
    }
    assert!(db.store.account_index().expect("still there").answered > 0);
}

/// What has missed too much is read anew, and SQL answers meanwhile.
#[tokio::test]
async fn too_many_changes_begin_anew() {
    let db = Database::new().await;
    assert_eq!(db.store.index_accounts(0).await.expect("reads"), None, "nothing to hold");
    many(&db, 10_101).await;
    let begun = page(db.store.read().await.expect("reads"), &named("account 7")).await;
    assert_eq!((begun.matching, begun.all), (1111, 10_101), "by SQL, which begins to read");
    indexed(&db, 10_101).await;
    db.by_hand("UPDATE accounts SET name_fold = 'other ' || id WHERE id > 1").await.expect("updates");
    let after = page(db.store.read().await.expect("reads"), &named("other")).await;
    assert_eq!((after.matching, after.all), (10_100, 10_101));
    indexed(&db, 10_101).await;
    let again = page(db.store.read().await.expect("reads"), &named("other")).await;
    assert_eq!(again, after);
    assert_eq!(db.store.account_index().expect("there").answered, 1, "the second from memory");
}

/// What others have begun comes to its end.
async fn indexed(db: &Database, accounts: usize) {
    let there = async {
        while db.store.account_index().map(|figures| figures.accounts) != Some(accounts) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_mins(1), there).await.expect("reads them");
}
