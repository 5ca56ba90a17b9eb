//! Spanish: a diagnosis. The sentences stand in `es/`; here are the steps, the classes and the buttons.

mod connector;
mod enhanced;
mod happened;
mod login;
mod mail;
mod protection;
mod reach;
mod token;

use super::{Happened, Help, Texts};
use domain::{diagnosis::FaultClass, session_test::Step};

pub(crate) static HAPPENED: Happened = Happened {
    find: happened::happened,
    other: "La sesión no pudo continuar[ en este paso: {stage}].",
    stage,
    moment: crate::number::day_first,
    number: crate::number::with_points_from_five,
};

pub(super) static TEXTS: Texts = Texts {
    happened: &HAPPENED,
    help,
    other,
    class,
    enhanced: enhanced::meaning,
    means: "[El código de estado ampliado {code} significa: {meaning}]",
    will_retry: "La respuesta del servidor comienza con 4: el rechazo es temporal, y las notificaciones se reintentan automáticamente.",
    will_not_pass: "La respuesta del servidor comienza con 5: el rechazo es permanente, y el mismo mensaje se rechazará de nuevo hasta que algo cambie.",
};

fn help(code: &str) -> Option<Help> {
    [reach::help, connector::help, protection::help, login::help, token::help, mail::help]
        .into_iter()
        .find_map(|help| help(code))
}

fn other(class: FaultClass) -> Help {
    match class {
        FaultClass::Temporary => Help {
            why: &["El obstáculo será probablemente pasajero: un límite, una carga o una perturbación de la red."],
            advice: &["Esperar unos minutos y probar de nuevo. Las notificaciones se reintentan automáticamente."],
        },
        FaultClass::Permanent => Help {
            why: &["El servidor, o una regla suya, no permite este mensaje o esta sesión."],
            advice: &["Leer la respuesta del servidor y la transcripción, y mostrarlas al administrador del servidor."],
        },
        FaultClass::Settings => Help {
            why: &["Un ajuste de la cuenta, o algo alrededor de esta máquina, no concuerda con el servidor."],
            advice: &[
                "Comparar «Host SMTP», «Puerto», «Tipo de conexión segura» y la credencial con las instrucciones del proveedor.",
            ],
        },
    }
}

pub(crate) const fn stage(step: Step) -> &'static str {
    match step {
        Step::Dns => "Consultar el nombre",
        Step::Connector => "Pasar por el conector",
        Step::Tcp => "Conectar",
        Step::Greeting => "Saludo del servidor",
        Step::Ehlo => "Presentarse (EHLO)",
        Step::Tls => "Cifrar (TLS)",
        Step::Auth => "Iniciar sesión",
        Step::Mail => "Remitente aceptado (MAIL FROM)",
        Step::Rcpt => "Destinatario aceptado (RCPT TO)",
        Step::Data => "Entregar el mensaje (DATA)",
        Step::Quit => "Despedirse (QUIT)",
    }
}

/// Why a connection failed, in brackets: for what has no room for a sentence.
pub(crate) fn cause(code: &str) -> Option<&'static str> {
    Some(match code {
        "connection_refused" => "rechazada",
        "connect_timeout" => "sin respuesta",
        "unreachable" => "sin ruta",
        "connection_reset" => "cortada",
        "connection_closed" => "cerrada",
        "tls_timeout" => "TLS sin respuesta",
        "tls_failed" => "fallo de TLS",
        "tls_plaintext_port" => "sin TLS ahí",
        "internal" => "un problema de esta máquina",
        _ => return None,
    })
}

const fn class(class: FaultClass) -> &'static str {
    match class {
        FaultClass::Temporary => "Puede funcionar más tarde, sin cambios.",
        FaultClass::Permanent => "No funcionará sin cambios.",
        FaultClass::Settings => "Hay que cambiar la configuración, o lo que la rodea.",
    }
}

pub(super) fn remedy(code: &str) -> &'static str {
    match code {
        "use_implicit_tls" => "Cambiar a SSL[ en el puerto {port}]",
        "use_starttls" => "Cambiar a TLS (STARTTLS)[ en el puerto {port}]",
        "use_clear_text" => "Cambiar a una conexión sin cifrado[ en el puerto {port}]",
        "enable_authentication" => "Activar la autenticación",
        "use_host" => "Usar [{host} como ]host",
        "trust_ca" => "Confiar en esta autoridad para esta cuenta",
        "pin_certificate" => "Confiar exactamente en este certificado",
        _ => "Rellenar la configuración propuesta",
    }
}
