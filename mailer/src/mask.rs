//! Secrets masked in what others say: in clear and in every encoding in which they travel, whole or cut off. Holds secrets; shows none.

use crate::{
    route::{AccountLogin, Login, Route, Tunnel},
    text::{inert, urlencoded},
};
use base64::{Engine, prelude::BASE64_STANDARD, prelude::BASE64_URL_SAFE};
use secrecy::{ExposeSecret, zeroize::Zeroizing};
use std::{fmt, ops::Range};

const STARS: &str = "***";
/// One or two letters are in every reply; stars for each would say more than they hide.
const SHORTEST: usize = 3;
/// So much of a secret's beginning is masked where a text ends in the middle of it.
const SHORTEST_PIECE: usize = 4;

/// What to look for, in lower case: a server may answer in capitals.
#[derive(Clone)]
pub struct Mask(Vec<Zeroizing<String>>);

impl fmt::Debug for Mask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Mask").field(&self.0.len()).finish()
    }
}

impl Mask {
    pub fn of_route(route: &Route) -> Self {
        let password = route.login.iter().filter_map(AccountLogin::password);
        Self::of_logins(password.chain(route.tunnel.iter().flat_map(|tunnel| &tunnel.login)))
    }

    pub fn of_tunnel(tunnel: &Tunnel) -> Self {
        Self::of_logins(tunnel.login.iter())
    }

    pub fn of_login(login: &Login) -> Self {
        Self::of_logins(std::iter::once(login))
    }

    /// An access token, and all that was said with it.
    pub(crate) fn of_token(user_name: &str, token: &str, said: Zeroizing<String>) -> Self {
        Self::of_needles(forms(user_name, token).into_iter().chain([said]).collect())
    }

    /// Several secrets of one client; whose, is no secret.
    pub(crate) fn of_secrets<'a>(client: &str, secrets: impl Iterator<Item = &'a str>) -> Self {
        Self::of_needles(secrets.flat_map(|secret| forms(client, secret)).collect())
    }

    /// Looks for these too.
    pub(crate) fn learn(&mut self, more: &Self) {
        let all = self.0.iter().chain(&more.0).cloned().collect();
        *self = Self::of_needles(all);
    }

    fn of_logins<'a>(logins: impl Iterator<Item = &'a Login>) -> Self {
        Self::of_needles(logins.flat_map(|login| forms(&login.user_name, login.secret.expose_secret())).collect())
    }

    fn of_needles(mut needles: Vec<Zeroizing<String>>) -> Self {
        for needle in &mut needles {
            needle.make_ascii_lowercase();
        }
        needles.retain(|needle| needle.len() >= SHORTEST);
        needles.sort_unstable_by(|a, b| a.as_str().cmp(b));
        needles.dedup_by(|a, b| a.as_str() == b.as_str());
        Self(needles)
    }

    /// The text with stars in place of every secret.
    pub fn clean(&self, text: &str) -> String {
        if self.0.is_empty() {
            return text.to_owned();
        }
        let lower = Zeroizing::new(text.to_ascii_lowercase());
        let mut found: Vec<Range<usize>> = Vec::new();
        for needle in &self.0 {
            found.extend(lower.match_indices(needle.as_str()).map(|(at, _)| at..at + needle.len()));
            found.extend(cut_off(&lower, needle));
        }
        found.sort_unstable_by_key(|range| range.start);
        let mut shown = String::with_capacity(text.len());
        let mut end = 0;
        for range in found {
            // What overlaps or touches is one secret to the eye.
            if range.start > end || shown.is_empty() {
                shown.push_str(&text[end..range.start]);
                shown.push_str(STARS);
            }
            end = end.max(range.end);
        }
        shown.push_str(&text[end..]);
        shown
    }
}

/// The beginning of a needle at the end of a text: long lines are cut before anybody looks at them.
fn cut_off(text: &str, needle: &str) -> Option<Range<usize>> {
    let longest = needle.len().saturating_sub(1).min(text.len());
    (SHORTEST_PIECE..=longest)
        .rev()
        .filter(|length| needle.is_char_boundary(*length))
        .find(|length| text.ends_with(&needle[..*length]))
        .map(|length| text.len() - length..text.len())
}

/// Every form in which the secret travels.
fn forms(user_name: &str, secret: &str) -> Vec<Zeroizing<String>> {
    let joined = |text: String| Zeroizing::new(text);
    let plain = joined(format!("\0{user_name}\0{secret}"));
    let basic = joined(format!("{user_name}:{secret}"));
    let bearer = joined(format!("user={user_name}\u{1}auth=Bearer {secret}\u{1}\u{1}"));
    let escaped = joined(secret.replace('\\', "\\\\").replace('"', "\\\""));
    let mut all = vec![joined(secret.to_owned()), joined(inert(secret.as_bytes())), escaped, urlencoded(secret)];
    for whole in [plain.as_bytes(), basic.as_bytes(), bearer.as_bytes(), secret.as_bytes()] {
        all.push(joined(BASE64_STANDARD.encode(whole)));
    }
    // Inside of anything else that is encoded: three ways in which its bytes can fall.
    for offset in 0..3 {
        for encoded in [encode_at(offset, secret, true), encode_at(offset, secret, false)] {
            all.extend(encoded.filter(|piece| piece.len() >= SHORTEST_PIECE));
        }
    }
    all
}

/// The characters of a base64 text that the secret alone decides where it begins so many bytes after a group.
fn encode_at(offset: usize, secret: &str, standard: bool) -> Option<Zeroizing<String>> {
    let mut bytes = Zeroizing::new(vec![0_u8; offset]);
    bytes.extend_from_slice(secret.as_bytes());
    let engine = if standard { &BASE64_STANDARD } else { &BASE64_URL_SAFE };
    let encoded = Zeroizing::new(engine.encode(bytes.as_slice()));
    let first = [0, 2, 3].get(offset).copied()?;
    let last = bytes.len() * 8 / 6;
    encoded.get(first..last).map(|piece| Zeroizing::new(piece.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mask(user: &str, secret: &str) -> Mask {
        Mask::of_login(&Login { user_name: user.into(), secret: secret.into() })
    }

    #[test]
    fn every_form_is_masked() {
        let mask = mask("ann", "s3cret \"x\" wörd");
        let encode = |text: &str| BASE64_STANDARD.encode(text);
        for (text, shown) in [
            ("535 no".to_owned(), "535 no"),
            ("501 s3cret \"x\" wörd here".to_owned(), "501 *** here"),
            ("501 S3CRET \"X\" WöRD here".to_owned(), "501 *** here"),
            (r#"{"p":"s3cret \"x\" wörd"}"#.to_owned(), r#"{"p":"***"}"#),
            (format!("501 {} here", encode("\0ann\0s3cret \"x\" wörd")), "501 *** here"),
            (format!("501 {} here", encode("s3cret \"x\" wörd")), "501 *** here"),
            (format!("501 {} here", encode("user=ann\u{1}auth=Bearer s3cret \"x\" wörd\u{1}\u{1}")), "501 *** here"),
            ("501 cut at s3cret \"x".to_owned(), "501 cut at ***"),
            ("s3cret \"x\" wörds3cret \"x\" wörd".to_owned(), "***"),
        ] {
            assert_eq!(mask.clean(&text), shown, "{text}");
        }
        for prefix in ["", "a", "ab", "abc"] {
            let shown = mask.clean(&encode(&format!("{prefix}s3cret \"x\" wörd, and more")));
            assert!(shown.contains(STARS), "{prefix}: {shown}");
            for at in 0..4 {
                assert!(!shown.contains(&encode("s3cret \"x\"")[at..at + 6]), "{prefix}: {shown}");
            }
        }
    }

    #[test]
    fn what_was_made_inert_is_masked_as_it_is_shown() {
        let mask = mask("ann", "pass\u{200b}word");
        assert_eq!(mask.clean(&inert("501 pass\u{200b}word".as_bytes())), "501 ***");
    }

    #[test]
    fn what_is_learnt_later_is_masked_too() {
        let mut mask = mask("ann", "s3cret");
        let said = BASE64_STANDARD.encode("n,a=ann,\u{1}auth=Bearer t0ken+x/y==\u{1}\u{1}");
        mask.learn(&Mask::of_token("ann", "t0ken+x/y==", said.clone().into()));
        for (text, shown) in [
            ("501 s3cret t0ken+x/y== here".to_owned(), "501 *** *** here"),
            ("501 t0ken%2Bx%2Fy%3D%3D".to_owned(), "501 ***"),
            (format!("501 {said} here"), "501 *** here"),
            ("501 cut at t0ken+".to_owned(), "501 cut at ***"),
        ] {
            assert_eq!(mask.clean(&text), shown);
        }
    }

    #[test]
    fn nothing_to_hide_changes_nothing() {
        let none = Mask::of_logins(std::iter::empty());
        assert_eq!(none.clean("250 anything ***"), "250 anything ***");
        assert_eq!(mask("a", "xy").clean("250 xy"), "250 xy");
    }
}
