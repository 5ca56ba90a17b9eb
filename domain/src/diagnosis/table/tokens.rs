//! What is said about OAuth: by mail servers to a token, and by those who issue tokens. Data only; the order matters.

use super::{FaultClass, Row, one, row};
use FaultClass::{Permanent, Settings, Temporary};

/// Mail servers on a token that they refuse. Apart from the rest: their words are often those for a wrong password, and
/// mean another thing here. What no row knows is a refused token.
pub static TOKEN_ROWS: &[Row] = &[
    row(&[], &[], &[], &["smtpclientauthentication is disabled"], "smtp_auth_disabled", Permanent),
    row(&[], &[], &[], &["did not meet the criteria", "security defaults"], "security_defaults", Permanent),
    row(&[], &[], &[one(7, 139)], &[], "security_defaults", Permanent),
    // Before Exchange's general one: a token that is wrong in itself is told in the challenge.
    row(
        &[],
        &[],
        &[],
        &[
            "\"status\":\"400\"",
            "\"status\": \"400\"",
            "\"status\":\"401\"",
            "\"status\": \"401\"",
            "invalid_token",
            "username and password not accepted",
        ],
        "oauth_token_refused",
        Permanent,
    ),
    row(&[], &[535], &[one(7, 3)], &[], "oauth_mailbox_denied", Permanent),
    row(&[], &[503], &[], &[], "auth_only_after_tls", Settings),
    row(&[], &[], &[], &["too many login attempts", "too many auth commands"], "auth_too_many_attempts", Temporary),
];

/// Token endpoints that refuse: Microsoft's own codes, Google's words, then the codes of RFC 6749 section 5.2, which both share.
pub static ENDPOINT_ROWS: &[Row] = &[
    row(&[], &[], &[], &["aadsts7000215", "aadsts7000222"], "token_client_secret", Permanent),
    row(&[], &[], &[], &["aadsts700016", "aadsts90002"], "token_unknown_app", Permanent),
    row(&[], &[], &[], &["aadsts65001"], "token_consent", Permanent),
    row(
        &[],
        &[],
        &[],
        &["invalid jwt", "invalid email or user id", "not a valid email", "account not found"],
        "token_assertion",
        Permanent,
    ),
    row(&[], &[], &[], &["invalid_grant", "expired or revoked"], "token_revoked", Permanent),
    row(&[], &[], &[], &["invalid_client"], "token_client_refused", Permanent),
    row(&[], &[], &[], &["unauthorized_client", "unsupported_grant_type"], "token_grant_refused", Permanent),
    row(&[], &[], &[], &["invalid_scope"], "token_scope", Permanent),
];
