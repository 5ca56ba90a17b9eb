//! Whom a mail of ours goes to, as typed into one field.

use crate::{EmailAddress, FieldError, FieldErrors};

pub const MOST: usize = 100;

/// The addresses, each once; what is wrong with the others under that field.
pub fn parse(field: &str, typed: &str, errors: &mut FieldErrors) -> Vec<EmailAddress> {
    let mut to: Vec<EmailAddress> = Vec::new();
    let before = errors.0.len();
    for text in addresses(typed) {
        match EmailAddress::parse(text) {
            Ok(address) if to.iter().any(|known| known.to_wire() == address.to_wire()) => {}
            Ok(address) => to.push(address),
            Err(error) => {
                let shown: String = text.chars().filter(|c| !c.is_control()).take(100).collect();
                errors.0.push(FieldError::new(field, error.code()).with(shown));
            }
        }
    }
    if to.len() > MOST {
        errors.0.push(FieldError::new(field, "too_many").with(MOST));
    }
    if to.is_empty() && errors.0.len() == before {
        errors.add(field, "required");
    }
    to
}

/// What stands between commas, semicolons and ends of lines; not those within the quotes of a local part.
fn addresses(typed: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    let mut escaped = false;
    let parts = typed.split(move |c: char| {
        if c == '\n' {
            (quoted, escaped) = (false, false);
            return true;
        }
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = quoted;
        } else if c == '"' {
            quoted = !quoted;
        }
        !quoted && (c == ',' || c == ';')
    });
    parts.map(str::trim).filter(|part| !part.is_empty())
}
