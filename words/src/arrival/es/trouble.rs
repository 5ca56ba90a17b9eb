//! Spanish: why a file of the web could not be had.

use crate::number::{digits, with_points_from_five};

/// Goes on after a colon.
pub(super) fn trouble(code: &str, about: &str) -> String {
    match code {
        "no_such_name" | "no_data" => format!("{about} no tiene dirección"),
        "failed" => format!("el servidor de nombres no supo decir dónde está {about}"),
        "timeout" => "nadie respondió a tiempo".to_owned(),
        "destination_forbidden" => format!("el operador de este servidor no permite conexiones con {about}"),
        "connection_refused" => "nadie escucha en esa dirección".to_owned(),
        "certificate_wrong_name" => "el certificado del servidor web es para otros nombres".to_owned(),
        "certificate_expired" => "el certificado del servidor web ha caducado".to_owned(),
        "certificate_not_yet_valid" => "el certificado del servidor web aún no es válido".to_owned(),
        "certificate_unknown_issuer" => "el certificado del servidor web es de un emisor que nadie conoce".to_owned(),
        "certificate_invalid" => "el certificado del servidor web no es válido".to_owned(),
        "status" => format!("el servidor web responde {about}"),
        "content_type" if about.is_empty() => "viene sin tipo, y se exige text/plain".to_owned(),
        "content_type" => format!("viene como {about}, y se exige text/plain"),
        "redirected" => format!("lleva a otro lugar ({about}), y quienes envían no lo siguen"),
        "too_large" => format!("tiene más de {} bytes", digits(about, with_points_from_five)),
        "not_text" => "no es texto".to_owned(),
        "not_http" => "lo que responde ahí no es un servidor web".to_owned(),
        "" | "url" => "no se pudo alcanzar el servidor web".to_owned(),
        code => format!("la conexión falló ({})", crate::diagnosis::es::cause(code).unwrap_or(code)),
    }
}
