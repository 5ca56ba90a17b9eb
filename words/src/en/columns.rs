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
        (_, "origin") => "From",
        (_, "action") => "Action",
        (_, "subject") => "Subject",
        (_, "detail") => "Changes",
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
        "socks5" => "SOCKS5",
        "http_connect" => "HTTP CONNECT",
        "viewer" => "Viewer",
        "operator" => "Operator",
        "administrator" => "Administrator",
        "active" => "Active",
        "revoked" => "Revoked",
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
        "session.signed_out" | "user.signed_out" => "Signed out",
        "session.refused" | "user.sign_in_failed" | "session.failed" => "Sign-in refused",
        "setup.completed" => "First administrator created",
        "parameters.updated" | "parameters.changed" => "Parameters changed",
        "token.created" => "API token created",
        "token.revoked" | "token.deleted" => "API token revoked",
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
