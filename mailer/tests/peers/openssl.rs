//! OpenSSL's own server shows certificates that the tests' library refuses to show: too old, too short, too weak.

use crate::{
    service::{Folder, Ports, Service, installed, run},
    support::{budget, login, outgoing, policy, route, run_with},
};
use domain::{
    account::Security::ImplicitTls,
    session_test::{Outcome, Step, TestMode::Send},
};
use mailer::{Mailer, roots_from_pem};
use std::{fs, process::Command};
use tokio_util::sync::CancellationToken;

const PROGRAM: &str = "/usr/bin/openssl";
/// Without a file of extensions a certificate is of version 1.
const EXTENSIONS: &str = "subjectAltName = DNS:localhost, IP:127.0.0.1\nextendedKeyUsage = serverAuth\n";

fn openssl(folder: &Folder, arguments: &str) -> Command {
    let mut command = Command::new(installed(PROGRAM));
    command.current_dir(folder.path()).args(arguments.split(' '));
    command
}

/// A certificate that an authority has issued for a key of this kind, in this way; what the mailer makes of it.
async fn check(name: &str, key: &str, signed: &str, code: &str, shown: &str) {
    let folder = Folder::new(name);
    folder.file("extensions", EXTENSIONS);
    folder.file("unknown", &format!("{EXTENSIONS}1.3.6.1.4.1.99999.1 = critical, ASN1:NULL\n"));
    let authority = "req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 30 -subj /CN=CA";
    run(&mut openssl(&folder, authority));
    run(&mut openssl(&folder, &format!("req -new {key} -nodes -keyout leaf.key -out leaf.csr -subj /CN=localhost")));
    let issue = "x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out leaf.pem -days 30";
    run(&mut openssl(&folder, &format!("{issue} {signed}")));
    let roots = roots_from_pem(&fs::read(folder.path().join("ca.pem")).expect("written")).expect("an authority");

    let ports = Ports::free(&["tls"]);
    let at = format!("127.0.0.1:{}", ports.of("tls"));
    let start = format!("s_server -accept {at} -cert leaf.pem -key leaf.key -cipher ALL:@SECLEVEL=0 -rev");
    let _service = Service::start(openssl(&folder, &start), None, &ports).await;
    let mut route = route(ports.of("tls"), ImplicitTls);
    route.login = Some(login());
    let mailer = Mailer::with_extra_roots(policy(), roots);
    let ran = run_with(&mailer, &route, &outgoing(), Send, budget(), &CancellationToken::new()).await;
    // In the handshake: nothing was said yet.
    let got = (ran.done.outcome, ran.meaning(), ran.stage());
    assert_eq!(got, (Outcome::Failed, code, Some(Step::Tls)), "{ran:#?}");
    assert_eq!(ran.certificates()[0].key, shown, "the chain is shown");
    assert_eq!(ran.transcript(), [""; 0]);
}

const EC: &str = "-newkey ec -pkeyopt ec_paramgen_curve:P-256";

#[tokio::test]
async fn f59_a_certificate_of_version_1() {
    check("x509-v1", EC, "-sha256", "certificate_outdated_format", "EC P-256").await;
}

#[tokio::test]
async fn f60_a_key_of_1024_bits() {
    let code = "certificate_key_too_short";
    check("rsa-1024", "-newkey rsa:1024", "-sha256 -extfile extensions", code, "RSA 1024").await;
}

#[tokio::test]
async fn f62_a_critical_extension_that_nobody_knows() {
    check("extension", EC, "-sha256 -extfile unknown", "certificate_unknown_extension", "EC P-256").await;
}

#[tokio::test]
async fn f60_a_signature_with_sha1() {
    check("sha-1", EC, "-sha1 -extfile extensions", "certificate_signed_with_sha1", "EC P-256").await;
}
