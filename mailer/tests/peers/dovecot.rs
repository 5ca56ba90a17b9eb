//! Dovecot's submission service, a proxy: some faults are its own, some those of the server behind it, which is ours.

use crate::{
    check::{
        OTHER, READER, Row, Try, USER, as_user, by_name, check, from_somebody_else, no_login, right, to_nobody,
        wrong_password,
    },
    service::{Folder, Ports, Service, as_root, installed},
    support::PASSWORD,
};
use domain::{
    Host,
    account::Security::{ImplicitTls, None, StartTls},
    session_test::Step::{Auth, Data, Greeting, Mail, Rcpt, Tls},
};
use std::fmt::Write;
use testkit::{Act, ScriptedServer, SinkOptions, SmtpSink};

const ROWS: &[Row] = &[
    ("right", "submission", StartTls, right, "", Data),
    ("right, by name", "submissions", ImplicitTls, by_name, "", Data),
    ("wrong password", "submission", StartTls, wrong_password, "auth_refused", Auth),
    ("login only behind TLS", "submission", None, from_afar, "auth_only_after_tls", Auth),
    ("no login", "submission", StartTls, no_login, "authentication_required", Mail),
    ("TLS required", "submission", None, from_afar_without_login, "encryption_required", Mail),
    ("sender of another user", "submission", StartTls, as_boss, "sender_not_owned", Mail),
    ("relay denied behind it", "submission", StartTls, as_relay, "relay_denied", Rcpt),
    ("unknown recipient", "submission", StartTls, to_nobody, "recipient_unknown", Rcpt),
    ("greylisting", "submission", StartTls, as_grey, "greylisted", Rcpt),
    ("too large", "submission", StartTls, as_small, "message_too_large", Mail),
    ("nothing behind it", "submission", StartTls, as_alone, "service_refused", Mail),
    ("TLS spoken to a port in clear", "submission", ImplicitTls, right, "tls_plaintext_port", Tls),
    ("clear text spoken to a port of TLS", "submissions", StartTls, right, "port_expects_tls", Greeting),
    ("self-signed certificate", "submission", StartTls, to_self_signed, "certificate_self_signed", Tls),
    ("expired certificate", "submissions", ImplicitTls, to_expired, "certificate_expired", Tls),
    ("wrong name in the certificate", "submission", StartTls, to_wrong_name, "certificate_wrong_name", Tls),
];

/// Its certificates go by the address it is called at.
fn at(one: &mut Try, address: &str) {
    one.route.host = Host::parse(address).expect("an address");
}

fn to_self_signed(one: &mut Try) {
    at(one, "127.0.0.3");
}

fn to_expired(one: &mut Try) {
    at(one, "127.0.0.4");
}

fn to_wrong_name(one: &mut Try) {
    at(one, "127.0.0.5");
}

/// Between two equal addresses it takes a connection for protected; these two differ.
fn from_afar(one: &mut Try) {
    at(one, "127.0.0.2");
}

fn from_afar_without_login(one: &mut Try) {
    from_afar(one);
    no_login(one);
}

/// Each of these users has a server of their own behind it.
fn user(one: &mut Try, name: &str) {
    one.route.login = Some(as_user(name));
}

fn as_boss(one: &mut Try) {
    user(one, OTHER);
    from_somebody_else(one);
}

fn as_relay(one: &mut Try) {
    user(one, "relay@example.test");
}

fn as_grey(one: &mut Try) {
    user(one, "grey@example.test");
}

fn as_small(one: &mut Try) {
    user(one, "small@example.test");
}

fn as_alone(one: &mut Try) {
    user(one, "alone@example.test");
}

#[tokio::test]
async fn dovecot() {
    let folder = Folder::new("dovecot");
    let ports = Ports::free(&["submission", "submissions"]);
    folder.certificates();
    let refused = vec!["nobody@example.test".to_owned()];
    let sink = SmtpSink::start(SinkOptions { refused_recipients: refused, ..SinkOptions::default() }).await;
    let greylisted = vec![(READER.to_owned(), usize::MAX)];
    let grey = SmtpSink::start(SinkOptions { greylisted, ..SinkOptions::default() }).await;
    let boss =
        refusing("MAIL", "553 5.7.1 <boss@example.test>: Sender address rejected: not owned by user x\r\n").await;
    let relay = refusing("RCPT", "554 5.7.1 <reader@example.test>: Relay access denied\r\n").await;
    let nobody = Ports::free(&["alone"]).of("alone");

    let mut users = String::new();
    for (name, extra, port) in [
        (USER, "", sink.port()),
        (OTHER, "", boss.port()),
        ("relay@example.test", "", relay.port()),
        ("grey@example.test", "", grey.port()),
        ("small@example.test", "userdb_submission_max_mail_size=300", sink.port()),
        ("alone@example.test", "", nobody),
    ] {
        let _ = writeln!(users, "{name}:{{PLAIN}}{PASSWORD}::::::userdb_submission_relay_port={port} {extra}");
    }
    folder.file("users", &users);
    let text = CONFIGURATION
        .replace("$folder", &folder.path().display().to_string())
        .replace("$submissions", &ports.of("submissions").to_string())
        .replace("$submission", &ports.of("submission").to_string());
    let configuration = folder.file("dovecot.conf", &text);

    let mut start = as_root(installed("/usr/sbin/dovecot"));
    start.arg("-F").arg("-c").arg(&configuration);
    let mut stop = as_root("doveadm");
    stop.arg("-c").arg(&configuration).arg("stop");
    installed("/usr/lib/dovecot/submission-login");
    let _service = Service::start(start, stop, &ports).await;
    check("Dovecot", &ports, ROWS).await;
    assert_eq!(sink.messages().len(), 2, "what was right was handed on");
}

/// A server behind that takes a session as far as this command.
async fn refusing(command: &'static str, reply: &str) -> ScriptedServer {
    let mut script = vec![Act::send("220 mx.test ESMTP\r\n"), Act::Expect("EHLO"), Act::send("250 mx.test\r\n")];
    if command == "RCPT" {
        script.extend([Act::Expect("MAIL"), Act::send("250 2.1.0 Ok\r\n")]);
    }
    script.extend([Act::Expect(command), Act::send(reply), Act::Hang]);
    ScriptedServer::start(script, Option::None).await
}

const CONFIGURATION: &str = "base_dir = $folder/run
state_dir = $folder/state
log_path = $folder/dovecot.log
protocols = submission
listen = 127.0.0.1, 127.0.0.2, 127.0.0.3, 127.0.0.4, 127.0.0.5
hostname = mx.example.test
ssl = required
ssl_cert = <$folder/good.pem
ssl_key = <$folder/good.pem
disable_plaintext_auth = yes
auth_mechanisms = plain login
auth_failure_delay = 0
first_valid_uid = 1
mail_location = maildir:$folder/mail
submission_relay_host = 127.0.0.1
passdb {
  driver = passwd-file
  args = username_format=%u $folder/users
}
userdb {
  driver = passwd-file
  args = username_format=%u $folder/users
  default_fields = uid=dovecot gid=dovecot home=$folder
}
service submission-login {
  inet_listener submission {
    port = $submission
  }
  inet_listener submissions {
    port = $submissions
    ssl = yes
  }
}
local 127.0.0.3 {
  ssl_cert = <$folder/self-signed.pem
  ssl_key = <$folder/self-signed.pem
}
local 127.0.0.4 {
  ssl_cert = <$folder/expired.pem
  ssl_key = <$folder/expired.pem
}
local 127.0.0.5 {
  ssl_cert = <$folder/wrong-name.pem
  ssl_key = <$folder/wrong-name.pem
}
";
