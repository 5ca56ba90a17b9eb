//! What each report's columns are in SQL, in the order of `domain::report`. Closed: no client's text becomes a statement.

use domain::report::ReportName;

/// A column's value, and what it is searched and sorted by.
pub(super) struct Column {
    pub value: &'static str,
    pub folded: &'static str,
}

pub(super) struct Table {
    /// The table counted.
    pub base: &'static str,
    /// What is joined to it without adding or losing a row.
    pub joins: &'static str,
    pub id: &'static str,
    pub columns: &'static [Column],
}

pub(super) fn of(report: ReportName) -> &'static Table {
    match report {
        ReportName::Accounts => &ACCOUNTS,
        ReportName::Credentials => &CREDENTIALS,
        ReportName::Connectors => &CONNECTORS,
        ReportName::Users => &USERS,
        ReportName::Tokens => &TOKENS,
        ReportName::Audit => &AUDIT,
        ReportName::Outbox => &OUTBOX,
        ReportName::Schedules => &SCHEDULES,
    }
}

const fn plain(value: &'static str) -> Column {
    Column { value, folded: value }
}

const fn text(value: &'static str, folded: &'static str) -> Column {
    Column { value, folded }
}

static ACCOUNTS: Table = Table {
    base: "accounts a",
    joins: "LEFT JOIN default_account d ON d.account_id = a.id LEFT JOIN account_tests t \
            ON t.id = (SELECT max(x.id) FROM account_tests x WHERE x.account_id = a.id)",
    id: "a.id",
    columns: &[
        plain("a.id"),
        text("a.name", "a.name_fold"),
        text("a.sender", "a.sender_fold"),
        text("a.reply_to", "a.reply_to_fold"),
        text("a.return_path", "a.return_path_fold"),
        text("a.confirmation", "a.confirmation_fold"),
        plain("a.enabled"),
        plain("(d.account_id IS NOT NULL)"),
        plain("a.secure"),
        plain("a.force_settings"),
        plain("a.read_receipt"),
        plain("a.footnote"),
        plain("CASE WHEN t.id IS NULL THEN 'never' WHEN t.passed THEN 'passed' ELSE 'failed' END"),
        plain("t.at"),
        plain("t.duration_ms"),
        plain(
            "ltrim(CASE WHEN a.secure AND a.ignore_certificate_errors THEN ' certificate_ignored' ELSE '' END \
             || CASE WHEN a.secure THEN '' ELSE ' nothing_encrypted' END \
             || CASE WHEN a.authentication AND NOT EXISTS (SELECT 1 FROM sealed_secrets s \
             WHERE s.credential_id = a.credential_id AND s.destination = a.destination) \
             THEN ' secret_missing' ELSE '' END)",
        ),
        plain("a.version"),
    ],
};

static CREDENTIALS: Table = Table {
    base: "credentials c",
    joins: "",
    id: "c.id",
    columns: &[
        plain("c.id"),
        text("c.name", "c.name_fold"),
        plain("c.kind"),
        text("c.user_name", "c.user_name_fold"),
        plain("c.secret_set_at"),
        plain(
            "(SELECT string_agg(u.name, ', ' ORDER BY u.name_fold, u.name) FROM (\
             SELECT a.name, a.name_fold FROM accounts a WHERE a.credential_id = c.id UNION ALL \
             SELECT k.name, k.name_fold FROM connectors k WHERE k.credential_id = c.id) AS u)",
        ),
        plain("c.version"),
    ],
};

static CONNECTORS: Table = Table {
    base: "connectors c",
    joins: "",
    id: "c.id",
    columns: &[
        plain("c.id"),
        text("c.name", "c.name_fold"),
        plain("c.kind"),
        text("c.host", "c.host_fold"),
        plain("c.port"),
        plain("c.enabled"),
        plain(
            "(SELECT string_agg(a.name, ', ' ORDER BY a.name_fold, a.name) FROM accounts a WHERE a.connector_id = c.id)",
        ),
        plain("c.version"),
    ],
};

static USERS: Table = Table {
    base: "users u",
    joins: "",
    id: "u.id",
    columns: &[
        plain("u.id"),
        text("u.name", "u.name_fold"),
        plain("u.role"),
        plain("u.enabled"),
        plain("u.last_sign_in"),
        plain("u.version"),
    ],
};

static TOKENS: Table = Table {
    base: "tokens k",
    joins: "",
    id: "k.id",
    columns: &[
        plain("k.id"),
        text("k.name", "k.name_fold"),
        plain("k.role"),
        plain("CASE WHEN k.revoked_at IS NULL THEN 'active' ELSE 'revoked' END"),
        text("k.created_by", "k.created_by_fold"),
        plain("k.created_at"),
        plain("k.last_used_at"),
        plain("k.revoked_at"),
    ],
};

static AUDIT: Table = Table {
    base: "audit l",
    joins: "",
    id: "l.id",
    columns: &[
        plain("l.id"),
        plain("l.at"),
        text("l.actor", "l.actor_fold"),
        text("l.origin", "l.origin_fold"),
        // Made of lower-case ASCII by us: its own folded form.
        plain("l.action"),
        text("l.subject", "l.subject_fold"),
        text("l.detail", "l.detail_fold"),
    ],
};

static OUTBOX: Table = Table {
    base: "messages m",
    joins: "JOIN message_texts t ON t.id = m.id",
    id: "m.id",
    columns: &[
        plain("m.id"),
        text("t.subject", "t.subject_fold"),
        text("t.recipients", "t.recipients_fold"),
        text("t.sender", "t.sender_fold"),
        text("t.account", "t.account_fold"),
        plain("t.kind"),
        plain("m.created_at"),
        plain("m.status"),
        plain("m.mta"),
        plain("t.created_by"),
        plain("m.opened_at"),
        plain("t.priority"),
        // What waits for its account says what the account waits for.
        plain(
            "CASE WHEN m.status = 'waiting' THEN coalesce((SELECT CASE WHEN s.paused THEN 'account_paused' \
             WHEN s.halt_code <> '' THEN s.halt_code END FROM account_sending s WHERE s.account_id = m.route), m.reason) \
             ELSE m.reason END",
        ),
        plain("m.reason_params"),
        plain("CASE WHEN m.status = 'waiting' THEN m.due END"),
        plain("m.possible_duplicate"),
    ],
};

static SCHEDULES: Table = Table {
    base: "schedules s",
    joins: "LEFT JOIN accounts a ON a.id = s.account_id LEFT JOIN schedule_runs r \
            ON r.id = (SELECT max(x.id) FROM schedule_runs x WHERE x.schedule_id = s.id) \
            LEFT JOIN messages m ON m.id = r.message_id",
    id: "s.id",
    columns: &[
        plain("s.id"),
        text("s.name", "s.name_fold"),
        plain("s.enabled"),
        plain("r.at"),
        plain(
            "CASE WHEN r.id IS NULL THEN 'never' WHEN r.code <> '' THEN r.code ELSE coalesce(m.status, 'forgotten') END",
        ),
        plain("s.next_at"),
        plain("s.report"),
        plain("s.format"),
        text("replace(s.recipients, char(10), ', ')", "replace(s.recipients_fold, char(10), ', ')"),
        plain("CASE WHEN s.repeat = 'weekly' AND s.days = '1111111' THEN 'daily' ELSE s.repeat END"),
        // Names of zones are ASCII: lower is their folded form.
        text("s.time || ' ' || s.time_zone", "lower(s.time || ' ' || s.time_zone)"),
        text("coalesce(a.name, '')", "coalesce(a.name_fold, '')"),
        plain("r.missed"),
        plain("r.message_id"),
        plain("s.version"),
    ],
};
