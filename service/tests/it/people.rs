//! Signing in, sessions, users, the first start.

use crate::harness::{World, errors, refusal};
use domain::{
    Failure, Role, Secret, UserId,
    user::{User, UserDraft},
};
use service::{Actor, SessionToken};

const HOME: &str = "203.0.113.5";
const HOUR: i64 = 3_600_000;

/// What is changed, whether the session survives it, and how.
type Change = (&'static str, bool, fn(&mut UserDraft));

fn password() -> Secret {
    Secret::new("correct horse")
}

async fn user(w: &World, name: &str, role: Role) -> User {
    w.service.user_create_from_command_line(name, role, &password()).await.expect("a user")
}

async fn sign_in(w: &World, name: &str) -> SessionToken {
    w.service.sign_in(name, &password(), HOME).await.expect("signs in")
}

async fn who(w: &World, token: &SessionToken) -> Option<Actor> {
    w.service.actor(token, HOME).await.expect("answers")
}

fn edit(user: &User, change: impl FnOnce(&mut UserDraft)) -> UserDraft {
    let mut draft = UserDraft::from(user);
    change(&mut draft);
    draft
}

#[tokio::test]
async fn w40_the_first_start_makes_one_administrator_once() {
    let mut w = World::new().await;
    let old = w.service.setup_token().await.expect("answers").expect("nobody yet");
    w.reopen().await.expect("restarts");
    let token = w.service.setup_token().await.expect("answers").expect("still nobody");
    assert_ne!(old, token);
    assert!(w.service.setup_is_open().await.expect("answers"));
    let complete =
        async |token: &str, password: &str| w.service.setup_complete(token, "Ann", &Secret::new(password), HOME).await;
    for wrong in [old.as_str(), "", "x"] {
        assert_eq!(refusal(complete(wrong, "correct horse").await).0, "setup_token", "{wrong}");
    }
    assert_eq!(errors(complete(&token, "short").await), ["password:password_short"]);
    let session = complete(&token, "correct horse").await.expect("the first administrator");
    let ann = who(&w, &session).await.expect("signed in");
    assert_eq!((ann.name.as_str(), ann.role), ("Ann", Role::Administrator));
    assert_eq!(refusal(complete(&token, "correct horse").await).0, "setup_closed", "dead after use");
    assert_eq!(w.service.setup_token().await, Ok(None));
    assert!(!w.service.setup_is_open().await.expect("answers"));
    let files = std::fs::read(w.directory.path().join("postroom.db-wal")).expect("reads");
    assert!(!files.windows(token.len()).any(|part| part == token.as_bytes()), "only its hash is kept");
}

#[tokio::test]
async fn w38_unknown_disabled_and_wrong_are_told_the_same() {
    let w = World::new().await;
    user(&w, "admin", Role::Administrator).await;
    let bob = user(&w, "Bob", Role::Viewer).await;
    assert!(who(&w, &sign_in(&w, " BOB ").await).await.is_some(), "names are compared folded");
    let off = edit(&bob, |u| u.enabled = false);
    w.service.user_update(&w.admin, bob.id, bob.version, off).await.expect("disables");
    let wrong = Secret::new("wrong horse!");
    for (name, password) in [("bob", password()), ("nobody", password()), ("admin", wrong)] {
        let answer = w.service.sign_in(name, &password, HOME).await;
        assert_eq!(refusal(answer), ("credentials".to_owned(), vec![]), "{name}");
    }
    let typed: Vec<_> =
        w.log().await.into_iter().filter(|(line, _)| line.contains("session.refused")).map(|(line, _)| line).collect();
    let line = |name: &str| format!("@{HOME} session.refused {name}");
    assert_eq!(typed, [line("Bob"), line(""), line("admin")], "what is no user's name is not written down");
}

#[tokio::test]
async fn w38_guessing_is_slowed_for_the_guesser() {
    let w = World::new().await;
    user(&w, "ann", Role::Administrator).await;
    sign_in(&w, "ann").await;
    let guess = async |origin: &str| w.service.sign_in("ann", &Secret::new("a wrong guess"), origin).await;
    let mut refused = 0;
    let retry_after_s = loop {
        match guess("192.0.2.66").await {
            Err(Failure::TooMany { retry_after_s }) => break retry_after_s,
            answer => assert_eq!(refusal(answer).0, "credentials"),
        }
        refused += 1;
    };
    assert_eq!((refused, retry_after_s), (10, 60));
    let right = w.service.sign_in("ann", &password(), "192.0.2.66").await;
    assert_eq!(right.err(), Some(Failure::TooMany { retry_after_s: 60 }), "not even looked at");
    assert!(matches!(guess("198.51.100.7").await, Err(Failure::TooMany { .. })), "nor from another network");
    sign_in(&w, "ann").await;
    w.clock.advance(60_000);
    assert_eq!(refusal(guess("192.0.2.66").await).0, "credentials", "one more after a minute");
    assert!(matches!(guess("192.0.2.66").await, Err(Failure::TooMany { .. })));
}

#[tokio::test]
async fn w35_sessions_survive_a_restart_and_end_in_time() {
    let mut w = World::new().await;
    user(&w, "ann", Role::Operator).await;
    let token = sign_in(&w, "ann").await;
    w.reopen().await.expect("restarts");
    assert!(who(&w, &token).await.is_some());
    // Used now and then, it lasts seven days and no longer.
    for _ in 0..15 {
        w.clock.advance(11 * HOUR);
        assert!(who(&w, &token).await.is_some());
    }
    w.clock.advance(3 * HOUR);
    assert!(who(&w, &token).await.is_none(), "absolute");
    let token = sign_in(&w, "ann").await;
    w.clock.advance(12 * HOUR);
    assert!(who(&w, &token).await.is_none(), "idle");
    let token = sign_in(&w, "ann").await;
    w.service.sign_out(&token).await.expect("signs out");
    assert!(who(&w, &token).await.is_none(), "signed out");
    let other = SessionToken::parse(&"A".repeat(43)).expect("shaped");
    assert!(who(&w, &other).await.is_none());
}

#[tokio::test]
async fn w33_w36_what_an_administrator_changes_ends_sessions_at_once() {
    let w = World::new().await;
    user(&w, "admin", Role::Administrator).await;
    let mut bob = user(&w, "bob", Role::Viewer).await;
    let changes: [Change; 5] = [
        ("name", true, |u| u.name = "bobby".into()),
        ("name back", true, |u| u.name = "bob".into()),
        ("role", false, |u| u.role = Role::Operator),
        ("password", false, |u| u.password = Some(password())),
        ("disabled", false, |u| u.enabled = false),
    ];
    for (what, survives, change) in changes {
        let token = sign_in(&w, bob.name.as_str()).await;
        bob = w.service.user_get(&w.admin, bob.id).await.expect("there");
        bob = w.service.user_update(&w.admin, bob.id, bob.version, edit(&bob, change)).await.expect(what);
        assert_eq!(who(&w, &token).await.is_some(), survives, "{what}");
    }
    let enabled = w.service.user_update(&w.admin, bob.id, bob.version, edit(&bob, |u| u.enabled = true)).await;
    enabled.expect("enables");
    let token = sign_in(&w, "bob").await;
    w.service.user_delete(&w.admin, bob.id).await.expect("deletes");
    assert!(who(&w, &token).await.is_none(), "deleted");
}

#[tokio::test]
async fn w36_a_disabled_user_is_nobody_even_with_a_session_left() {
    let w = World::new().await;
    user(&w, "admin", Role::Administrator).await;
    let bob = user(&w, "bob", Role::Viewer).await;
    let token = sign_in(&w, "bob").await;
    let mut tx = w.by_hand().await.write().await.expect("writes");
    assert!(tx.user_update(bob.id, bob.version, &bob.name, bob.role, false).await.expect("writes"));
    tx.commit().await.expect("commits");
    assert!(who(&w, &token).await.is_none());
}

#[tokio::test]
async fn w33_a_new_password_ends_the_other_sessions() {
    let w = World::new().await;
    user(&w, "ann", Role::Viewer).await;
    let (here, elsewhere) = (sign_in(&w, "ann").await, sign_in(&w, "ann").await);
    let ann = who(&w, &here).await.expect("signed in");
    let change = async |current: &str, new: &str| {
        w.service.password_change(&ann, &Secret::new(current), &Secret::new(new)).await
    };
    assert_eq!(errors(change("wrong", "another horse").await), ["current:password_wrong"]);
    assert_eq!(errors(change("correct horse", "short").await), ["new:password_short"]);
    change("correct horse", "another horse").await.expect("changes");
    assert!(who(&w, &here).await.is_some());
    assert!(who(&w, &elsewhere).await.is_none());
    assert_eq!(refusal(w.service.sign_in("ann", &password(), HOME).await).0, "credentials");
    w.service.sign_in("ann", &Secret::new("another horse"), HOME).await.expect("the new one");
}

#[tokio::test]
async fn an_administrator_is_always_left() {
    let w = World::new().await;
    let ann = user(&w, "ann", Role::Administrator).await;
    let last = ("last_administrator".to_owned(), vec![]);
    let update = async |user: &User, change: fn(&mut UserDraft)| {
        w.service.user_update(&w.admin, user.id, user.version, edit(user, change)).await
    };
    assert_eq!(refusal(update(&ann, |u| u.enabled = false).await), last);
    assert_eq!(refusal(update(&ann, |u| u.role = Role::Operator).await), last);
    assert_eq!(refusal(w.service.user_delete(&w.admin, ann.id).await), last);
    let bob = user(&w, "bob", Role::Administrator).await;
    update(&ann, |u| u.enabled = false).await.expect("another is left");
    assert_eq!(refusal(w.service.user_delete(&w.admin, bob.id).await), last, "a disabled one does not count");
    let stale = w.service.user_update(&w.admin, bob.id, 9, UserDraft::from(&bob)).await;
    assert_eq!(stale, Err(Failure::Conflict { version: 1 }));
    assert_eq!(w.service.user_get(&w.admin, UserId(77)).await, Err(Failure::NotFound));
    let twice = w.service.user_create_from_command_line("BOB", Role::Viewer, &password()).await;
    assert_eq!(errors(twice), ["name:name_taken"]);
}
