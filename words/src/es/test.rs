//! Spanish: the test window and the steps of an SMTP session.

use crate::{
    History, Test,
    number::{digits, with_points_from_five},
};
use domain::session_test::{Fact, Outcome};

pub const TEST: Test = Test {
    window: "Correo de prueba - Cuenta",
    unsaved: "Valores aún sin guardar",
    to: "Enviar a",
    subject: "Asunto",
    message: "Mensaje",
    default_subject: "¡MENSAJE DE PRUEBA!",
    default_message: "ATENCIÓN: ¡ESTE ES UN MENSAJE DE PRUEBA!",
    send: "Enviar",
    steps: "Progreso",
    state: |code| match code {
        "running" => "en curso",
        "passed" => "superado",
        "failed" => "fallido",
        "skipped" => "omitido",
        _ => "pendiente",
    },
    reply: "Respuesta del servidor",
    reached: |step| format!("Paso alcanzado: {step}"),
    class: |code| match code {
        "temporary" => "Puede funcionar más tarde, sin cambios.",
        "permanent" => "No funcionará sin cambios.",
        _ => "Hay que cambiar la configuración, o lo que la rodea.",
    },
    outcome_text: |code| match code {
        "delivered" => "El servidor aceptó el mensaje.",
        "passed" => "Todo funciona hasta el destinatario; no se envió nada.",
        "failed" => "El mensaje no se envió.",
        "unknown" => "El mensaje salió entero y no llegó respuesta: puede haberse entregado.",
        _ => "La prueba se detuvo.",
    },
    broken: "La conexión con Postroom terminó antes que la prueba. Su resultado puede aparecer en Última prueba.",
    operators_only: "Solo los operadores y administradores pueden probar una cuenta.",
    check_only: "Solo comprobar",
    settings_read: "Leer la configuración",
    again: "de nuevo",
    fact,
    certificates: |count| {
        if count == 1 {
            "Certificado".to_owned()
        } else {
            format!("{} certificados", with_points_from_five(count as u64))
        }
    },
    certificate_subject: "Titular",
    certificate_names: "Para",
    certificate_issuer: "Emitido por",
    certificate_self: "sí mismo (autofirmado)",
    certificate_valid: "Validez",
    certificate_key: "Clave",
    certificate_fingerprint: "SHA-256",
    lines: |count| {
        if count == 1 {
            "1 línea intercambiada".to_owned()
        } else {
            format!("{} líneas intercambiadas", with_points_from_five(count as u64))
        }
    },
    message_octets: |octets| format!("(el mensaje: {} octetos)", digits(octets, with_points_from_five)),
    why: "Por qué",
    advice: "Qué hacer",
    language: "Idioma de la explicación",
    copy_transcript: "Copiar transcripción",
    copied: "La transcripción está en el portapapeles.",
    not_copied: "El navegador no dejó poner la transcripción en el portapapeles.",
};

fn fact(fact: &Fact) -> String {
    let p = |index: usize| fact.params.get(index).map_or("", String::as_str);
    let n = |index: usize| digits(p(index), with_points_from_five);
    match fact.code.as_str() {
        "attempt" => format!(
            "{} no aceptó la conexión ({}, tras {} ms).",
            p(0),
            crate::diagnosis::es::cause(p(2)).unwrap_or(p(2)),
            n(1)
        ),
        "starttls" => "Ofrece STARTTLS.".to_owned(),
        "auth" => format!("Ofrece inicio de sesión: {}.", p(0)),
        "size" => format!("Acepta mensajes de hasta {} octetos.", n(0)),
        "crossed_out" => "Hay algo en lugar de STARTTLS: un aparato en el camino lo tapa.".to_owned(),
        "mechanism" => format!("Se eligió {}: el primero que usamos de lo que ofrece el servidor ({}).", p(0), p(1)),
        "user_name" => format!("Como {}.", p(0)),
        "token" => format!("El token de acceso llegó tras {} ms.", n(0)),
        "token_renewed" => format!("El servidor rechazó el token de acceso: uno nuevo llegó tras {} ms.", n(0)),
        "certificate_not_checked" => "El certificado no se comprobó: la cuenta ignora sus errores.".to_owned(),
        "certificate_pinned" => {
            "Es el certificado que la cuenta tiene fijado; no se comprobó nada más de él.".to_owned()
        }
        "queue_id" => format!("El servidor lo guarda como {}.", p(0)),
        "octets" => format!("Salieron {} octetos.", n(0)),
        _ => String::new(),
    }
}

pub const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Delivered => "Entregado",
        Outcome::Passed => "Superada",
        Outcome::Failed => "Fallida",
        Outcome::Unknown => "No se sabe",
        Outcome::Cancelled => "Cancelada",
    }
}

pub const HISTORY: History = History {
    none: "Esta cuenta aún no se ha probado.",
    test_now: "Probarla ahora",
    sum: |passed, all| {
        let (some, all_of) = (with_points_from_five(passed as u64), with_points_from_five(all as u64));
        match (passed, all) {
            (1, 1) => "La única prueba se superó.".to_owned(),
            (0, 1) => "La única prueba falló.".to_owned(),
            (passed, all) if passed == all => format!("Las últimas {all_of} pruebas se superaron todas."),
            (1, _) => format!("1 de las últimas {all_of} pruebas se superó."),
            _ => format!("{some} de las últimas {all_of} pruebas se superaron."),
        }
    },
    seen_last: "Último certificado visto",
    valid_until: "válido hasta",
    group: |code| match code {
        "reach" => "Nombre y conexión",
        "greeting" => "Saludo",
        "tls" => "Cifrado",
        "auth" => "Inicio de sesión",
        "envelope" => "Direcciones",
        _ => "Mensaje",
    },
    by: |actor, check| if check { format!("{actor}, solo comprobación") } else { actor.to_owned() },
};
