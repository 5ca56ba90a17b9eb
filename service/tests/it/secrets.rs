//! A stored secret goes where it was entered for, and nowhere else, whichever way somebody tries.

use crate::harness::{
    SECRET, World, account_draft, actor, credential_draft, diagnosis, errors, login_draft, silent, sink, test_draft,
};
use domain::{
    Failure, Role, Secret,
    account::{AccountDraft, SecurityType},
    connector::{ConnectorDraft, ConnectorKind},
    credential::CredentialDraft,
    destination::Destination,
    report::ReportName,
    session_test::{Outcome, Step},
};
use service::CancellationToken;
use std::fmt::Write;

/// What is changed, and how.
type Change<T> = (&'static str, fn(&mut T));

fn connector_draft() -> ConnectorDraft {
    ConnectorDraft { name: "DMZ".into(), host: "127.0.0.1".into(), port: "1080".into(), ..ConnectorDraft::default() }
}

#[tokio::test]
async fn w45_the_first_place_binds_it_and_every_other_asks_again() {
    let w = World::new().await;
    let sink = sink().await;
    let credential = w.credential("Relay").await;
    assert!(credential.unbound && credential.destinations.is_empty());
    let account = w.account(login_draft("Alerts", &sink, credential.id)).await;
    let credential = w.service.credential_get(&w.admin, credential.id).await.expect("there");
    assert_eq!(credential.destinations, [Destination::of_account(&account.settings, None)]);
    assert!(!credential.unbound, "claimed");
    assert_eq!(w.test(&account).await.outcome, Outcome::Delivered);
    let connector = w.service.connector_create(&w.admin, connector_draft()).await.expect("creates");

    let changes: [Change<AccountDraft>; 7] = [
        ("host", |a| a.host = "127.0.0.2".into()),
        ("port", |a| a.port = "2525".into()),
        ("security", |a| a.secure = true),
        ("type", |a| {
            a.secure = true;
            a.security_type = SecurityType::Tls;
        }),
        ("certificate", |a| {
            a.secure = true;
            a.ignore_certificate_errors = true;
        }),
        ("authority", |a| {
            a.secure = true;
            a.trusted_ca = testkit::Authority::new("Private CA").pem().to_owned();
        }),
        ("pin", |a| {
            a.secure = true;
            a.pinned_certificate = "ab".repeat(32);
        }),
    ];
    let mut drafts: Vec<_> = changes
        .into_iter()
        .map(|(what, change)| {
            let mut draft = AccountDraft::from(&account);
            change(&mut draft);
            (what, draft)
        })
        .collect();
    let through =
        AccountDraft { use_connector: true, connector_id: Some(connector.id), ..AccountDraft::from(&account) };
    drafts.push(("connector", through));
    for (what, draft) in drafts {
        let answer = w.service.account_update(&w.admin, account.id, account.version, draft.clone()).await;
        assert_eq!(errors(answer), ["secret:secret_again"], "{what}");
        let copy = AccountDraft { name: "Copy".into(), is_default: false, ..draft.clone() };
        assert_eq!(errors(w.service.account_create(&w.admin, copy).await), ["secret:secret_again"], "{what}, a copy");
        let answer = w
            .service
            .draft_test(&w.admin, Some(account.id), draft, test_draft(), silent(), CancellationToken::new())
            .await;
        assert_eq!(errors(answer), ["secret:secret_again"], "{what}, a test of it");
    }
    let harmless = AccountDraft {
        name: "Renamed".into(),
        sender: "other@example.com".into(),
        footnote: true,
        secret: Some(Secret::new("")),
        ..AccountDraft::from(&account)
    };
    w.service.account_update(&w.admin, account.id, account.version, harmless).await.expect("leads to the same place");
}

#[tokio::test]
async fn w45_a_row_changed_by_hand_sends_nothing() {
    let w = World::new().await;
    let (good, evil) = (sink().await, sink().await);
    let credential = w.credential("Relay").await;
    let account = w.account(login_draft("Alerts", &good, credential.id)).await;
    let mut changed = account.settings.clone();
    changed.port = domain::Port::new(evil.port());
    let place = Destination::of_account(&changed, None);
    let by_hand = w.by_hand().await;

    // The account's row alone, its noted destination left as it was or moved with it.
    for noted in [Destination::of_account(&account.settings, None), place.clone()] {
        let mut tx = by_hand.write().await.expect("writes");
        let version = tx.account_get(account.id).await.expect("reads").expect("there").version;
        assert!(tx.account_update(account.id, version, &changed, &noted).await.expect("writes"));
        tx.commit().await.expect("commits");
        let done = w.test(&account).await;
        assert_eq!((diagnosis(&done), done.stage, done.ms), ("secret_missing", Some(Step::Auth), 0));
    }

    // The sealed copy relabelled for the new place too.
    let mut tx = by_hand.write().await.expect("writes");
    let mut sealed = tx.sealed_list(credential.id).await.expect("reads").remove(0);
    sealed.destination = Some(place);
    tx.sealed_put(&sealed).await.expect("puts");
    tx.commit().await.expect("commits");
    assert_eq!(diagnosis(&w.test(&account).await), "secret_missing");

    // Relabelled as claimed by nobody, and saved.
    let mut tx = by_hand.write().await.expect("writes");
    sealed.destination = None;
    tx.sealed_put(&sealed).await.expect("puts");
    tx.commit().await.expect("commits");
    let stored = w.service.account_get(&w.admin, account.id).await.expect("there");
    let answer = w.service.account_update(&w.admin, stored.id, stored.version, AccountDraft::from(&stored)).await;
    assert_eq!(errors(answer), ["secret:secret_again"]);
    assert!(evil.clear_bytes().is_empty(), "nothing was ever dialled");

    // A row of another credential's, or the same under another user name.
    let mut tx = by_hand.write().await.expect("writes");
    let credential = tx.credential_get(credential.id).await.expect("reads").expect("there");
    let mut renamed = CredentialDraft::from(&credential);
    renamed.user_name = "other".into();
    renamed.secret = Some(Secret::new("x"));
    let renamed = renamed.parse(None).expect("valid");
    assert!(tx.credential_update(credential.id, credential.version, &renamed).await.expect("writes"));
    let version = stored.version;
    assert!(
        tx.account_update(account.id, version, &account.settings, &Destination::of_account(&account.settings, None))
            .await
            .expect("back to where it was")
    );
    tx.commit().await.expect("commits");
    assert_eq!(diagnosis(&w.test(&account).await), "secret_missing", "sealed for another user name");
}

#[tokio::test]
async fn a_credential_at_two_servers_has_a_copy_for_each() {
    let w = World::new().await;
    let (one, two) = (sink().await, sink().await);
    let credential = w.credential("Relay").await;
    let first = w.account(login_draft("One", &one, credential.id)).await;
    let draft = login_draft("Two", &two, credential.id);
    assert_eq!(errors(w.service.account_create(&w.admin, draft.clone()).await), ["secret:secret_again"]);
    let second = w.account(AccountDraft { secret: Some(Secret::new(SECRET)), ..draft }).await;
    for account in [&first, &second] {
        assert_eq!(w.test(account).await.outcome, Outcome::Delivered);
    }
    // Another account at a known place is asked nothing.
    let third = w.account(login_draft("Three", &one, credential.id)).await;

    // Replaced in one place, it is replaced everywhere.
    let credential = w.service.credential_get(&w.admin, credential.id).await.expect("there");
    assert_eq!(credential.destinations.len(), 2);
    let replaced = CredentialDraft { secret: Some(Secret::new("another")), ..CredentialDraft::from(&credential) };
    let credential =
        w.service.credential_update(&w.admin, credential.id, credential.version, replaced).await.expect("replaces");
    assert_eq!((credential.destinations.len(), credential.unbound), (2, false));
    for account in [&first, &second, &third] {
        assert_eq!(diagnosis(&w.test(account).await), "auth_refused", "the new one is sent");
    }

    // The copy goes with the last account at its place.
    w.service.account_delete(&w.admin, second.id).await.expect("deletes");
    let credential = w.service.credential_get(&w.admin, credential.id).await.expect("there");
    assert_eq!(credential.destinations, [Destination::of_account(&first.settings, None)]);
}

#[tokio::test]
async fn w45_another_user_name_needs_its_secret() {
    let w = World::new().await;
    let credential = w.credential("Relay").await;
    let renamed = CredentialDraft { user_name: "other".into(), ..CredentialDraft::from(&credential) };
    let answer = w.service.credential_update(&w.admin, credential.id, credential.version, renamed).await;
    assert_eq!(errors(answer), ["secret:secret_again_user"]);
    let stale = w.service.credential_update(&w.admin, credential.id, 7, credential_draft("Relay")).await;
    assert_eq!(stale, Err(Failure::Conflict { version: 1 }));
}

#[tokio::test]
async fn w45_a_connector_that_moves_takes_no_secret_along() {
    let w = World::new().await;
    let sink = sink().await;
    let connector = w.service.connector_create(&w.admin, connector_draft()).await.expect("creates");
    let credential = w.credential("Relay").await;
    let draft = AccountDraft {
        use_connector: true,
        connector_id: Some(connector.id),
        ..login_draft("Alerts", &sink, credential.id)
    };
    let account = w.account(draft).await;
    let renamed = ConnectorDraft { name: "Renamed".into(), enabled: true, ..connector_draft() };
    let connector =
        w.service.connector_update(&w.admin, connector.id, connector.version, renamed).await.expect("renames");
    assert_ne!(diagnosis(&w.test(&account).await), "secret_missing", "a name leads nowhere");

    let moves: [Change<ConnectorDraft>; 3] = [
        ("host", |c| c.host = "127.0.0.9".into()),
        ("port", |c| c.port = "3128".into()),
        ("kind", |c| c.kind = ConnectorKind::HttpConnect),
    ];
    let mut version = connector.version;
    for (what, change) in moves {
        let mut draft = ConnectorDraft::from(&connector);
        change(&mut draft);
        version =
            w.service.connector_update(&w.admin, connector.id, version, draft).await.expect("the move itself").version;
        assert_eq!(diagnosis(&w.test(&account).await), "secret_missing", "{what}");
        let rows = w.service.report_rows(&w.admin, ReportName::Accounts).await.expect("rows").expect("few");
        assert!(rows[0].get(15).as_str().contains("secret_missing"), "{what}: the report says so");
        // Given again, for the next round.
        let stored = w.service.account_get(&w.admin, account.id).await.expect("there");
        let again = AccountDraft { secret: Some(Secret::new(SECRET)), ..AccountDraft::from(&stored) };
        w.service.account_update(&w.admin, stored.id, stored.version, again).await.expect("saves");
        assert_ne!(diagnosis(&w.test(&account).await), "secret_missing", "{what}, given again");
    }
    let log = w.log().await;
    assert!(log.iter().any(|(_, detail)| detail.contains("accounts that need their secret again: 1")));
}

#[tokio::test]
async fn a_connectors_own_secret_is_bound_too() {
    let w = World::new().await;
    let credential = w.credential("Proxy").await;
    let draft = ConnectorDraft { credential_id: Some(credential.id), ..connector_draft() };
    let connector = w.service.connector_create(&w.admin, draft.clone()).await.expect("the first place binds");
    let moved = ConnectorDraft { host: "127.0.0.9".into(), ..draft.clone() };
    let answer = w.service.connector_update(&w.admin, connector.id, connector.version, moved.clone()).await;
    assert_eq!(errors(answer), ["secret:secret_again"]);
    let mut tx = w.by_hand().await.write().await.expect("writes");
    assert!(
        tx.connector_update(connector.id, connector.version, &moved.parse().expect("valid")).await.expect("writes")
    );
    tx.commit().await.expect("commits");
    let result = w.service.connector_test(&w.admin, connector.id, CancellationToken::new()).await.expect("answers");
    assert_eq!((result.ok, result.code.as_str()), (false, "secret_missing"));
}

#[tokio::test]
async fn w45_who_may_only_test_sends_no_unclaimed_secret_anywhere() {
    let w = World::new().await;
    let evil = sink().await;
    let credential = w.credential("Relay").await;
    let draft = login_draft("Mine", &evil, credential.id);
    let run = |role, draft: AccountDraft| {
        let (service, actor) = (w.service.clone(), actor(role));
        async move { service.draft_test(&actor, None, draft, test_draft(), silent(), CancellationToken::new()).await }
    };
    assert_eq!(errors(run(Role::Operator, draft.clone()).await), ["secret:secret_again"]);
    assert!(evil.clear_bytes().is_empty());
    let typed = AccountDraft { secret: Some(Secret::new(SECRET)), ..draft.clone() };
    assert_eq!(run(Role::Operator, typed).await.expect("their own").outcome, Outcome::Delivered);
    assert_eq!(run(Role::Administrator, draft).await.expect("may save it too").outcome, Outcome::Delivered);
}

#[tokio::test]
async fn a_secret_without_authentication_is_ignored() {
    let w = World::new().await;
    let draft = AccountDraft { secret: Some(Secret::new(SECRET)), ..account_draft("Alerts") };
    w.account(draft).await;
}

#[tokio::test]
async fn w44_the_secret_is_in_no_file_and_no_answer() {
    let w = World::new().await;
    let sink = sink().await;
    let credential = w.credential("Relay").await;
    let account = w.account(login_draft("Alerts", &sink, credential.id)).await;
    w.test(&account).await;
    let again =
        AccountDraft { secret: Some(Secret::new(SECRET)), host: "127.0.0.2".into(), ..AccountDraft::from(&account) };
    w.service.account_update(&w.admin, account.id, account.version, again).await.expect("saves");
    let backup = w.directory.path().join("copy.db");
    w.service.backup(&backup).await.expect("copies");
    let mut looked_at = 0;
    for file in std::fs::read_dir(w.directory.path()).expect("lists") {
        let path = file.expect("a file").path();
        let bytes = std::fs::read(&path).expect("reads");
        assert!(!bytes.windows(SECRET.len()).any(|part| part == SECRET.as_bytes()), "{}", path.display());
        looked_at += usize::from(!bytes.is_empty());
    }
    assert!(looked_at >= 4, "database, WAL, key, copy");
    let mut answers = format!("{:?}{:?}", w.service.account_choices(&w.admin).await, w.log().await);
    for report in ReportName::ALL {
        let _ =
            write!(answers, "{:?}", w.service.report_page(&w.admin, report, domain::report::Query::default()).await);
    }
    let _ = write!(answers, "{:?}{:?}", w.service.account_get(&w.admin, account.id).await, credential_draft("x"));
    assert!(!answers.contains(SECRET));
    assert!(answers.contains("secret: replaced"));
}
