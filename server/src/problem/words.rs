//! English for programs' logs: what a refusal is called and says. Fields speak as they do in the windows.

use domain::{Failure, FieldError};

/// The last part of a problem's `type`.
pub fn kind(failure: &Failure) -> &str {
    match failure {
        Failure::SignedOut => "unauthorized",
        Failure::Forbidden => "forbidden",
        Failure::NotFound => "not_found",
        Failure::Invalid { .. } => "invalid_fields",
        Failure::Conflict { .. } => "version_moved",
        Failure::Refused { code, .. } => code,
        Failure::TooMany { .. } => "too_many_requests",
        Failure::Full => "store_full",
        Failure::Internal { .. } => "internal",
        Failure::Unreachable => "unreachable",
    }
}

pub const fn title(failure: &Failure) -> &'static str {
    match failure {
        Failure::SignedOut => "Nobody is signed in",
        Failure::Forbidden => "The role does not allow this",
        Failure::NotFound => "There is no such thing",
        Failure::Invalid { .. } => "Some fields are wrong",
        Failure::Conflict { .. } => "Somebody else changed it meanwhile",
        Failure::Refused { .. } => "A rule forbids this",
        Failure::TooMany { .. } => "Too many requests",
        Failure::Full => "The server's disk is full",
        Failure::Internal { .. } => "Something went wrong here",
        Failure::Unreachable => "The server could not be reached",
    }
}

pub fn detail(failure: &Failure) -> String {
    match failure {
        Failure::SignedOut => "Send an API token: Authorization: Bearer postroom_…".to_owned(),
        Failure::Forbidden => "Viewers read, operators test and send, administrators change.".to_owned(),
        Failure::NotFound => "Nothing has this id.".to_owned(),
        Failure::Invalid { errors } => match errors.0.as_slice() {
            [only] if only.field.is_empty() => field(only),
            [only] => format!("{}: {}", only.field, field(only)),
            all => {
                let names: Vec<_> = all.iter().map(|error| error.field.as_str()).collect();
                format!("{} fields are wrong: {}.", all.len(), names.join(", "))
            }
        },
        other => (words::ENGLISH.failure)(other),
    }
}

/// One wrong field in words; what a window can't get wrong is said here.
pub fn field(error: &FieldError) -> String {
    let params = error.params.join(", ");
    match error.code.as_str() {
        "unknown_field" => "There is no such field.".to_owned(),
        "unknown_parameter" => "There is no such query parameter.".to_owned(),
        "read_only" => "This is set by the server; leave it out, or as it is.".to_owned(),
        "type" => format!("This must be {params}."),
        "choice" => format!("This must be one of {params}."),
        "range" => format!("This must be a number from {}.", error.params.join(" to ")),
        "object" => "The body must be a JSON object.".to_owned(),
        "not_found" => "Nothing has this id.".to_owned(),
        "no_such_name" => "Nothing has this name, neither in the store nor in the file.".to_owned(),
        "form" => format!("This program reads files of form {}.", domain::transfer::FORM),
        _ => (words::ENGLISH.field_error)(error),
    }
}
