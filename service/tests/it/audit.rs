//! The audit log as a person reads it: who, from where, what was and what is.

use crate::harness::{SECRET, World, account_draft, credential_draft, login_draft, sink};
use domain::{
    Role, Secret, account::AccountDraft, connector::ConnectorDraft, credential::CredentialDraft, parameters::Parameters,
};

#[tokio::test]
async fn w54_every_change_has_its_line() {
    let w = World::new().await;
    let sink = sink().await;
    let credential = w.credential("Relay").await;
    let account = w.account(account_draft("Alerts")).await;
    let draft = AccountDraft { is_default: true, footnote: true, ..login_draft("Alerts 2", &sink, credential.id) };
    let account = w.service.account_update(&w.admin, account.id, account.version, draft).await.expect("saves");
    let other = w.account(account_draft("Other")).await;
    w.service.account_set_default(&w.admin, other.id).await.expect("moves");
    w.service.account_set_enabled(&w.admin, account.id, false).await.expect("disables");
    w.test(&account).await;
    let credential = w.service.credential_get(&w.admin, credential.id).await.expect("there");
    let replaced = CredentialDraft {
        name: "Relay 2".into(),
        secret: Some(Secret::new(SECRET)),
        ..CredentialDraft::from(&credential)
    };
    w.service.credential_update(&w.admin, credential.id, credential.version, replaced).await.expect("replaces");
    w.service.account_delete(&w.admin, account.id).await.expect("deletes");
    let connector = ConnectorDraft { name: "DMZ".into(), host: "127.0.0.1".into(), ..ConnectorDraft::default() };
    w.service.connector_create(&w.admin, connector).await.expect("creates");
    w.service
        .parameters_update(&w.admin, Parameters { footer: "a\nhost: forged".into(), ..Parameters::default() })
        .await
        .expect("sets");
    w.service.user_create_from_command_line("bob", Role::Viewer, &Secret::new("correct horse")).await.expect("adds");

    let port = sink.port();
    let text: Vec<_> = w.log().await.into_iter().map(|(line, detail)| format!("{line}\n{detail}")).collect();
    let expected = [
        "administrator@192.0.2.1 credential.created Relay\n\
         name: Relay\nkind: password\nuser_name: relay"
            .to_owned(),
        "administrator@192.0.2.1 account.created Alerts\n\
         name: Alerts\nenabled: yes\nsender: alerts@example.com\nreply_to: help@example.com\n\
         return_path: bounces@example.com\nconfirmation: read@example.com\nis_default: yes\nread_receipt: no\n\
         force_settings: no\nfootnote: no\nhost: 127.0.0.1\nport: 2525\nsecure: no\nsecurity_type: ssl\n\
         authentication: no\nignore_certificate_errors: no\nuse_connector: no"
            .to_owned(),
        format!(
            "administrator@192.0.2.1 account.changed Alerts 2\n\
             name: Alerts → Alerts 2\nfootnote: no → yes\nport: 2525 → {port}\nauthentication: no → yes\n\
             credential_id:  → 1\nsecret: bound to this destination"
        ),
    ];
    assert_eq!(text[..3], expected);
    let lines: Vec<_> = text.iter().skip(4).map(|text| text.replace("administrator@192.0.2.1 ", "")).collect();
    let place = format!("smtp 127.0.0.1 {port} none certificate=none via direct");
    assert_eq!(
        lines,
        [
            "account.made_default Other\ndefault account: Alerts 2 → Other".to_owned(),
            "account.disabled Alerts 2\n".to_owned(),
            format!("account.tested Alerts 2\ndestination: {place}\nto: ann@example.org\noutcome: delivered"),
            "credential.changed Relay 2\nname: Relay → Relay 2\nsecret: replaced".to_owned(),
            format!(
                "account.deleted Alerts 2\n\
                 name: Alerts 2\nenabled: no\nsender: alerts@example.com\nreply_to: help@example.com\n\
                 return_path: bounces@example.com\nconfirmation: read@example.com\nis_default: no\nread_receipt: no\n\
                 force_settings: no\nfootnote: yes\nhost: 127.0.0.1\nport: {port}\nsecure: no\nsecurity_type: ssl\n\
                 authentication: yes\ncredential_id: 1\nignore_certificate_errors: no\nuse_connector: no"
            ),
            "connector.created DMZ\nname: DMZ\nkind: socks5\nhost: 127.0.0.1\nport: 1080\nenabled: yes".to_owned(),
            "parameters.changed \nfooter:  → a\\nhost: forged".to_owned(),
            "command line@ user.created bob\nname: bob\nrole: viewer\nenabled: yes".to_owned(),
        ]
    );
    assert!(!text.join("\n").contains(SECRET));
}

#[tokio::test]
async fn w54_what_is_refused_leaves_no_line() {
    let w = World::new().await;
    w.account(account_draft("Alerts")).await;
    let lines = w.log().await.len();
    w.service.account_create(&w.admin, account_draft("ALERTS")).await.expect_err("the name is taken");
    w.service
        .credential_create(&w.admin, CredentialDraft { secret: None, ..credential_draft("x") })
        .await
        .expect_err("no secret");
    w.service.account_delete(&w.admin, domain::AccountId(9)).await.expect_err("not there");
    assert_eq!(w.log().await.len(), lines);
}
