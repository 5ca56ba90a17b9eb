//! What an account trusts beside the machine's authorities: an authority of its own, or one certificate and no other.

use crate::support::*;
use domain::{
    Certificates,
    account::{AccountDraft, Security},
    diagnosis::Remedy,
    session_test::{Outcome, Step, TestDone},
};
use testkit::{Authority, Identity, Leaf, Protection, SinkOptions, SmtpSink};

/// An account that is checked as a window would send it.
fn draft() -> AccountDraft {
    let address = || "a@example.com".to_owned();
    AccountDraft {
        name: "A".into(),
        sender: address(),
        reply_to: address(),
        return_path: address(),
        confirmation: address(),
        host: "localhost".into(),
        ..AccountDraft::default()
    }
}

async fn sink(identity: &Identity) -> SmtpSink {
    let tls = Some(identity.config());
    let options =
        SinkOptions { protection: Protection::Implicit, tls, login: Some(sink_login()), ..Default::default() };
    SmtpSink::start(options).await
}

async fn tried(sink: &SmtpSink, draft: &AccountDraft) -> TestDone {
    let account = draft.parse().expect("valid");
    let mut route = route(sink.port(), Security::ImplicitTls);
    route.host = account.host.clone();
    route.certificate = account.certificate_check().into();
    route.login = Some(login());
    run(&route).await.done
}

fn remedies(done: &TestDone) -> Vec<Remedy> {
    done.diagnosis.as_ref().map(|diagnosis| diagnosis.remedies.clone()).unwrap_or_default()
}

fn code(done: &TestDone) -> &str {
    done.diagnosis.as_ref().map_or("", |diagnosis| diagnosis.code.as_str())
}

/// Fails with that code, offers those remedies, and each of them, applied, lets the mail through.
async fn check(identity: Identity, failing: &str, offered: &[&str]) {
    let sink = sink(&identity).await;
    let done = tried(&sink, &draft()).await;
    assert_eq!((done.outcome, done.stage, code(&done)), (Outcome::Failed, Some(Step::Tls), failing));
    assert_eq!(sink.messages(), []);
    let remedies = remedies(&done);
    assert_eq!(remedies.iter().map(|remedy| remedy.code.as_str()).collect::<Vec<_>>(), offered, "{failing}");
    for remedy in remedies {
        let shown = remedy.certificate.as_ref().expect("what is trusted is shown");
        assert_eq!((shown.fingerprint.len(), shown.pem.as_str()), (95, ""));
        let mut draft = AccountDraft { ignore_certificate_errors: true, ..draft() };
        remedy.proposal.apply(&mut draft);
        assert!(!draft.ignore_certificate_errors && remedy.proposal.holds(&draft), "{}", remedy.code);
        assert_eq!(tried(&sink, &draft).await.outcome, Outcome::Delivered, "{failing} {}", remedy.code);
    }
}

#[tokio::test]
async fn f55_a_private_authority_is_trusted_or_its_certificate_pinned() {
    let private = Authority::new("Private CA");
    check(private.issue(Leaf::Good).with(&private), "certificate_unknown_issuer", &["trust_ca", "pin_certificate"])
        .await;
}

#[tokio::test]
async fn f57_a_self_signed_certificate_is_pinned() {
    check(Identity::self_signed(false), "certificate_self_signed", &["pin_certificate"]).await;
}

#[tokio::test]
async fn f58_an_authority_used_by_a_server_is_pinned_and_trusting_it_does_not_help() {
    check(Identity::self_signed(true), "certificate_self_signed_ca", &["pin_certificate"]).await;
    let identity = Identity::self_signed(true);
    let sink = sink(&identity).await;
    let trusting = AccountDraft { trusted_ca: Certificates::of_der(&identity.certificate()), ..draft() };
    assert_eq!(code(&tried(&sink, &trusting).await), "certificate_self_signed_ca");
}

#[tokio::test]
async fn a_certificate_for_another_name_can_be_pinned() {
    let identity = TRUSTED.issue(Leaf::NoNames);
    check(identity, "certificate_wrong_name", &["pin_certificate"]).await;
}

#[tokio::test]
async fn f56_a_missing_intermediate_can_be_added() {
    let intermediate = TRUSTED.intermediate("Between", None);
    let sink = sink(&intermediate.issue(Leaf::Good)).await;
    let done = tried(&sink, &draft()).await;
    assert_eq!(code(&done), "certificate_unknown_issuer");
    assert_eq!(remedies(&done).iter().map(|remedy| remedy.code.as_str()).collect::<Vec<_>>(), ["pin_certificate"]);
    let added = AccountDraft { trusted_ca: intermediate.pem().to_owned(), ..draft() };
    assert_eq!(tried(&sink, &added).await.outcome, Outcome::Delivered);
}

#[tokio::test]
async fn f63_another_certificate_than_the_pinned_one_is_refused_with_both_fingerprints() {
    let (first, second) = (TRUSTED.issue(Leaf::Good), TRUSTED.issue(Leaf::Good));
    let pin = |identity: &Identity| {
        let digest = ring::digest::digest(&ring::digest::SHA256, &identity.certificate());
        digest.as_ref().iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":")
    };
    let pinned = AccountDraft { pinned_certificate: pin(&first), ..draft() };
    let sink = sink(&second).await;
    let done = tried(&sink, &pinned).await;
    let diagnosis = done.diagnosis.clone().expect("a diagnosis");
    assert_eq!((diagnosis.code.as_str(), diagnosis.stage), ("certificate_not_pinned", Step::Tls));
    assert_eq!(diagnosis.params, [pin(&second), pin(&first)]);
    assert_eq!(sink.messages(), []);
    let mut draft = pinned;
    remedies(&done)[0].proposal.apply(&mut draft);
    assert_eq!(tried(&sink, &draft).await.outcome, Outcome::Delivered);
}

#[tokio::test]
async fn a_private_authority_does_not_excuse_a_wrong_name_or_an_old_certificate() {
    let private = Authority::new("Private CA");
    for (leaf, wanted) in [(Leaf::WrongName, "certificate_wrong_name"), (Leaf::Expired, "certificate_expired")] {
        let sink = sink(&private.issue(leaf)).await;
        let trusting = AccountDraft { trusted_ca: private.pem().to_owned(), ..draft() };
        assert_eq!(code(&tried(&sink, &trusting).await), wanted);
    }
}
