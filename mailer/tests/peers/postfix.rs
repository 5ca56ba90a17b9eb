//! Postfix: one listener for each way to set it up. Nothing can leave it.

use crate::{
    check::{
        Row, Try, USER, by_name, check, elsewhere_without_login, from_somebody_else, no_login, right, to_nobody,
        wrong_password,
    },
    service::{Folder, Ports, Service, as_root, installed, run},
    support::{PASSWORD, address},
};
use domain::{
    account::Security::{ImplicitTls, None, StartTls},
    session_test::Step::{Auth, Data, Greeting, Mail, Rcpt, Tls},
};
use std::{fmt::Write as _, io::Write as _, path::Path, process::Stdio};
use tokio::net::TcpStream;

const STARTTLS: &str = "smtpd_tls_security_level=encrypt";
const WRAPPED: &str = "smtpd_tls_wrappermode=yes";
const LOGIN: &str = "smtpd_sasl_auth_enable=yes";
/// Asked for a recipient that every test has, so that the fault is the only one.
const GREY: &str =
    "{ smtpd_recipient_restrictions = check_recipient_access static:{450 4.2.0 Greylisted, see postgrey} }";

/// A listener and what it is set to beyond `main.cf`.
const LISTENERS: &[(&str, &[&str])] = &[
    ("submission", &[STARTTLS, LOGIN, "smtpd_tls_auth_only=yes"]),
    ("submissions", &[STARTTLS, WRAPPED, LOGIN]),
    ("may", &["smtpd_tls_security_level=may", LOGIN, "smtpd_tls_auth_only=yes"]),
    ("clear", &["smtpd_tls_security_level=none"]),
    ("owned", &[STARTTLS, LOGIN, "smtpd_sender_restrictions=reject_sender_login_mismatch"]),
    ("grey", &[GREY]),
    ("small", &["message_size_limit=300"]),
    ("small-unsaid", &["message_size_limit=300", "smtpd_discard_ehlo_keywords=size"]),
    ("full", &["queue_minfree=2000000000000000"]),
    ("names", &["smtpd_helo_required=yes", "smtpd_helo_restrictions=reject_non_fqdn_helo_hostname"]),
    ("ascii", &["smtputf8_enable=no"]),
    ("busy", &["smtpd_client_connection_count_limit=1"]),
    (
        "blocked",
        &[
            "{ smtpd_client_restrictions = check_client_access static:{554 5.7.1 Client host blocked using zen.spamhaus.org} }",
        ],
    ),
    ("self-signed", &[STARTTLS, "smtpd_tls_chain_files=$folder/self-signed.pem"]),
    ("expired", &[STARTTLS, "smtpd_tls_chain_files=$folder/expired.pem"]),
    ("wrong-name", &[STARTTLS, WRAPPED, "smtpd_tls_chain_files=$folder/wrong-name.pem"]),
    ("client-certificate", &[STARTTLS, WRAPPED, "smtpd_tls_req_ccert=yes", "smtpd_tls_CAfile=$folder/good.pem"]),
    ("old-tls", &[STARTTLS, "smtpd_tls_mandatory_protocols=<=TLSv1.1", "tls_medium_cipherlist=ALL:@SECLEVEL=0"]),
];

const ROWS: &[Row] = &[
    ("right", "submission", StartTls, right, "", Data),
    ("right, by name", "submissions", ImplicitTls, by_name, "", Data),
    ("wrong password", "submission", StartTls, wrong_password, "auth_refused", Auth),
    ("login only behind TLS", "may", None, right, "auth_only_after_tls", Auth),
    ("no login there", "clear", None, right, "auth_not_offered", Auth),
    ("relay without login", "may", StartTls, elsewhere_without_login, "relay_denied", Rcpt),
    ("sender of another user", "owned", StartTls, from_somebody_else, "sender_not_owned", Rcpt),
    ("owned sender without login", "owned", StartTls, no_login, "sender_login_required", Rcpt),
    ("unknown recipient", "submission", StartTls, to_nobody, "recipient_unknown", Rcpt),
    ("greylisting", "grey", StartTls, no_login, "greylisted", Rcpt),
    ("too large", "small", StartTls, no_login, "message_too_large", Mail),
    ("too large, unannounced", "small-unsaid", StartTls, no_login, "message_too_large", Data),
    ("no room", "full", StartTls, no_login, "server_full", Mail),
    ("TLS required", "submission", None, no_login, "encryption_required", Mail),
    ("STARTTLS missing", "clear", StartTls, right, "starttls_not_offered", Tls),
    ("TLS spoken to a port in clear", "submission", ImplicitTls, right, "tls_plaintext_port", Tls),
    ("clear text spoken to a port of TLS", "submissions", StartTls, right, "port_expects_tls", Greeting),
    ("self-signed certificate", "self-signed", StartTls, right, "certificate_self_signed", Tls),
    ("expired certificate", "expired", StartTls, right, "certificate_expired", Tls),
    ("wrong name in the certificate", "wrong-name", ImplicitTls, right, "certificate_wrong_name", Tls),
    ("client certificate wanted", "client-certificate", ImplicitTls, right, "tls_client_certificate", Greeting),
    ("TLS 1.1 alone", "old-tls", StartTls, right, "tls_too_old", Tls),
    ("EHLO name", "names", StartTls, bare_name, "helo_not_fqdn", Rcpt),
    ("address beyond ASCII", "ascii", StartTls, beyond_ascii, "smtputf8_not_offered", Mail),
    ("too many connections", "busy", StartTls, right, "too_many_connections", Greeting),
    ("block list", "blocked", StartTls, no_login, "address_blocklisted", Rcpt),
];

fn bare_name(one: &mut Try) {
    no_login(one);
    "localhost".clone_into(&mut one.route.helo);
}

fn beyond_ascii(one: &mut Try) {
    no_login(one);
    one.mail.rcpt_to = vec![address("jürgen@example.test")];
}

#[tokio::test]
async fn postfix() {
    let folder = Folder::new("postfix");
    let names: Vec<_> = LISTENERS.iter().map(|(name, _)| *name).collect();
    let ports = Ports::free(&names);
    folder.certificates();
    let etc = configure(&folder, &ports);
    let program = installed("/usr/sbin/postfix");
    let postfix = |verb: &str| {
        let mut command = as_root(program);
        command.arg("-c").arg(&etc).arg(verb);
        command
    };
    let _service = Service::start(postfix("start-fg"), postfix("abort"), &ports).await;
    // Held while the others connect.
    let greeted = TcpStream::connect(("127.0.0.1", ports.of("busy"))).await.expect("listens");
    greeted.readable().await.expect("greets");
    check("Postfix", &ports, ROWS).await;
    drop(greeted);
}

fn configure(folder: &Folder, ports: &Ports) -> std::path::PathBuf {
    let etc = folder.folder("etc");
    let at = folder.path().display().to_string();
    for name in ["etc/sasl", "spool", "data"] {
        folder.folder(name);
    }
    folder.file("etc/main.cf", &MAIN.replace("$folder", &at));
    let mut listeners = String::new();
    for (name, options) in LISTENERS {
        let _ = writeln!(listeners, "127.0.0.1:{} inet n - n - - smtpd", ports.of(name));
        for option in *options {
            let _ = writeln!(listeners, "  -o {option}");
        }
    }
    folder.file("etc/master.cf", &format!("{}{SERVICES}", listeners.replace("$folder", &at)));
    let sasl = "pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\n";
    folder.file("etc/sasl/smtpd.conf", &format!("{sasl}sasldb_path: {at}/etc/sasl/users\n"));
    user(&etc.join("sasl/users"));
    run(as_root("chown").arg("postfix").arg(folder.path().join("data")));
    etc
}

/// The library takes the password from its input alone.
fn user(users: &Path) {
    let (user, realm) = USER.split_once('@').expect("an address");
    let mut child = as_root("saslpasswd2")
        .args(["-p", "-c", "-f"])
        .arg(users)
        .args(["-u", realm, user])
        .stdin(Stdio::piped())
        .spawn()
        .expect("`cargo xtask setup --browser` installs sasl2-bin");
    child.stdin.take().expect("piped").write_all(PASSWORD.as_bytes()).expect("reads");
    assert!(child.wait().expect("ours").success());
    run(as_root("chmod").arg("0644").arg(users));
}

const MAIN: &str = "compatibility_level = 3.6
queue_directory = $folder/spool
data_directory = $folder/data
maillog_file = $folder/postfix.log
maillog_file_prefixes = /
myhostname = mx.example.test
mydestination =
mynetworks =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
default_transport = discard
relay_transport = discard
local_transport = discard
virtual_transport = discard
alias_maps =
virtual_mailbox_domains = example.test
virtual_mailbox_maps = inline:{reader@example.test=box, ann@example.test=box, boss@example.test=box}
smtpd_sender_login_maps = inline:{ann@example.test=ann@example.test, boss@example.test=boss@example.test}
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
disable_dns_lookups = yes
smtpd_peername_lookup = no
smtpd_tls_security_level = may
smtpd_tls_chain_files = $folder/good.pem
smtpd_sasl_type = cyrus
smtpd_sasl_path = smtpd
cyrus_sasl_config_path = $folder/etc/sasl
smtpd_error_sleep_time = 0
smtpd_client_connection_count_limit = 0
in_flow_delay = 0
";

const SERVICES: &str = "cleanup   unix n - n - 0 cleanup
qmgr      unix n - n 300 1 qmgr
tlsmgr    unix - - n 1000? 1 tlsmgr
rewrite   unix - - n - - trivial-rewrite
bounce    unix - - n - 0 bounce
defer     unix - - n - 0 bounce
trace     unix - - n - 0 bounce
verify    unix - - n - 1 verify
flush     unix n - n 1000? 0 flush
proxymap  unix - - n - - proxymap
error     unix - - n - - error
retry     unix - - n - - error
discard   unix - - n - - discard
anvil     unix - - n - 1 anvil
scache    unix - - n - 1 scache
postlog   unix-dgram n - n - 1 postlogd
";
