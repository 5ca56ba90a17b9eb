//! English: why a file of the web could not be had.

use crate::number::{digits, with_commas};

/// Goes on after a colon.
pub(super) fn trouble(code: &str, about: &str) -> String {
    match code {
        "no_such_name" | "no_data" => format!("{about} has no address"),
        "failed" => format!("the name server could not say where {about} is"),
        "timeout" => "nobody answered in time".to_owned(),
        "destination_forbidden" => format!("the operator of this server does not allow connections to {about}"),
        "connection_refused" => "nobody listens at that address".to_owned(),
        "certificate_wrong_name" => "the web server's certificate is for other names".to_owned(),
        "certificate_expired" => "the web server's certificate has expired".to_owned(),
        "certificate_not_yet_valid" => "the web server's certificate is not valid yet".to_owned(),
        "certificate_unknown_issuer" => "the web server's certificate is of an issuer that nobody knows".to_owned(),
        "certificate_invalid" => "the web server's certificate is not valid".to_owned(),
        "status" => format!("the web server answers {about}"),
        "content_type" if about.is_empty() => "it comes without a type, and text/plain is asked for".to_owned(),
        "content_type" => format!("it comes as {about}, and text/plain is asked for"),
        "redirected" => format!("it leads elsewhere ({about}), and senders do not follow"),
        "too_large" => format!("it has more than {} bytes", digits(about, with_commas)),
        "not_text" => "it is not text".to_owned(),
        "not_http" => "what answers there is no web server".to_owned(),
        "" | "url" => "the web server could not be reached".to_owned(),
        code => format!("the connection failed ({})", crate::diagnosis::en::cause(code).unwrap_or(code)),
    }
}
