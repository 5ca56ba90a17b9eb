//! Tokens that are good: by each kind of key, and to the last second of each limit.

use crate::{NOW, SECRET, claims, expected, set, shared, verify};
use passport::{Expected, key_id};
use serde_json::{Value, json};
use testkit::Signer;

#[test]
fn each_kind_of_key_is_for_its_algorithm() {
    for signer in [Signer::ed25519(), Signer::p256(), Signer::rsa()] {
        let token = signer.token("k1", &claims(json!({ "jti": "1", "colour": "red" })));
        let read = verify(&token, &set(&[signer.jwk("k1")]))
            .unwrap_or_else(|refusal| panic!("{}: {refusal:?}", signer.algorithm()));
        assert_eq!(
            (read.subject.as_str(), read.issuer.as_deref()),
            ("ana@portal.example", Some("https://portal.example"))
        );
        assert_eq!((read.issued_at_s, read.expires_at_s, read.id.as_deref()), (NOW - 10, NOW + 300, Some("1")));
        assert_eq!(read.all["colour"], "red");
    }
    let token = Signer::secret(SECRET).sign(&json!({ "alg": "HS256" }), &claims(json!({})));
    assert_eq!(verify(&token, &shared()).expect("HS256").id, None);
    assert_eq!(key_id(&token), Ok(None));
}

#[test]
fn a_signature_from_elsewhere() {
    // RFC 7515 appendix A.2.1 and A.2.2: key, header, payload and signature as printed; only its claims are not for us.
    let jwk = json!({
        "kty": "RSA",
        "n": "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ",
        "e": "AQAB",
    });
    let token = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
    assert_eq!(verify(token, &set(&[jwk])), Err(passport::Refusal::Claims), "signed well, and says nothing to us");
}

#[test]
fn limits_are_where_they_are() {
    let signer = Signer::secret(SECRET);
    let check = |changes: Value, wanted| {
        let read = verify(&signer.sign(&json!({ "alg": "HS256", "typ": "JWT" }), &claims(changes.clone())), &shared());
        assert_eq!(read.is_ok(), wanted, "{changes}: {read:?}");
    };
    // Clocks may be half a minute apart, in either direction.
    check(json!({ "exp": NOW + 1 }), true);
    check(json!({ "exp": NOW }), true);
    check(json!({ "exp": NOW - 29, "iat": NOW - 100 }), true);
    check(json!({ "exp": NOW - 30, "iat": NOW - 100 }), false);
    check(json!({ "iat": NOW + 30 }), true);
    check(json!({ "iat": NOW + 31 }), false);
    check(json!({ "nbf": NOW + 30 }), true);
    check(json!({ "nbf": NOW + 31 }), false);
    // Ten minutes at most.
    check(json!({ "iat": NOW, "exp": NOW + 600 }), true);
    check(json!({ "iat": NOW, "exp": NOW + 601 }), false);
    check(json!({ "aud": ["other", "postroom"] }), true);
    check(json!({ "sub": "é".repeat(255) }), true);
    check(json!({ "sub": "é".repeat(256) }), false);
}

#[test]
fn what_is_not_asked_for_may_be_anything() {
    let signer = Signer::secret(SECRET);
    let token = signer.sign(
        &json!({ "alg": "HS256", "typ": "jwt", "x5t": "abc", "cty": "x" }),
        &claims(json!({ "iss": "somebody", "exp": NOW + 100_000, "zoneinfo": { "deep": [1, 2.5, null, true] } })),
    );
    let anybody = Expected { issuer: None, max_life_s: None, ..expected() };
    assert_eq!(passport::verify(&token, &shared(), &anybody).expect("taken").issuer.as_deref(), Some("somebody"));
    assert!(verify(&token, &shared()).is_err());
}
