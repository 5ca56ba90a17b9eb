//! Accounts, connectors and credentials as people change them: the default, names, conflicts, what is in use.

use crate::harness::{World, account_draft, credential_draft, errors, refusal};
use domain::{
    Failure,
    account::AccountDraft,
    connector::ConnectorDraft,
    report::{Query, ReportName},
};

#[tokio::test]
async fn the_default_moves_and_never_goes() {
    let w = World::new().await;
    let disabled = AccountDraft { enabled: false, ..account_draft("first") };
    assert_eq!(errors(w.service.account_create(&w.admin, disabled).await), ["enabled:default_must_be_enabled"]);
    let first = w.account(account_draft("first")).await;
    assert!(first.settings.is_default, "whatever the draft says");
    let second = w.account(account_draft("second")).await;
    assert!(!second.settings.is_default);

    let refused = ("default_account".to_owned(), vec!["first".to_owned()]);
    assert_eq!(refusal(w.service.account_delete(&w.admin, first.id).await), refused);
    assert_eq!(refusal(w.service.account_set_enabled(&w.admin, first.id, false).await), refused);
    let put_down = AccountDraft { is_default: false, ..AccountDraft::from(&first) };
    let answer = w.service.account_update(&w.admin, first.id, first.version, put_down).await;
    assert_eq!(errors(answer), ["is_default:default_account"]);

    w.service.account_set_enabled(&w.admin, second.id, false).await.expect("disables");
    assert_eq!(refusal(w.service.account_set_default(&w.admin, second.id).await).0, "default_disabled");
    w.service.account_set_enabled(&w.admin, second.id, true).await.expect("enables");
    w.service.account_set_default(&w.admin, second.id).await.expect("moves");
    let third = w.account(AccountDraft { is_default: true, ..account_draft("third") }).await;
    assert!(third.settings.is_default);
    for (id, is_default) in [(first.id, false), (second.id, false), (third.id, true)] {
        assert_eq!(w.service.account_get(&w.admin, id).await.expect("there").settings.is_default, is_default);
    }
    w.service.account_delete(&w.admin, first.id).await.expect("not the default");
    w.service.account_delete(&w.admin, second.id).await.expect("not the default");
    w.service.account_delete(&w.admin, third.id).await.expect("the very last may go");
    assert_eq!(w.service.account_get(&w.admin, third.id).await, Err(Failure::NotFound));
    assert!(!w.service.account_choices(&w.admin).await.expect("choices").any_account);
}

#[tokio::test]
async fn of_two_editors_the_second_is_told() {
    let w = World::new().await;
    let account = w.account(account_draft("Alerts")).await;
    let one = AccountDraft { is_default: true, ..account_draft("One") };
    let two = AccountDraft { is_default: true, ..account_draft("Two") };
    let saved = w.service.account_update(&w.admin, account.id, account.version, one).await.expect("saves");
    let answer = w.service.account_update(&w.admin, account.id, account.version, two.clone()).await;
    assert_eq!(answer, Err(Failure::Conflict { version: saved.version }));
    assert_eq!(w.service.account_get(&w.admin, account.id).await.expect("there"), saved, "nothing was lost");
    w.service.account_update(&w.admin, account.id, saved.version, two).await.expect("having seen it, saves");
}

#[tokio::test]
async fn all_objections_come_at_once() {
    let w = World::new().await;
    w.account(account_draft("São Paulo")).await;
    let credential = w.credential("Relay").await;
    w.service.credential_delete(&w.admin, credential.id).await.expect("unused");
    let draft = AccountDraft {
        authentication: true,
        credential_id: Some(credential.id),
        use_connector: true,
        connector_id: Some(domain::ConnectorId(77)),
        ..account_draft("SAO PAULO")
    };
    assert_eq!(
        errors(w.service.account_create(&w.admin, draft).await),
        ["name:name_taken", "credential_id:not_found", "connector_id:not_found"]
    );
    assert_eq!(errors(w.service.account_create(&w.admin, AccountDraft::default()).await).len(), 6);
    w.credential("Relay").await;
    assert_eq!(errors(w.service.credential_create(&w.admin, credential_draft("RELAY")).await), ["name:name_taken"]);
}

#[tokio::test]
async fn what_is_in_use_stays_and_says_by_whom() {
    let w = World::new().await;
    let credential = w.credential("Relay").await;
    let draft = ConnectorDraft {
        name: "DMZ".into(),
        host: "127.0.0.1".into(),
        credential_id: Some(credential.id),
        ..ConnectorDraft::default()
    };
    let connector = w.service.connector_create(&w.admin, draft).await.expect("creates");
    let account = w
        .account(AccountDraft { use_connector: true, connector_id: Some(connector.id), ..account_draft("Alerts") })
        .await;
    let in_use = |by: &str| ("in_use".to_owned(), vec![by.to_owned()]);
    assert_eq!(refusal(w.service.connector_delete(&w.admin, connector.id).await), in_use("Alerts"));
    assert_eq!(refusal(w.service.credential_delete(&w.admin, credential.id).await), in_use("DMZ"));
    w.service.account_delete(&w.admin, account.id).await.expect("the last");
    w.service.connector_delete(&w.admin, connector.id).await.expect("unused now");
    w.service.credential_delete(&w.admin, credential.id).await.expect("unused now");
}

#[tokio::test]
async fn reports_are_held_where_they_can_be() {
    let w = World::new().await;
    w.account(account_draft("Alerts")).await;
    let rows = w.service.report_rows(&w.admin, ReportName::Accounts).await.expect("rows");
    assert_eq!(rows.map(|rows| rows.len()), Some(1));
    assert_eq!(w.service.report_rows(&w.admin, ReportName::Audit).await, Ok(None), "it only ever grows");
    let query = Query::from_pairs(ReportName::Accounts, [("name", "álert")]);
    assert_eq!(w.service.report_page(&w.admin, ReportName::Accounts, query).await.expect("a page").matching, 1);
}

/// Sixteen administrators at once, each making, promoting, disabling and deleting.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixteen_writers_leave_exactly_one_default() {
    let w = World::new().await;
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..16 {
        let (service, admin) = (w.service.clone(), w.admin.clone());
        writers.spawn(async move {
            for round in 0..4 {
                let draft = AccountDraft { is_default: round % 2 == 0, ..account_draft(&format!("{writer} {round}")) };
                let id = service.account_create(&admin, draft).await.expect("creates").id;
                for answer in [
                    service.account_set_default(&admin, id).await,
                    service.account_set_enabled(&admin, id, false).await,
                    service.account_set_enabled(&admin, id, true).await,
                    service.account_delete(&admin, id).await,
                ] {
                    assert!(matches!(answer, Ok(()) | Err(Failure::Refused { .. })), "{answer:?}");
                }
            }
        });
    }
    while let Some(result) = writers.join_next().await {
        result.expect("no writer fails");
    }
    let rows = w.service.report_rows(&w.admin, ReportName::Accounts).await.expect("rows").expect("few");
    let defaults = rows.iter().filter(|row| row.get(7).as_bool()).count();
    assert_eq!(defaults, usize::from(!rows.is_empty()));
}
