//! API tokens: shown once, used by whoever has them, worth nothing once revoked.

use crate::harness::{World, actor, errors};
use domain::{
    Action, Failure, Role,
    token::{TokenDraft, TokenMade},
};
use service::{Actor, ApiToken};

const HOME: &str = "203.0.113.5";

async fn make(w: &World, name: &str, role: Role) -> TokenMade {
    w.service.token_create(&w.admin, TokenDraft { name: name.into(), role }).await.expect("a token")
}

async fn who(w: &World, shown: &str) -> Result<Actor, Failure> {
    w.service.token_actor(ApiToken::parse(shown).as_ref(), HOME).await
}

#[tokio::test]
async fn a_token_acts_with_its_role_under_its_name() {
    let w = World::new().await;
    for role in Role::ALL {
        let made = make(&w, role.code(), role).await;
        let someone = who(&w, made.secret.expose()).await.expect("in force");
        assert_eq!((someone.user, someone.role, someone.origin.as_str()), (None, role, HOME));
        assert_eq!(someone.name, format!("token {}", role.code()));
        let may = w.service.account_create(&someone, crate::harness::account_draft(role.code())).await;
        assert_eq!(may.is_ok(), role.may(Action::AccountsChange));
    }
    let line = ("token administrator@203.0.113.5 account.created administrator").to_owned();
    assert!(w.log().await.iter().any(|(written, _)| *written == line));
}

#[tokio::test]
async fn a_revoked_or_unknown_token_is_nobody() {
    let mut w = World::new().await;
    let made = make(&w, "CI", Role::Operator).await;
    assert!(who(&w, made.secret.expose()).await.is_ok());
    w.reopen().await.expect("restarts");
    assert!(who(&w, made.secret.expose()).await.is_ok(), "survives a restart");
    for _ in 0..2 {
        w.service.token_revoke(&w.admin, made.token.id).await.expect("revokes, and again");
    }
    let never_made = format!("postroom_{}", "A".repeat(43));
    for shown in [made.secret.expose(), &never_made, "postroom_short", ""] {
        assert_eq!(who(&w, shown).await, Err(Failure::SignedOut), "{shown}");
    }
    let listed = w.service.token_list(&w.admin).await.expect("lists");
    assert_eq!((listed.len(), listed[0].revoked_at), (1, Some(w.clock.now())), "it stays in the list");
    let log = w.log().await;
    let lines = |action: &str| log.iter().filter(|(line, _)| line.contains(action)).cloned().collect::<Vec<_>>();
    assert_eq!(lines("token.created")[0].1, "name: CI\nrole: operator");
    assert_eq!(lines("token.revoked").len(), 1);
}

#[tokio::test]
async fn names_in_force_are_unique_and_needed() {
    let w = World::new().await;
    let first = make(&w, "CI", Role::Viewer).await;
    let again = async |name: &str| {
        let draft = TokenDraft { name: name.into(), role: Role::Viewer };
        w.service.token_create(&actor(Role::Administrator), draft).await
    };
    assert_eq!(errors(again(" ci ").await), ["name:name_taken"]);
    assert_eq!(errors(again(" ").await), ["name:required"]);
    w.service.token_revoke(&w.admin, first.token.id).await.expect("revokes");
    again("ci").await.expect("free again");
}

#[tokio::test]
async fn only_its_hash_is_kept() {
    let w = World::new().await;
    let made = make(&w, "CI", Role::Viewer).await;
    let needle = made.secret.expose().as_bytes();
    for file in ["postroom.db", "postroom.db-wal"] {
        let bytes = std::fs::read(w.directory.path().join(file)).expect("reads");
        assert!(!bytes.windows(needle.len()).any(|part| part == needle), "{file}");
    }
}

#[tokio::test]
async fn its_last_use_is_noted_to_the_minute() {
    let w = World::new().await;
    let made = make(&w, "CI", Role::Viewer).await;
    let last = async || w.service.token_list(&w.admin).await.expect("lists")[0].last_used_at;
    assert_eq!(last().await, None);
    let began = w.clock.now();
    for _ in 0..3 {
        who(&w, made.secret.expose()).await.expect("in force");
        w.clock.advance(20_000);
    }
    assert_eq!(last().await, Some(began));
    who(&w, made.secret.expose()).await.expect("in force");
    assert_eq!(last().await, Some(began.plus_ms(60_000)));
}

#[tokio::test]
async fn guessing_is_slowed_and_does_not_hinder_who_has_one() {
    let w = World::new().await;
    let made = make(&w, "CI", Role::Viewer).await;
    let mut refused = 0;
    let wait = loop {
        match who(&w, "postroom_guess").await {
            Err(Failure::TooMany { retry_after_s }) => break retry_after_s,
            answer => assert_eq!(answer, Err(Failure::SignedOut)),
        }
        refused += 1;
    };
    assert_eq!((refused, wait), (30, 20));
    assert!(who(&w, made.secret.expose()).await.is_ok(), "from the same network");
    assert_eq!(w.service.token_actor(None, "198.51.100.1").await, Err(Failure::SignedOut), "another network");
    w.clock.advance(20_000);
    assert_eq!(who(&w, "postroom_guess").await, Err(Failure::SignedOut), "one more after a while");
}
