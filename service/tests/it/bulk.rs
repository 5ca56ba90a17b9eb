//! One deed for many rows: what one row refuses keeps no other from it, the number is agreed on before, it stops when told to,
//! and what is taken back is what was done.

use crate::harness::{World, account_draft, actor, credential_draft, errors, refusal, sink};
use domain::{
    AccountId, Failure, Role,
    account::AccountDraft,
    bulk::{BulkDraft, BulkEnd, BulkEvent, BulkRow, Deed, Scope},
    connector::ConnectorDraft,
    report::{Query, ReportName},
    user::UserDraft,
};
use service::{Actor, BulkEvents, CancellationToken};
use std::sync::{Arc, Mutex};

fn draft(report: ReportName, deed: Deed, scope: Scope) -> BulkDraft {
    BulkDraft { report, deed, scope, to: "ann@example.org".into() }
}

fn accounts(deed: Deed, ids: &[i64]) -> BulkDraft {
    draft(ReportName::Accounts, deed, Scope::Rows { ids: ids.to_vec() })
}

/// All that is told of a run, and how it ended.
async fn told(w: &World, who: &Actor, draft: BulkDraft) -> Result<(Vec<BulkRow>, BulkEnd), Failure> {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&seen);
    let events: BulkEvents = Arc::new(move |event| kept.lock().expect("whole").push(event));
    let end = w.service.bulk_run(who, draft, events, CancellationToken::new()).await?;
    let events = std::mem::take(&mut *seen.lock().expect("whole"));
    let rows: Vec<_> = events
        .iter()
        .filter_map(|event| match event {
            BulkEvent::Row(row) => Some(BulkRow::clone(row)),
            _ => None,
        })
        .collect();
    assert_eq!(events.first(), Some(&BulkEvent::All(rows.len() as u64)), "the number comes first");
    assert_eq!(events.last(), Some(&BulkEvent::End(end)), "and the end last");
    Ok((rows, end))
}

async fn run(w: &World, draft: BulkDraft) -> Vec<BulkRow> {
    let (rows, end) = told(w, &w.admin, draft).await.expect("runs");
    assert_eq!(end, BulkEnd::Whole);
    rows
}

fn code(row: &BulkRow) -> &str {
    match &row.failure {
        Some(Failure::Refused { code, .. }) => code,
        Some(Failure::NotFound) => "not_found",
        Some(Failure::Conflict { .. }) => "conflict",
        Some(other) => panic!("{other:?}"),
        None => "",
    }
}

fn codes(rows: &[BulkRow]) -> Vec<(i64, &str)> {
    rows.iter().map(|row| (row.id, code(row))).collect()
}

async fn enabled(w: &World, id: i64) -> bool {
    w.service.account_get(&w.admin, AccountId(id)).await.expect("there").settings.enabled
}

#[tokio::test]
async fn what_one_row_refuses_keeps_no_other_from_it() {
    let w = World::new().await;
    for name in ["first", "second", "third"] {
        w.account(account_draft(name)).await;
    }
    let rows = run(&w, accounts(Deed::Disable, &[3, 1, 99, 2, 3])).await;
    assert_eq!(codes(&rows), [(1, "default_account"), (2, ""), (3, ""), (99, "not_found")]);
    assert_eq!(rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["first", "second", "third", ""]);
    assert!(enabled(&w, 1).await && !enabled(&w, 2).await && !enabled(&w, 3).await);
    let again = run(&w, accounts(Deed::Disable, &[2])).await;
    assert_eq!((code(&again[0]), again[0].version), ("", None), "it was so already, and nothing is to be taken back");

    let rows = run(&w, accounts(Deed::Delete, &[1, 2])).await;
    assert_eq!(codes(&rows), [(1, "default_account"), (2, "")]);
    let log: Vec<_> = w.log().await.into_iter().map(|(line, _)| line).collect();
    assert_eq!(log.iter().filter(|line| line.contains("account.disabled")).count(), 2, "{log:?}");
    assert_eq!(log.iter().filter(|line| line.contains("account.deleted second")).count(), 1, "{log:?}");
}

#[tokio::test]
async fn what_is_taken_back_is_what_was_done() {
    let w = World::new().await;
    for name in ["first", "second", "third"] {
        w.account(account_draft(name)).await;
    }
    let done = run(&w, accounts(Deed::Disable, &[2, 3])).await;
    let rows: Vec<_> = done.iter().map(|row| (row.id, row.version.expect("changed"))).collect();
    let third = w.service.account_get(&w.admin, AccountId(3)).await.expect("there");
    let edited = AccountDraft { sender: "else@example.com".into(), ..AccountDraft::from(&third) };
    w.service.account_update(&w.admin, third.id, third.version, edited).await.expect("somebody else's change");
    let back = run(&w, draft(ReportName::Accounts, Deed::Enable, Scope::Versions { rows })).await;
    assert_eq!(codes(&back), [(2, ""), (3, "conflict")]);
    assert!(enabled(&w, 2).await && !enabled(&w, 3).await);

    let moved = w.service.account_move_default(&w.admin, AccountId(2), None).await.expect("moves");
    let (was, version) = moved.expect("it has moved");
    assert_eq!(was, AccountId(1));
    let stale = w.service.account_move_default(&w.admin, was, Some((AccountId(2), version - 1))).await;
    assert_eq!(stale, Err(Failure::Conflict { version }));
    w.service.account_move_default(&w.admin, was, Some((AccountId(2), version))).await.expect("back");
    assert!(w.service.account_get(&w.admin, was).await.expect("there").settings.is_default);
}

#[tokio::test]
async fn all_that_match_are_as_many_as_were_shown_or_nothing_is_done() {
    let w = World::new().await;
    for number in 0..12 {
        w.account(account_draft(&format!("account {number}"))).await;
    }
    w.account(account_draft("other")).await;
    let query = Query::from_pairs(ReportName::Accounts, [("name", "count"), ("sort", "-name"), ("page", "2")]);
    let scope = |shown| Scope::Matching { query: query.clone(), shown, except: vec![1, 4] };
    let stale = told(&w, &w.admin, draft(ReportName::Accounts, Deed::Disable, scope(11))).await;
    assert_eq!(refusal(stale), ("count_changed".to_owned(), vec!["12".to_owned(), "11".to_owned()]));
    assert!(enabled(&w, 2).await, "nothing was done");
    let rows = run(&w, draft(ReportName::Accounts, Deed::Disable, scope(12))).await;
    assert_eq!(rows.len(), 10);
    assert!(rows.iter().all(BulkRow::is_good));
    assert!(enabled(&w, 1).await && enabled(&w, 4).await && enabled(&w, 13).await, "left out, or not matching");
    assert!(!enabled(&w, 2).await && !enabled(&w, 12).await);
}

#[tokio::test]
async fn a_role_does_to_many_what_it_does_to_one() {
    let w = World::new().await;
    w.account(account_draft("first")).await;
    let credential = w.credential("Relay").await;
    let (viewer, operator) = (actor(Role::Viewer), actor(Role::Operator));
    let none = || Scope::Rows { ids: Vec::new() };
    for report in ReportName::ALL {
        for deed in Deed::ALL {
            for who in [&viewer, &operator, &w.admin] {
                let answer = told(&w, who, draft(report, deed, none())).await;
                let action = deed.action(report);
                let wanted = match action {
                    _ if !who.role.may(report.read_action()) => Some(Failure::Forbidden),
                    None => Some(Failure::NotFound),
                    Some(action) => (!who.role.may(action)).then_some(Failure::Forbidden),
                };
                assert_eq!(answer.err(), wanted, "{report:?} {deed:?} {:?}", who.role);
            }
        }
    }
    let answer =
        told(&w, &operator, draft(ReportName::Credentials, Deed::Delete, Scope::Rows { ids: vec![credential.id.0] }));
    assert_eq!(answer.await.err(), Some(Failure::Forbidden));
    assert!(w.service.credential_get(&w.admin, credential.id).await.is_ok());
    let nobody = BulkDraft { to: "nobody".into(), ..accounts(Deed::Test, &[1]) };
    assert_eq!(errors(told(&w, &w.admin, nobody).await), ["to:email_missing"]);
}

#[tokio::test]
async fn it_stops_when_told_to() {
    let w = World::new().await;
    for number in 0..6 {
        w.account(account_draft(&format!("account {number}"))).await;
    }
    let cancel = CancellationToken::new();
    let stop = cancel.clone();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&seen);
    let events: BulkEvents = Arc::new(move |event| {
        if let BulkEvent::Row(row) = &event {
            kept.lock().expect("whole").push(row.id);
            if row.id == 3 {
                stop.cancel();
            }
        }
    });
    let end = w.service.bulk_run(&w.admin, accounts(Deed::Disable, &[2, 3, 4, 5, 6]), events, cancel).await;
    assert_eq!(end, Ok(BulkEnd::Stopped));
    assert_eq!(*seen.lock().expect("whole"), [2, 3]);
    for id in 4..=6 {
        assert!(enabled(&w, id).await, "{id} had not begun");
    }
}

#[tokio::test]
async fn each_account_is_tested_and_says_why_it_failed() {
    let w = World::new().await;
    let good = sink().await;
    let credential = w.credential("Relay").await;
    let right = AccountDraft {
        port: good.port().to_string(),
        authentication: true,
        credential_id: Some(credential.id),
        ..account_draft("right")
    };
    w.account(right).await;
    w.account(AccountDraft { port: "9".into(), ..account_draft("wrong") }).await;
    let rows = run(&w, accounts(Deed::Test, &[1, 2, 7])).await;
    let row = |id| rows.iter().find(|row| row.id == id).expect("told of");
    assert!(row(1).is_good());
    assert!(row(2).diagnosis.is_some(), "{:?}", row(2));
    assert_eq!(code(row(7)), "not_found");
    assert!(good.messages().is_empty(), "a check sends nothing");
    let history = w.service.account_history(&w.admin, AccountId(2)).await.expect("a history");
    assert_eq!(history.tests.len(), 1, "each is kept");
}

#[tokio::test]
async fn connectors_and_users_are_disabled_and_enabled() {
    let w = World::new().await;
    let secret = w.credential("Proxy").await;
    let connector = ConnectorDraft {
        name: "Way".into(),
        host: "127.0.0.1".into(),
        port: "1080".into(),
        credential_id: Some(secret.id),
        secret: credential_draft("").secret,
        ..ConnectorDraft::default()
    };
    let connector = w.service.connector_create(&w.admin, connector).await.expect("a connector");
    let of = |report, deed| draft(report, deed, Scope::Rows { ids: vec![1] });
    for (deed, wanted) in [(Deed::Disable, false), (Deed::Enable, true)] {
        let rows = run(&w, of(ReportName::Connectors, deed)).await;
        assert_eq!(codes(&rows), [(1, "")], "no secret is asked for");
        let now = w.service.connector_get(&w.admin, connector.id).await.expect("there");
        assert_eq!((now.settings.enabled, Some(now.version)), (wanted, rows[0].version));
    }
    let root = UserDraft {
        name: "root".into(),
        role: Role::Administrator,
        enabled: true,
        password: Some(domain::Secret::new("correct horse battery")),
    };
    let root = w.service.user_create(&w.admin, root).await.expect("a user");
    let rows = run(&w, of(ReportName::Users, Deed::Disable)).await;
    assert_eq!(codes(&rows), [(1, "last_administrator")]);
    assert!(w.service.user_get(&w.admin, root.id).await.expect("there").enabled);
}
