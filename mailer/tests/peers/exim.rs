//! Exim: one daemon whose ports are set up differently. What it accepts stays in its queue.

use crate::{
    check::{
        Row, Try, by_name, check, elsewhere_without_login, from_somebody_else, no_login, right, to_nobody,
        wrong_password,
    },
    service::{Folder, Ports, Service, as_root, installed, run},
    support::{PASSWORD, address},
};
use domain::{
    account::Security::{ImplicitTls, None, StartTls},
    session_test::Step::{Auth, Data, Ehlo, Greeting, Mail, Rcpt, Tls},
};
use tokio::net::TcpStream;

/// Debian's two mail servers exclude each other, so this one is unpacked and not installed.
const PROGRAM: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/../peers/exim/usr/sbin/exim4");

const PORTS: &[&str] = &[
    "submission",
    "submissions",
    "clear",
    "owned",
    "grey",
    "small",
    "tls",
    "login",
    "later",
    "busy",
    "self-signed",
    "expired",
    "wrong-name",
    "client-certificate",
    "no-cipher",
];

const ROWS: &[Row] = &[
    ("right", "submission", StartTls, right, "", Data),
    ("right, by name", "submissions", ImplicitTls, by_name, "", Data),
    ("wrong password", "submission", StartTls, wrong_password, "auth_refused", Auth),
    ("users can't be read", "later", StartTls, right, "auth_temporary", Auth),
    ("login only behind TLS", "submission", None, right, "auth_only_after_tls", Auth),
    ("relay without login", "submission", StartTls, elsewhere_without_login, "relay_denied", Rcpt),
    ("login demanded", "login", StartTls, no_login, "authentication_required", Rcpt),
    ("sender of another user", "owned", StartTls, from_somebody_else, "sender_not_owned", Rcpt),
    ("sender that leads nowhere", "submission", StartTls, from_nowhere, "sender_domain_unknown", Rcpt),
    ("unknown recipient", "submission", StartTls, to_nobody, "recipient_unknown", Rcpt),
    ("greylisting", "grey", StartTls, no_login, "greylisted", Rcpt),
    ("too large", "small", StartTls, no_login, "message_too_large", Mail),
    ("TLS required", "tls", None, no_login, "encryption_required", Mail),
    ("STARTTLS missing", "clear", StartTls, right, "starttls_not_offered", Tls),
    ("TLS spoken to a port in clear", "submission", ImplicitTls, right, "tls_plaintext_port", Tls),
    ("clear text spoken to a port of TLS", "submissions", None, no_login, "port_expects_tls", Greeting),
    ("self-signed certificate", "self-signed", StartTls, right, "certificate_self_signed", Tls),
    ("expired certificate", "expired", ImplicitTls, right, "certificate_expired", Tls),
    ("wrong name in the certificate", "wrong-name", StartTls, right, "certificate_wrong_name", Tls),
    ("client certificate wanted", "client-certificate", StartTls, right, "tls_client_certificate", Ehlo),
    ("no common cipher", "no-cipher", StartTls, right, "tls_no_common_cipher", Tls),
    ("EHLO name", "submission", None, underscored, "ehlo_refused", Ehlo),
    ("too many connections", "busy", StartTls, right, "too_many_connections", Greeting),
];

fn from_nowhere(one: &mut Try) {
    no_login(one);
    one.mail.mail_from = address("ann@nowhere.test");
}

fn underscored(one: &mut Try) {
    no_login(one);
    "client_test".clone_into(&mut one.route.helo);
}

#[tokio::test]
async fn exim() {
    let folder = Folder::new("exim");
    let ports = Ports::free(PORTS);
    folder.certificates();
    let configuration = configure(&folder, &ports);
    let mut start = as_root(installed(PROGRAM));
    start.arg("-C").arg(configuration).arg("-bdf");
    let mut stop = as_root("sh");
    stop.arg("-c").arg(format!("kill -TERM $(cat {}/exim.pid)", folder.path().display()));
    let _service = Service::start(start, stop, &ports).await;
    // Held while the others connect.
    let greeted = TcpStream::connect(("127.0.0.1", ports.of("submission"))).await.expect("listens");
    greeted.readable().await.expect("greets");
    check("Exim", &ports, ROWS).await;
    drop(greeted);
}

fn configure(folder: &Folder, ports: &Ports) -> std::path::PathBuf {
    // None may be a part of another.
    let named = |(name, port): (&str, u16)| format!("PORT_{}_ = {port}\n", name.to_ascii_uppercase().replace('-', "_"));
    let macros = ports.all().map(named).collect::<Vec<_>>().concat();
    let all: Vec<_> = ports.all().map(|(_, port)| port.to_string()).collect();
    let text = CONFIGURATION
        .replace("$folder", &folder.path().display().to_string())
        .replace("$program", PROGRAM)
        .replace("$ports", &all.join(" : "))
        .replace("$password", PASSWORD);
    let configuration = folder.file("exim.conf", &format!("{macros}{text}"));
    // It reads no configuration that others may write, and drops its rights before it writes queue and log.
    let at = |name| folder.folder(name);
    run(as_root("chown").arg("-R").arg("Debian-exim").args([at("spool"), at("log")]));
    run(as_root("chown").arg("root:root").arg(&configuration));
    configuration
}

const CONFIGURATION: &str = r"
exim_path = $program
primary_hostname = mx.example.test
spool_directory = $folder/spool
log_file_path = $folder/log/%s.log
pid_file_path = $folder/exim.pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = $ports
tls_on_connect_ports = PORT_SUBMISSIONS_ : PORT_EXPIRED_
queue_only = true
host_lookup =
rfc1413_query_timeout = 0s
smtp_accept_max = 200
smtp_accept_max_per_host = ${if eq{$received_port}{PORT_BUSY_}{1}{200}}
message_size_limit = ${if eq{$received_port}{PORT_SMALL_}{300}{50M}}
tls_advertise_hosts = ${if eq{$received_port}{PORT_CLEAR_}{}{*}}
tls_certificate = $folder/${if eq{$received_port}{PORT_SELF_SIGNED_}{self-signed}{${if eq{$received_port}{PORT_EXPIRED_}{expired}{${if eq{$received_port}{PORT_WRONG_NAME_}{wrong-name}{good}}}}}}.pem
tls_verify_hosts = ${if eq{$received_port}{PORT_CLIENT_CERTIFICATE_}{*}{}}
tls_verify_certificates = $folder/good.pem
tls_require_ciphers = ${if eq{$received_port}{PORT_NO_CIPHER_}{NORMAL:-VERS-ALL:+VERS-TLS1.2:-CIPHER-ALL:+AES-128-CBC}{NORMAL}}
acl_smtp_mail = mail
acl_smtp_rcpt = recipient
acl_smtp_data = accept

begin acl

mail:
  deny condition = ${if eq{$received_port}{PORT_TLS_}}
       !encrypted = *
       message = TLS encryption required
  accept

recipient:
  deny condition = ${if eq{$received_port}{PORT_LOGIN_}}
       !authenticated = *
       message = SMTP AUTH is required for message submission on port 587
  deny condition = ${if eq{$received_port}{PORT_OWNED_}}
       condition = ${if !eq{$sender_address}{$authenticated_id}}
       message = <$sender_address>: not owned by user $authenticated_id
  # As the package greylistd has it.
  defer condition = ${if eq{$received_port}{PORT_GREY_}}
       message = $sender_host_address is not yet authorized to deliver mail from <$sender_address> to <$local_part@$domain>. Please try later.
  # The rest as the example configuration has it.
  require verify = sender
  accept authenticated = *
         domains = !example.test
  require message = relay not permitted
          domains = example.test
  require verify = recipient
  accept

begin routers

known:
  driver = accept
  domains = example.test
  local_parts = ann : reader : boss
  transport = box

begin transports

box:
  driver = appendfile
  file = /dev/null
  user = Debian-exim

begin authenticators

plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_advertise_condition = ${if def:tls_in_cipher}
  server_condition = ${if eq{$received_port}{PORT_LATER_}{${lookup{$auth2}lsearch{$folder/users}}}{${if and{{eq{$auth2}{ann@example.test}}{eq{$auth3}{$password}}}}}}
  server_set_id = $auth2
";
