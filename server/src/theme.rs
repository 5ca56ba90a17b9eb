//! The operator's theme: a file of properties, checked at start and served as a style sheet of custom properties.

use crate::router::AppState;
use axum::{
    body::Body,
    extract::State,
    http::{HeaderValue, Response, StatusCode, header},
};
use domain::portal::theme;
use sha2::{Digest as _, Sha256};
use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

/// More is no theme.
const MAX_BYTES: u64 = 16 * 1024;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    css: String,
    /// Changes with the content, so that browsers ask anew.
    pub version: String,
}

/// Properties by their names, without the prefix `--postroom-`.
pub fn read(path: &Path) -> Result<Theme, String> {
    let broken = |why: String| format!("{}: {why}", path.display());
    let size = fs::metadata(path).map_err(|error| broken(error.to_string()))?.len();
    if size > MAX_BYTES {
        return Err(broken(format!("{size} bytes are no theme; {MAX_BYTES} at most")));
    }
    let text = fs::read_to_string(path).map_err(|error| broken(error.to_string()))?;
    parse(&text).map_err(broken)
}

fn parse(text: &str) -> Result<Theme, String> {
    let properties: BTreeMap<String, String> =
        serde_json::from_str(text).map_err(|error| format!("not an object of texts: {error}"))?;
    let mut css = String::from(":root {\n");
    for (name, value) in &properties {
        if theme::kind(name).is_none() {
            return Err(format!("there is no theme property '{name}'"));
        }
        if value.trim().is_empty() || !theme::is_plain(value) {
            return Err(format!("{name}: the value is no plain colour, length or font"));
        }
        // Writing to a string can't fail.
        let _ = writeln!(css, "  --postroom-{name}: {value};");
    }
    css.push_str("}\n");
    let version = hex::encode(Sha256::digest(&css).get(..8).unwrap_or_default());
    Ok(Theme { css, version })
}

pub async fn css(State(state): State<AppState>) -> Response<Body> {
    let Some(theme) = &state.site.theme else {
        let mut missing = Response::new(Body::from("no such file"));
        *missing.status_mut() = StatusCode::NOT_FOUND;
        return missing;
    };
    let mut response = Response::new(Body::from(theme.css.clone()));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_is_an_object_of_known_properties() {
        let theme = parse(r##"{"accent": "#7a1fa2", "radius": "4px"}"##).expect("a theme");
        assert_eq!(theme.css, ":root {\n  --postroom-accent: #7a1fa2;\n  --postroom-radius: 4px;\n}\n");
        for (wrong, begins) in [
            ("", "not an object"),
            ("[]", "not an object"),
            (r#"{"accent": 7}"#, "not an object"),
            (r#"{"colour": "red"}"#, "there is no theme property 'colour'"),
            (r#"{"accent": "red; } body { display: none"}"#, "accent: "),
            (r#"{"accent": "url(//evil.example)"}"#, "accent: "),
            (r#"{"accent": " "}"#, "accent: "),
        ] {
            let why = parse(wrong).expect_err(wrong);
            assert!(why.starts_with(begins), "{wrong}: {why}");
        }
    }
}
