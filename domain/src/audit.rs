//! The audit log: who did what, when, from where; what was and what is. Never a secret.

use crate::{AuditId, UnixMillis};
use serde::{Deserialize, Serialize};

/// One line of the audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    pub id: AuditId,
    pub at: UnixMillis,
    /// The user's name as it was; `system` for what nobody asked for.
    pub actor: String,
    /// The address it came from, empty for the command line.
    pub origin: String,
    /// What was done (`account.created`).
    pub action: String,
    /// What it was done to (`Alerts`).
    pub subject: String,
    /// What changed, a line for each field: `host: a → b`.
    pub detail: String,
}

/// One changed field, for [`AuditEntry::detail`].
pub fn change_line(field: &str, before: &str, after: &str) -> String {
    format!("{field}: {before} → {after}")
}
