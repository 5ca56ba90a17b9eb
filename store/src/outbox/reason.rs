//! Reasons as columns: a code, parameters one a line, the server's words.

use domain::message::Reason;

/// Parameters never hold a line end: they are names, numbers and addresses.
pub(crate) fn join(params: &[String]) -> String {
    params.iter().map(|param| param.replace(['\r', '\n'], " ")).collect::<Vec<_>>().join("\n")
}

pub(crate) fn read(code: String, params: &str, reply: String) -> Option<Reason> {
    if code.is_empty() {
        return None;
    }
    let params = if params.is_empty() { Vec::new() } else { params.split('\n').map(str::to_owned).collect() };
    Some(Reason { code, params, reply })
}
