//! English: headings, search labels and the codes that stand in cells.

use domain::{Role, report::ReportName};

pub fn column(report: ReportName, key: &str) -> &'static str {
    match (report, key) {
        (_, "id") => "ID",
        (ReportName::Users, "name") | (_, "user_name") => "User name",
        (_, "name") => "Name",
        (_, "sender") => "Sender e-mail",
        (_, "reply_to") => "Reply e-mail",
        (_, "return_path") => "Return e-mail",
        (_, "confirmation") => "Confirmation mail",
        (_, "enabled") => "Enabled",
        (_, "is_default") => "Default",
        (_, "secure") => "Secure connection",
        (_, "force_settings") => "Uses config",
        (_, "read_receipt") => "Read Conf",
        (_, "footnote") => "Footer",
        (_, "last_test") => "Last test",
        (_, "kind") => "Kind",
        (_, "secret_set_at") => "Secret set",
        (_, "used_by") => "Used by",
        (_, "host") => "Host",
        (_, "port") => "Port",
        (_, "role") => "Role",
        (_, "last_sign_in") => "Last sign-in",
        (_, "state") => "State",
        (_, "created_by") => "Created by",
        (_, "created_at") => "Created",
        (_, "last_used_at") => "Last used",
        (_, "revoked_at") => "Revoked",
        (_, "at") => "Date/Time",
        (_, "actor") => "User",
        (_, "origin" | "from") => "From",
        (_, "to") => "To",
        (_, "account") => "Account",
        (_, "type") => "Type",
        (_, "status") => "Status",
        (_, "mta") => "MTA message",
        (_, "opening") => "Opening",
        (_, "priority") => "Priority",
        (_, "action") => "Action",
        (_, "subject") => "Subject",
        (_, "detail") => "Changes",
        (_, "report") => "Report",
        (_, "format") => "Format",
        (_, "recipients") => "Recipients",
        (_, "repeat") => "Days",
        (_, "time") => "Sending time",
        (_, "last_run") => "Last run",
        (_, "last_result") => "Last result",
        (_, "next_run") => "Next run",
        _ => "?",
    }
}

pub fn search(report: ReportName, key: &str) -> &'static str {
    match key {
        "confirmation" => "Confirmation e-mail",
        "since" => "From date",
        "until" => "To date",
        "origin" => "From address",
        _ => column(report, key),
    }
}

pub fn code(code: &str) -> Option<&'static str> {
    Some(match code {
        "yes" => "Yes",
        "no" => "No",
        "passed" => "Passed",
        "failed" => "Failed",
        "never" => "Never",
        "password" => "User name and password",
        "microsoft_client_credentials" => "Microsoft 365 (client credentials)",
        "google_service_account" => "Google (service account)",
        "google_refresh_token" => "Google (refresh token)",
        "oauth_token_endpoint" => "Generic token endpoint",
        "client_credentials" => "Client credentials",
        "refresh_token" => "Refresh token",
        "socks5" => "SOCKS5",
        "http_connect" => "HTTP CONNECT",
        "viewer" => "Viewer",
        "operator" => "Operator",
        "administrator" => "Administrator",
        "active" => "Active",
        "revoked" => "Revoked",
        "waiting" => "Waiting",
        "sending" => "Sending",
        "sent" => "Sent",
        "error" => "Error sending",
        "paused" => "Paused",
        "canceled" => "Canceled",
        "resent" => "Resent",
        "notification" => "Notification",
        "schedule" => "Scheduled report",
        "health" => "Health check",
        "high" => "High",
        "normal" => "Normal",
        "low" => "Low",
        "message.resent" => "Message resent",
        "message.canceled" => "Message canceled",
        "message.paused" => "Message paused",
        "message.resumed" => "Message resumed",
        "account.sending_paused" => "Account's sending paused",
        "account.sending_resumed" => "Account's sending resumed",
        "account.sending_changed" => "Account's limits changed",
        "certificate_ignored" => "Certificate not checked",
        "nothing_encrypted" => "Not encrypted",
        "secret_missing" => "Secret missing",
        "account.created" => "Account created",
        "account.updated" | "account.changed" => "Account changed",
        "account.deleted" => "Account deleted",
        "account.enabled" => "Account enabled",
        "account.disabled" => "Account disabled",
        "account.default" | "account.set_default" | "account.made_default" => "Default account set",
        "account.tested" => "Account tested",
        "account.checked" => "Sender checked",
        "credential.created" => "Credential created",
        "credential.updated" | "credential.changed" => "Credential changed",
        "credential.deleted" => "Credential deleted",
        "credential.bound" => "Secret bound to a server",
        "connector.created" => "Connector created",
        "connector.updated" | "connector.changed" => "Connector changed",
        "connector.deleted" => "Connector deleted",
        "connector.tested" => "Connector tested",
        "user.created" => "User created",
        "user.updated" | "user.changed" => "User changed",
        "user.deleted" => "User deleted",
        "user.password_changed" | "password.changed" => "Password changed",
        "session.signed_in" | "user.signed_in" => "Signed in",
        "portal.signed_in" => "Signed in from elsewhere",
        "portal.signed_out" => "Signed out from elsewhere",
        "portal.refused" => "Sign-in from elsewhere refused",
        "session.signed_out" | "user.signed_out" => "Signed out",
        "session.refused" | "user.sign_in_failed" | "session.failed" => "Sign-in refused",
        "setup.completed" => "First administrator created",
        "parameters.updated" | "parameters.changed" => "Parameters changed",
        "token.created" => "API token created",
        "token.revoked" | "token.deleted" => "API token revoked",
        "schedule.created" => "Scheduled report created",
        "schedule.changed" => "Scheduled report changed",
        "schedule.deleted" => "Scheduled report deleted",
        "schedule.sent" => "Report sent by hand",
        "csv" => "CSV",
        "pdf" => "PDF",
        "html" => "HTML",
        "daily" => "All days",
        "weekly" => "Days of the week",
        "monthly" => "Monthly",
        "forgotten" => "No longer kept",
        "no_default_account" => "No default account",
        "account_disabled" => "Account not enabled",
        "message_too_large" => "Too large to send",
        "too_many_rows" => "Too long for a PDF",
        "not_made" => "Not made",
        "accounts" => "SMTP Configuration",
        "credentials" => "Credentials",
        "connectors" => "Network Connectors",
        "users" => "Users",
        "tokens" => "API tokens",
        "audit" => "Audit log",
        "outbox" => "Outbox",
        "schedules" => "Scheduled reports",
        "monday" => "Monday",
        "tuesday" => "Tuesday",
        "wednesday" => "Wednesday",
        "thursday" => "Thursday",
        "friday" => "Friday",
        "saturday" => "Saturday",
        "sunday" => "Sunday",
        "view.created" => "View created for everybody",
        "view.changed" => "View for everybody changed",
        "view.deleted" => "View for everybody deleted",
        "key.rotated" => "Master key rotated",
        _ => return None,
    })
}

pub const fn role(role: Role) -> &'static str {
    match role {
        Role::Viewer => "Viewer",
        Role::Operator => "Operator",
        Role::Administrator => "Administrator",
    }
}

#[cfg(test)]
mod tests {
    use super::{code, column, search};
    use domain::report::{FieldKind, ReportName};

    #[test]
    fn every_column_field_and_choice_has_a_word() {
        for report in ReportName::ALL {
            for shown in report.spec().columns.iter().filter(|shown| shown.shown) {
                assert_ne!(column(report, shown.key), "?", "{report:?} {}", shown.key);
            }
            for field in report.spec().fields {
                assert_ne!(search(report, field.key), "?", "{report:?} {}", field.key);
                if let FieldKind::Choice(codes) = field.kind {
                    assert!(codes.iter().all(|choice| code(choice).is_some()), "{report:?} {}", field.key);
                }
            }
        }
    }
}
