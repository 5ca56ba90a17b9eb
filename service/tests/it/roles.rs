//! Who may call what: every use case with every role.

use crate::harness::{World, account_draft, actor, credential_draft, silent, test_draft};
use domain::{
    AccountId, ConnectorId, CredentialId, Failure, MessageId, Role, ScheduleId, Secret, TokenId, UserId, ViewId,
    account::AccountDraft,
    arrival::ArrivalDraft,
    connector::ConnectorDraft,
    credential::CredentialDraft,
    message::SendingLimits,
    notification::NotificationDraft,
    parameters::Parameters,
    report::{Query, ReportName},
    schedule::ScheduleDraft,
    sending::SendingDraft,
    token::TokenDraft,
    user::UserDraft,
    view::ViewDraft,
};
use service::{Actor, CancellationToken, Form, Service};

/// Every use case that takes an actor, on things that are not there: anything but `Forbidden` means that it may.
async fn calls(s: &Service, a: &Actor) -> Vec<(&'static str, bool)> {
    let (account, credential, connector, user) = (AccountId(99), CredentialId(99), ConnectorId(99), UserId(99));
    let message = MessageId(99);
    let (secret, token) = (Secret::new("x"), CancellationToken::new);
    let (page, report) = (Query::default, ReportName::Accounts);
    macro_rules! may {
        ($($name:ident($($argument:expr),*)),+ $(,)?) => {
            vec![$((
                stringify!($name),
                !matches!(s.$name(a, $($argument),*).await, Err(Failure::Forbidden)),
            )),+]
        };
    }
    may!(
        account_get(account),
        account_list(&page(), 0, 9),
        account_choices(),
        account_test(account, test_draft(), silent(), token()),
        arrival_check(account, ArrivalDraft::default()),
        draft_test(None, AccountDraft::default(), test_draft(), silent(), token()),
        account_create(AccountDraft::default()),
        account_update(account, 1, account_draft("x")),
        account_set_default(account),
        account_set_enabled(account, true),
        account_delete(account),
        account_delete_version(account, None),
        credential_get(credential),
        credential_list(&page(), 0, 9),
        credential_create(CredentialDraft::default()),
        credential_update(credential, 1, credential_draft("x")),
        credential_delete(credential),
        credential_delete_version(credential, None),
        connector_get(connector),
        connector_list(&page(), 0, 9),
        connector_test(connector, token()),
        connector_create(ConnectorDraft::default()),
        connector_update(connector, 1, ConnectorDraft::default()),
        connector_delete(connector),
        connector_delete_version(connector, None),
        parameters_get(),
        parameters_update(Parameters { footer: "\0".into(), ..Parameters::default() }),
        notification_submit(NotificationDraft::default(), None),
        message_read(message),
        message_resend(message),
        message_cancel(message),
        message_pause(message),
        message_resume(message),
        account_sending_get(account),
        account_sending_troubled(),
        account_sending_pause(account),
        account_sending_resume(account),
        account_sending_update(account, SendingLimits::default()),
        schedule_get(ScheduleId(99)),
        schedule_list(&page(), 0, 9),
        schedule_choices(),
        schedule_coming(&ScheduleDraft::default()),
        schedule_create(ScheduleDraft::default()),
        schedule_update(ScheduleId(99), 1, ScheduleDraft::default()),
        schedule_set_enabled(ScheduleId(99), true, None),
        schedule_delete(ScheduleId(99)),
        schedule_delete_version(ScheduleId(99), None),
        schedule_send(ScheduleId(99)),
        schedule_send_draft(None, ScheduleDraft::default()),
        account_sending_read(account),
        account_sending_save(account, 0, SendingDraft::default()),
        incidents(),
        user_get(user),
        user_create(UserDraft::default()),
        user_update(user, 1, UserDraft { name: "x".into(), ..UserDraft::default() }),
        user_delete(user),
        token_create(TokenDraft::default()),
        token_list(),
        token_revoke(TokenId(99)),
        view_list(report),
        view_list(ReportName::Users),
        view_create(ViewDraft { shared: true, ..ViewDraft::default() }),
        view_rename(ViewId(99), "x"),
        view_update(ViewId(99), page()),
        view_delete(ViewId(99)),
        report_page(report, page()),
        report_rows(report),
        report_page(ReportName::Users, page()),
        report_rows(ReportName::Users),
        report_page(ReportName::Tokens, page()),
        report_rows(ReportName::Tokens),
        report_page(ReportName::Audit, page()),
        report_rows(ReportName::Audit),
        report_page(ReportName::Outbox, page()),
        report_export(report, page(), Form::Csv),
        report_export(ReportName::Audit, page(), Form::Csv),
    )
    .into_iter()
    .chain([("password_change", !no_right_to_change(s, a, &secret).await)])
    .collect()
}

/// Without a user there is no password: a wrong new one is looked at only by who may.
async fn no_right_to_change(s: &Service, a: &Actor, secret: &Secret) -> bool {
    let a = Actor::new(Some(UserId(99)), &a.name, a.role, &a.origin);
    matches!(s.password_change(&a, secret, secret).await, Err(Failure::Forbidden))
}

#[tokio::test]
async fn w41_the_table_of_use_cases() {
    let world = World::new().await;
    let mut columns = Vec::new();
    for role in Role::ALL {
        columns.push(Box::pin(calls(&world.service, &actor(role))).await);
    }
    let lines: Vec<_> = columns[0]
        .iter()
        .enumerate()
        .map(|(index, (name, _))| {
            let cells = columns.iter().map(|column| if column[index].1 { "yes" } else { "-" });
            format!("{name}: {}", cells.collect::<Vec<_>>().join(" "))
        })
        .collect();
    assert_eq!(
        lines.join("\n"),
        "account_get: yes yes yes\n\
         account_list: yes yes yes\n\
         account_choices: yes yes yes\n\
         account_test: - yes yes\n\
         arrival_check: - yes yes\n\
         draft_test: - yes yes\n\
         account_create: - - yes\n\
         account_update: - - yes\n\
         account_set_default: - - yes\n\
         account_set_enabled: - - yes\n\
         account_delete: - - yes\n\
         account_delete_version: - - yes\n\
         credential_get: yes yes yes\n\
         credential_list: yes yes yes\n\
         credential_create: - - yes\n\
         credential_update: - - yes\n\
         credential_delete: - - yes\n\
         credential_delete_version: - - yes\n\
         connector_get: yes yes yes\n\
         connector_list: yes yes yes\n\
         connector_test: - yes yes\n\
         connector_create: - - yes\n\
         connector_update: - - yes\n\
         connector_delete: - - yes\n\
         connector_delete_version: - - yes\n\
         parameters_get: yes yes yes\n\
         parameters_update: - - yes\n\
         notification_submit: - yes yes\n\
         message_read: yes yes yes\n\
         message_resend: - yes yes\n\
         message_cancel: - yes yes\n\
         message_pause: - yes yes\n\
         message_resume: - yes yes\n\
         account_sending_get: yes yes yes\n\
         account_sending_troubled: yes yes yes\n\
         account_sending_pause: - yes yes\n\
         account_sending_resume: - yes yes\n\
         account_sending_update: - - yes\n\
         schedule_get: yes yes yes\n\
         schedule_list: yes yes yes\n\
         schedule_choices: yes yes yes\n\
         schedule_coming: yes yes yes\n\
         schedule_create: - - yes\n\
         schedule_update: - - yes\n\
         schedule_set_enabled: - - yes\n\
         schedule_delete: - - yes\n\
         schedule_delete_version: - - yes\n\
         schedule_send: - yes yes\n\
         schedule_send_draft: - - yes\n\
         account_sending_read: yes yes yes\n\
         account_sending_save: - - yes\n\
         incidents: yes yes yes\n\
         user_get: - - yes\n\
         user_create: - - yes\n\
         user_update: - - yes\n\
         user_delete: - - yes\n\
         token_create: - - yes\n\
         token_list: - - yes\n\
         token_revoke: - - yes\n\
         view_list: yes yes yes\n\
         view_list: - - yes\n\
         view_create: - - yes\n\
         view_rename: yes yes yes\n\
         view_update: yes yes yes\n\
         view_delete: yes yes yes\n\
         report_page: yes yes yes\n\
         report_rows: yes yes yes\n\
         report_page: - - yes\n\
         report_rows: - - yes\n\
         report_page: - - yes\n\
         report_rows: - - yes\n\
         report_page: - - yes\n\
         report_rows: - - yes\n\
         report_page: yes yes yes\n\
         report_export: yes yes yes\n\
         report_export: - - yes\n\
         password_change: yes yes yes"
    );
}
