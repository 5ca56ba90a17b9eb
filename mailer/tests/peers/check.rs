//! One row is one setup: what is wrong, where the account leads, and the diagnosis that must name it.

use crate::{
    service::Ports,
    support::{PASSWORD, Ran, address, budget, composition, mailer, route, run_with},
};
use domain::{
    Host,
    account::Security,
    session_test::{
        Outcome, Step,
        TestMode::{self, Send},
    },
};
use mailer::{Composition, Outgoing, Route, compose};
use std::{io::Write, time::Instant};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// The one user of every peer, who owns the address of the same words.
pub const USER: &str = "ann@example.test";
/// The one recipient that every peer knows.
pub const READER: &str = "reader@example.test";
/// Who exists and is somebody else.
pub const OTHER: &str = "boss@example.test";

/// What an account has set, and what it sends.
#[derive(Debug)]
pub struct Try {
    pub route: Route,
    pub mail: Outgoing,
    mode: TestMode,
}

/// What is wrong, the port's name, how it is spoken to, what else is changed, the code and the stage; no code: it is right.
pub type Row = (&'static str, &'static str, Security, fn(&mut Try), &'static str, Step);

/// Every row at once: a server is there for many, and the slowest wait is the only one.
pub async fn check(peer: &str, ports: &Ports, rows: &[Row]) {
    let began = Instant::now();
    let mut all = JoinSet::new();
    for &(wrong, port, security, change, code, stage) in rows {
        let mut one = Try { route: route(ports.of(port), security), mail: outgoing(), mode: Send };
        one.route.login = Some(as_user(USER));
        change(&mut one);
        all.spawn(async move {
            let ran = run_with(&mailer(), &one.route, &one.mail, one.mode, budget(), &CancellationToken::new()).await;
            (wrong, code, stage, ran)
        });
    }
    let ended = all.join_all().await;
    let bad: Vec<_> = ended.iter().filter_map(|(wrong, code, stage, ran)| differs(wrong, code, *stage, ran)).collect();
    assert!(bad.is_empty(), "{peer}:\n{}", bad.join("\n"));
    let right = rows.iter().filter(|row| row.4.is_empty()).count();
    let wrong = rows.len() - right;
    // Past the harness's capture: the number belongs into the log of every run.
    let took = began.elapsed().as_millis();
    let _ = writeln!(std::io::stderr(), "peers: {peer}: {right} setups right, {wrong} wrong, {took} ms");
}

fn differs(wrong: &str, code: &str, stage: Step, ran: &Ran) -> Option<String> {
    let outcome = if code.is_empty() { Outcome::Delivered } else { Outcome::Failed };
    let wanted = (outcome, code, (!code.is_empty()).then_some(stage));
    let got = (ran.done.outcome, ran.meaning(), ran.stage());
    (got != wanted).then(|| {
        let transcript = ran.transcript().join("\n    ");
        format!("{wrong}: {got:?} instead of {wanted:?}: {} {:?}\n    {transcript}", ran.reply(), ran.params())
    })
}

pub const fn right(_: &mut Try) {}

pub fn no_login(one: &mut Try) {
    one.route.login = None;
}

pub fn wrong_password(one: &mut Try) {
    one.route.login = Some(mailer::Login { user_name: USER.into(), secret: "not this one".into() }.into());
}

pub fn by_name(one: &mut Try) {
    one.route.host = Host::parse("localhost").expect("a host");
}

pub fn from_somebody_else(one: &mut Try) {
    one.mail.mail_from = address(OTHER);
}

pub fn to_nobody(one: &mut Try) {
    one.mail.rcpt_to = vec![address("nobody@example.test")];
}

/// Relaying, which is for those who log in.
pub fn elsewhere_without_login(one: &mut Try) {
    one.route.login = None;
    one.mail.rcpt_to = vec![address("somebody@elsewhere.test")];
}

/// From and To are the envelope's: peers look at them too.
fn outgoing() -> Outgoing {
    let letter = Composition { from: address(USER), to: vec![address(READER)], ..composition() };
    Outgoing { mail_from: address(USER), rcpt_to: vec![address(READER)], message: compose(&letter).expect("composes") }
}

/// The tests' password under this name.
pub fn as_user(name: &str) -> mailer::AccountLogin {
    mailer::Login { user_name: name.into(), secret: PASSWORD.into() }.into()
}
