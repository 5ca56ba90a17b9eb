//! The organisational domain (RFC 7489 section 3.2): one label more than what the public suffix list has.

/// `example.co.uk` of `mail.example.co.uk`; the name itself where it is a public suffix.
pub fn organisational_domain(domain: &str) -> String {
    let domain = domain.trim_end_matches('.').to_ascii_lowercase();
    psl::domain_str(&domain).map_or_else(|| domain.clone(), str::to_owned)
}

/// Whether a checked domain counts for the From domain: the same one where alignment is strict, else of the same organisation.
pub(crate) fn aligned(checked: &str, from: &str, strict: bool) -> bool {
    checked.eq_ignore_ascii_case(from) || !strict && organisational_domain(checked) == organisational_domain(from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn organisations() {
        for (domain, organisation) in [
            ("example.com", "example.com"),
            ("a.b.Example.com", "example.com"),
            ("mail.example.co.uk", "example.co.uk"),
            ("shop.example.com.br", "example.com.br"),
            ("com", "com"),
            ("corp.test", "corp.test"),
            ("mail.corp.test", "corp.test"),
        ] {
            assert_eq!(organisational_domain(domain), organisation, "{domain}");
        }
        assert!(aligned("bounce.example.com", "example.com", false));
        assert!(!aligned("bounce.example.com", "example.com", true));
        assert!(!aligned("other.co.uk", "example.co.uk", false));
    }
}
