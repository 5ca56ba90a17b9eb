//! `tag=value; tag=value`, the form that DKIM, DMARC, MTA-STS and TLS-RPT have in common (RFC 6376 section 3.2).

/// The tags in their order, with blanks around names and values gone; `None` where the text has another form or a tag twice.
pub(crate) fn tags(text: &str) -> Option<Vec<(&str, &str)>> {
    let mut all: Vec<(&str, &str)> = Vec::new();
    for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=')?;
        let name = name.trim_end();
        let is_name = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') && !name.is_empty();
        if !is_name || all.iter().any(|(known, _)| *known == name) {
            return None;
        }
        all.push((name, value.trim_start()));
    }
    Some(all)
}

pub(crate) fn tag<'a>(tags: &[(&str, &'a str)], name: &str) -> Option<&'a str> {
    tags.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}

/// Whether a text record is of this version: `v=DMARC1`, and the end or a semicolon behind it.
pub(crate) fn is_version(text: &str, version: &str) -> bool {
    let Some((name, rest)) = text.split_once('=') else { return false };
    let value = rest.split(';').next().unwrap_or_default();
    name.trim() == "v" && value.trim() == version
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists() {
        let check = |text: &str, wanted: Option<&[(&str, &str)]>| assert_eq!(tags(text).as_deref(), wanted, "{text}");
        check("v=DKIM1; k = rsa ;p=AB C==;", Some(&[("v", "DKIM1"), ("k", "rsa"), ("p", "AB C==")]));
        check("", Some(&[]));
        check("v=1; p", None);
        check("p=1; p=2", None);
        check("=1", None);
        assert!(is_version("v = DMARC1 ; p=none", "DMARC1"));
        assert!(!is_version("v=DMARC12; p=none", "DMARC1"));
        assert!(!is_version("p=none; v=DMARC1", "DMARC1"));
    }
}
