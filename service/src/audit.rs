//! Lines of the audit log: what was and what is, field by field, never a secret.

use crate::{
    Actor, Answer, Service,
    error::{Inside, answer},
};
use domain::{
    Label,
    account::NewAccount,
    audit::change_line,
    connector::NewConnector,
    credential::{CredentialKind, OAuth},
    report::{Query, ReportName},
    value::has_control,
};
use store::{AuditFault, NewAuditEntry, WriteTx};

pub(crate) const ACCOUNT_CREATED: &str = "account.created";
pub(crate) const ACCOUNT_CHANGED: &str = "account.changed";
pub(crate) const ACCOUNT_DEFAULT: &str = "account.made_default";
pub(crate) const ACCOUNT_ENABLED: &str = "account.enabled";
pub(crate) const ACCOUNT_DISABLED: &str = "account.disabled";
pub(crate) const ACCOUNT_DELETED: &str = "account.deleted";
pub(crate) const ACCOUNT_TESTED: &str = "account.tested";
pub(crate) const ACCOUNT_CHECKED: &str = "account.checked";
pub(crate) const CREDENTIAL_CREATED: &str = "credential.created";
pub(crate) const CREDENTIAL_CHANGED: &str = "credential.changed";
pub(crate) const CREDENTIAL_DELETED: &str = "credential.deleted";
pub(crate) const CONNECTOR_CREATED: &str = "connector.created";
pub(crate) const CONNECTOR_CHANGED: &str = "connector.changed";
pub(crate) const CONNECTOR_DELETED: &str = "connector.deleted";
pub(crate) const CONNECTOR_TESTED: &str = "connector.tested";
pub(crate) const USER_CREATED: &str = "user.created";
pub(crate) const USER_CHANGED: &str = "user.changed";
pub(crate) const USER_DELETED: &str = "user.deleted";
pub(crate) const PASSWORD_CHANGED: &str = "user.password_changed";
pub(crate) const SIGNED_IN: &str = "session.signed_in";
pub(crate) const SIGN_IN_REFUSED: &str = "session.refused";
pub(crate) const SIGNED_OUT: &str = "session.signed_out";
pub(crate) const PORTAL_SIGNED_IN: &str = "portal.signed_in";
pub(crate) const PORTAL_REFUSED: &str = "portal.refused";
pub(crate) const PORTAL_SIGNED_OUT: &str = "portal.signed_out";
pub(crate) const TOKEN_CREATED: &str = "token.created";
pub(crate) const TOKEN_REVOKED: &str = "token.revoked";
pub(crate) const PARAMETERS_CHANGED: &str = "parameters.changed";
pub(crate) const MESSAGE_RESENT: &str = "message.resent";
pub(crate) const MESSAGE_CANCELED: &str = "message.canceled";
pub(crate) const MESSAGE_PAUSED: &str = "message.paused";
pub(crate) const MESSAGE_RESUMED: &str = "message.resumed";
pub(crate) const SENDING_PAUSED: &str = "account.sending_paused";
pub(crate) const SENDING_RESUMED: &str = "account.sending_resumed";
pub(crate) const SENDING_CHANGED: &str = "account.sending_changed";
pub(crate) const SCHEDULE_CREATED: &str = "schedule.created";
pub(crate) const SCHEDULE_CHANGED: &str = "schedule.changed";
pub(crate) const SCHEDULE_DELETED: &str = "schedule.deleted";
pub(crate) const SCHEDULE_SENT: &str = "schedule.sent";
pub(crate) const VIEW_CREATED: &str = "view.created";
pub(crate) const VIEW_CHANGED: &str = "view.changed";
pub(crate) const VIEW_DELETED: &str = "view.deleted";
pub(crate) const KEY_ROTATED: &str = "key.rotated";

pub(crate) const SECRET_REPLACED: &str = "secret: replaced";

/// Named values of a thing, as the log shows them.
pub(crate) type Fields = Vec<(&'static str, String)>;

impl Service {
    /// In the transaction of the change it speaks of: there is no change without its line.
    pub(crate) async fn audit(
        &self,
        tx: &mut WriteTx,
        actor: &Actor,
        action: &'static str,
        subject: &str,
        detail: String,
    ) -> Inside<()> {
        let entry = NewAuditEntry {
            at: self.inner.clock.now(),
            actor: actor.logged(),
            origin: actor.origin.clone(),
            action,
            subject: subject.to_owned(),
            detail,
        };
        tx.audit_insert(&entry).await?;
        Ok(())
    }
}

/// What `postroom check` says of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditState {
    pub lines: u64,
    /// The hash of its last line, in hexadecimal.
    pub head: String,
    /// Where it is not what was written any more, in words for a terminal.
    pub fault: Option<String>,
}

impl Service {
    /// Whether the log is what was written. For whoever sits at the machine.
    pub async fn audit_check(&self) -> Answer<AuditState> {
        answer(async {
            let chain = self.inner.store.read_long().await?.audit_verify().await?;
            let fault = chain.fault.map(|fault| match fault {
                AuditFault::Line(id) => format!("line {} does not fit the lines before it", id.0),
                AuditFault::End => format!("lines are missing after the first {}", chain.lines),
            });
            Ok(AuditState { lines: chain.lines, head: hex::encode(chain.head), fault })
        })
        .await
    }
}

/// `field: value` for all that is not empty.
pub(crate) fn listed(fields: &Fields) -> Vec<String> {
    let set = fields.iter().filter(|(_, value)| !value.is_empty());
    set.map(|(field, value)| format!("{field}: {}", one_line(value))).collect()
}

/// `field: before → after` for all that differs. Both list the same fields.
pub(crate) fn changes(before: &Fields, after: &Fields) -> Vec<String> {
    let value = |fields: &Fields, name: &str| {
        let found = fields.iter().find(|(field, _)| *field == name);
        found.map(|(_, value)| one_line(value)).unwrap_or_default()
    };
    let is_new = |(name, _): &&(&str, String)| before.iter().all(|(field, _)| field != name);
    let names = before.iter().chain(after.iter().filter(is_new)).map(|(name, _)| *name);
    let pairs = names.map(|name| (name, value(before, name), value(after, name)));
    pairs.filter(|(_, was, is)| was != is).map(|(name, was, is)| change_line(name, &was, &is)).collect()
}

/// A value can't end its line or forge another one.
pub(crate) fn one_line(value: &str) -> String {
    if has_control(value) { value.escape_default().to_string() } else { value.to_owned() }
}

pub(crate) fn yes_no(value: bool) -> String {
    if value { "yes" } else { "no" }.to_owned()
}

pub(crate) fn text(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

pub(crate) fn account_fields(a: &NewAccount) -> Fields {
    vec![
        ("name", a.name.to_string()),
        ("enabled", yes_no(a.enabled)),
        ("sender", a.sender.to_string()),
        ("reply_to", a.reply_to.to_string()),
        ("return_path", a.return_path.to_string()),
        ("confirmation", a.confirmation.to_string()),
        ("is_default", yes_no(a.is_default)),
        ("read_receipt", yes_no(a.read_receipt)),
        ("force_settings", yes_no(a.force_settings)),
        ("footnote", yes_no(a.footnote)),
        ("host", a.host.to_string()),
        ("port", a.effective_port().to_string()),
        ("secure", yes_no(a.secure)),
        ("security_type", a.security_type.code().to_owned()),
        ("authentication", yes_no(a.authentication)),
        ("credential_id", text(a.credential_id)),
        ("ignore_certificate_errors", yes_no(a.ignore_certificate_errors)),
        ("trusted_ca", a.trusted_ca.as_ref().map(|pem| format!("sha256 {}", pem.digest())).unwrap_or_default()),
        ("pinned_certificate", text(a.pinned_certificate.as_ref())),
        ("use_connector", yes_no(a.use_connector)),
        ("connector_id", text(a.connector_id)),
    ]
}

pub(crate) fn connector_fields(c: &NewConnector) -> Fields {
    vec![
        ("name", c.name.to_string()),
        ("kind", c.kind.code().to_owned()),
        ("host", c.host.to_string()),
        ("port", c.port.to_string()),
        ("credential_id", text(c.credential_id)),
        ("enabled", yes_no(c.enabled)),
    ]
}

pub(crate) fn credential_fields(name: &Label, kind: CredentialKind, user_name: &str, oauth: &OAuth) -> Fields {
    let mut fields =
        vec![("name", name.to_string()), ("kind", kind.code().to_owned()), ("user_name", user_name.to_owned())];
    if kind.is_oauth() {
        fields.extend([
            ("tenant", oauth.tenant.clone()),
            ("client_id", oauth.client_id.clone()),
            ("token_url", oauth.endpoint(kind)),
            ("scope", oauth.scope(kind).to_owned()),
            ("grant", oauth.grant.code().to_owned()),
        ]);
    }
    fields
}

pub(crate) fn user_fields(name: &domain::Label, role: domain::Role, enabled: bool) -> Fields {
    vec![("name", name.to_string()), ("role", role.code().to_owned()), ("enabled", yes_no(enabled))]
}

pub(crate) fn view_fields(name: &Label, report: ReportName, query: &Query) -> Fields {
    vec![("name", name.to_string()), ("report", report.code().to_owned()), ("query", query.to_query_string())]
}

pub(crate) fn token_fields(name: &domain::Label, role: domain::Role) -> Fields {
    vec![("name", name.to_string()), ("role", role.code().to_owned())]
}
