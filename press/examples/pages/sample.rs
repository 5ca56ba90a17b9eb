//! Invented rows of the three largest reports, each id with a row of its own.

use domain::{
    UnixMillis,
    report::{Query, ReportName, Row, Value},
};
use paper::{About, Language};

pub const NOW: i64 = 1_795_299_160_123;

pub fn about(report: ReportName, count: usize) -> About {
    About {
        report,
        query: Query::default(),
        who: "Maria Petersen".to_owned(),
        at: UnixMillis(NOW),
        matching: count as u64,
        at_least: false,
        all: count as u64,
        language: Language::english(),
    }
}

pub fn row(report: ReportName, id: u32) -> Row {
    Row(match report {
        ReportName::Outbox => outbox(id),
        ReportName::Audit => audit(id),
        _ => account(id),
    })
}

/// One of them, by the id.
fn one(of: &[&'static str], id: u32) -> &'static str {
    usize::try_from(id).ok().and_then(|id| of.get(id % of.len())).copied().unwrap_or_default()
}

fn name(id: u32) -> &'static str {
    one(
        &[
            "Orders Europe",
            "Password resets",
            "Rechnungen Österreich",
            "Newsletter (Ελλάδα)",
            "Счета и оповещения",
            "Support desk, first line",
            "Monitoring",
            "Payroll",
            "Human resources and recruiting, all sites in the northern region",
        ],
        id,
    )
}

fn address(id: u32) -> String {
    let local = one(&["no-reply", "orders", "rechnung", "customer.notifications", "alerts+production"], id);
    let host =
        one(&["example.com", "mail.example.org", "customer-portal.eu-central.example.net", "shop.example"], id / 3);
    format!("{local}{}@{host}", id % 97)
}

fn account(id: u32) -> Vec<Value> {
    let text = |text: String| Value::text(text);
    let some = |every: u32, address: String| if id.is_multiple_of(every) { text(address) } else { Value::text("") };
    let yes = |every: u32| Value::Bool(id.is_multiple_of(every));
    let (ended, at, took) = match id % 5 {
        0 => ("never", Value::None, Value::None),
        1 => ("failed", Value::Int(NOW - i64::from(id) * 86_461_000), Value::Int(10_042)),
        _ => ("passed", Value::Int(NOW - i64::from(id) * 7_261_000), Value::Int(20 + i64::from(id % 300))),
    };
    let badges = match id % 11 {
        0 => "certificate_ignored secret_missing",
        4 => "nothing_encrypted",
        _ => "",
    };
    vec![
        Value::Int(id.into()),
        text(format!("{} {}", name(id), id / 9 + 1)),
        text(address(id)),
        some(2, address(id + 1)),
        some(3, format!("bounces{}", address(id + 2))),
        some(4, address(id + 3)),
        Value::Bool(!id.is_multiple_of(7)),
        Value::Bool(id == 3),
        Value::Bool(!id.is_multiple_of(6)),
        yes(8),
        yes(5),
        yes(2),
        Value::text(ended),
        at,
        took,
        Value::text(badges),
        Value::Int(1),
    ]
}

fn outbox(id: u32) -> Vec<Value> {
    let subject = one(
        &[
            "Your order has been shipped",
            "Reset your password",
            "Rechnung für November",
            "Ваш заказ отправлен",
            "Η παραγγελία σας",
            "[ALERT] disk usage above 90 % on db-7.eu-central.internal.example.net",
        ],
        id,
    );
    vec![
        Value::Int((4_180_000 + id).into()),
        Value::text(format!("{subject} #{id}")),
        Value::text(address(id + 5)),
        Value::text(address(id)),
        Value::text(name(id)),
        Value::text(one(&["notification", "notification", "schedule"], id)),
        Value::Int(NOW - i64::from(id) * 61_000),
        Value::text(one(&["sent", "sent", "sent", "waiting", "error"], id)),
        Value::text(one(&["mx1.example.com (203.0.113.9)", "", "aspmx.l.mail-provider.example [2001:db8::25]"], id)),
        Value::text(one(&["api: web shop", "maria.petersen", "api: billing"], id)),
        if id.is_multiple_of(4) { Value::Int(NOW - i64::from(id) * 59_000) } else { Value::None },
        Value::text(one(&["normal", "high", "low"], id)),
        Value::None,
        Value::None,
        Value::None,
        Value::Bool(false),
    ]
}

fn audit(id: u32) -> Vec<Value> {
    let detail = one(
        &[
            "host: smtp.example.com -> smtp-relay.customer-portal.eu-central.example.net; port: 25 -> 587; security type: none -> STARTTLS",
            "name: Orders -> Orders Europe",
            "",
            "role: viewer -> administrator",
            "certificate of sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 accepted",
        ],
        id,
    );
    vec![
        Value::Int((90_000 + id).into()),
        Value::Int(NOW - i64::from(id) * 361_000),
        Value::text(one(&["maria.petersen", "admin", "api: billing"], id)),
        Value::text(one(&["192.0.2.44", "2001:db8:85a3:8d3:1319:8a2e:370:7348", "cli"], id)),
        Value::text(one(
            &["account.updated", "session.signed_in", "account.tested", "user.updated", "credential.created"],
            id,
        )),
        Value::text(name(id)),
        Value::text(detail),
    ]
}
