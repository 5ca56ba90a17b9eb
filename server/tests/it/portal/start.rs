//! W27: no key that everybody knows, and no half of a sign-in: the start stops with one line.

use super::ORIGIN;
use crate::harness::{Server, command};
use std::{path::Path, sync::Arc};
use tempfile::TempDir;

/// The one line that says why there is no start.
async fn stopped(folder: &Path, variables: &[(&str, &str)]) -> String {
    let output = command(folder).envs(variables.iter().copied()).output().await.expect("runs");
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let lines: Vec<_> = text.lines().filter(|line| line.starts_with("postroom: ")).collect();
    assert_eq!((output.status.code(), lines.len()), (Some(1), 1), "{variables:?}: {text}");
    assert!(!folder.join("data/postroom.db").exists(), "nothing was made");
    lines[0].to_owned()
}

#[tokio::test]
async fn w27_a_secret_that_is_none_stops_the_start() {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("secret");
    let repeated = "x".repeat(64);
    for (secret, says) in [
        ("", "shorter than 32"),
        ("\n", "shorter than 32"),
        ("too short", "shorter than 32"),
        ("kZ3vQ9yL1mT7xW5cR8nB2sJ4fH6dG0p\n", "shorter than 32"),
        (&repeated, "over and over"),
        ("abababababababababababababababababab", "over and over"),
        ("a-string-secret-at-least-256-bits-long", "example"),
        ("CHANGE_ME_TO_A_COMPLEX_RANDOM_SECRET", "example"),
        ("your-256-bit-secret-your-256-bit-key", "example"),
    ] {
        std::fs::write(&file, secret).expect("writes");
        let embed = [("POSTROOM_EMBED_ORIGINS", ORIGIN), ("POSTROOM_EMBED_SECRET_FILE", "secret")];
        let proxy = [
            ("POSTROOM_TRUSTED_PROXIES", "127.0.0.1"),
            ("POSTROOM_PROXY_USER_HEADER", "x-user"),
            ("POSTROOM_PROXY_SECRET_FILE", "secret"),
        ];
        for (variables, names) in [(&embed[..], "POSTROOM_EMBED_SECRET_FILE"), (&proxy, "POSTROOM_PROXY_SECRET_FILE")] {
            let line = stopped(folder.path(), variables).await;
            assert!(line.contains(says) && line.contains(names), "{secret:?}: {line}");
            assert!(secret.trim().is_empty() || !line.contains(secret.trim()), "{line}");
        }
    }
}

#[tokio::test]
async fn w27_a_key_set_without_a_key_stops_the_start() {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("keys.json");
    let private =
        r#"{"keys":[{"kty":"OKP","crv":"Ed25519","d":"AA","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#;
    for (set, says) in [
        ("", "not a JSON Web Key Set"),
        ("{}", "not a JSON Web Key Set"),
        (r#"{"keys":[]}"#, "holds no key"),
        (r#"{"keys":[{"kty":"oct","k":"a1ozdlE5eUwxbVQ3eFc1Y1I4bkIyc0o0Zkg2ZEcwcEE"}]}"#, "holds no key"),
        (private, "private key"),
    ] {
        std::fs::write(&file, set).expect("writes");
        let variables = [("POSTROOM_EMBED_ORIGINS", ORIGIN), ("POSTROOM_EMBED_JWKS", "keys.json")];
        let line = stopped(folder.path(), &variables).await;
        assert!(
            line.contains(says) && line.contains("POSTROOM_EMBED_JWKS") && line.contains("keys.json"),
            "{set}: {line}"
        );
    }
}

#[tokio::test]
async fn half_a_sign_in_stops_the_start() {
    let folder = TempDir::new().expect("a folder");
    for (variables, names) in [
        (&[("POSTROOM_EMBED_SECRET_FILE", "no-such-file")][..], "POSTROOM_EMBED_ORIGINS"),
        (&[("POSTROOM_EMBED_ORIGINS", ORIGIN), ("POSTROOM_EMBED_SECRET_FILE", "no-such-file")], "no-such-file"),
        (&[("POSTROOM_EMBED_ORIGINS", ORIGIN), ("POSTROOM_EMBED_JWKS", "http://x.example/k")], "POSTROOM_EMBED_JWKS"),
        (&[("POSTROOM_EMBED_ORIGINS", "https://*.example")], "POSTROOM_EMBED_ORIGINS"),
        (&[("POSTROOM_EMBED_ORIGINS", "null")], "POSTROOM_EMBED_ORIGINS"),
        (&[("POSTROOM_EMBED_AUDIENCE", "x")], "POSTROOM_EMBED_AUDIENCE"),
        (&[("POSTROOM_PROXY_USER_HEADER", "x-user")], "POSTROOM_TRUSTED_PROXIES"),
        (&[("POSTROOM_PROXY_ROLE_HEADER", "x-role")], "POSTROOM_PROXY_USER_HEADER"),
        (&[("POSTROOM_TRUSTED_PROXIES", "0.0.0.0/0")], "POSTROOM_TRUSTED_PROXIES"),
    ] {
        let line = stopped(folder.path(), variables).await;
        assert!(line.contains(names), "{line}");
    }
}

/// An address of keys that does not answer is no reason not to start.
#[tokio::test]
async fn an_address_of_keys_may_answer_later() {
    let folder = Arc::new(TempDir::new().expect("a folder"));
    let variables = [("POSTROOM_EMBED_ORIGINS", ORIGIN), ("POSTROOM_EMBED_JWKS", "https://127.0.0.1:9/keys")];
    let server = Server::start_with(folder, &variables).await;
    let (status, body) = super::exchange(&server, &super::token(serde_json::json!({})), ORIGIN, None).await;
    assert_eq!((status, &body["failure"]["refused"]["params"][0]), (401, &serde_json::json!("key")));
    assert!(server.logs("the portal's keys can't be fetched").await);
}
