//! What somebody who is not signed in gets. Sessions, guesses and roles are in `web`.

use crate::harness::{PASSWORD, Server};

#[tokio::test]
async fn who_is_not_signed_in_is_sent_to_sign_in_and_back() {
    let (server, _session) = Server::with_administrator().await;
    let anonymous = server.anonymous();
    let sent = anonymous.get("/settings/email/smtp?name=a%26b").await;
    assert_eq!(sent.status(), 303);
    assert_eq!(sent.headers()["location"], "/sign-in?next=%2Fsettings%2Femail%2Fsmtp%3Fname%3Da%2526b");
    let form = [("user_name", "root"), ("password", PASSWORD), ("next", "/settings/email/smtp?name=a%26b")];
    let back = anonymous.form("/sign-in", &form).await;
    assert_eq!(back.headers()["location"], "/settings/email/smtp?name=a%26b");
    let evil = [("user_name", "root"), ("password", PASSWORD), ("next", "//evil.example/")];
    assert_eq!(anonymous.form("/sign-in", &evil).await.headers()["location"], "/settings/email/smtp");
}
