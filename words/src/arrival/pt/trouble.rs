//! Portuguese of Brazil: why a file of the web could not be had.

use crate::number::{digits, with_points};

/// Goes on after a colon.
pub(super) fn trouble(code: &str, about: &str) -> String {
    match code {
        "no_such_name" | "no_data" => format!("{about} não tem endereço"),
        "failed" => format!("o servidor de nomes não soube dizer onde fica {about}"),
        "timeout" => "ninguém respondeu a tempo".to_owned(),
        "destination_forbidden" => format!("o operador deste servidor não permite conexões com {about}"),
        "connection_refused" => "ninguém escuta naquele endereço".to_owned(),
        "certificate_wrong_name" => "o certificado do servidor web é para outros nomes".to_owned(),
        "certificate_expired" => "o certificado do servidor web venceu".to_owned(),
        "certificate_not_yet_valid" => "o certificado do servidor web ainda não é válido".to_owned(),
        "certificate_unknown_issuer" => "o certificado do servidor web é de um emissor que ninguém conhece".to_owned(),
        "certificate_invalid" => "o certificado do servidor web não é válido".to_owned(),
        "status" => format!("o servidor web responde {about}"),
        "content_type" if about.is_empty() => "ele vem sem tipo, e exige-se text/plain".to_owned(),
        "content_type" => format!("ele vem como {about}, e exige-se text/plain"),
        "redirected" => format!("ele leva a outro lugar ({about}), e quem envia não o segue"),
        "too_large" => format!("ele tem mais de {} bytes", digits(about, with_points)),
        "not_text" => "ele não é texto".to_owned(),
        "not_http" => "o que responde ali não é um servidor web".to_owned(),
        "" | "url" => "não foi possível alcançar o servidor web".to_owned(),
        code => format!("a conexão falhou ({})", crate::diagnosis::pt::cause(code).unwrap_or(code)),
    }
}
