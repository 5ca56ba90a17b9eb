//! Spanish: the Outbox.

use crate::Outbox;
use domain::{
    message::{AttemptOutcome, Reason},
    session_test::{Diagnosis, Step},
};

pub const OUTBOX: Outbox = Outbox {
    intro: "Lo que entregaron programas e informes programados, y qué fue de cada mensaje.",
    window: "Mensaje",
    read: "Leer",
    resend: "Reenviar",
    cancel: "Cancelar",
    pause: "Pausar",
    resume: "Reanudar",
    resent: |id| format!("El mensaje {id} sale de nuevo como uno nuevo."),
    canceled: |id| format!("El mensaje {id} está cancelado."),
    paused: |id| format!("El mensaje {id} espera hasta que se reanude."),
    resumed: |id| format!("El mensaje {id} se intenta enviar ahora."),
    possible_duplicate: "Puede haber llegado dos veces",
    status: "Estado",
    accepted: "Aceptado",
    due: "Próximo intento",
    message_id: "Message-ID",
    content: "Contenido",
    tries: "Intentos",
    no_tries: "Aún no se ha intentado.",
    tries_heads: ["N.º", "Cuándo", "Cuenta", "Resultado", "Por qué", "Duración"],
    outcome,
    committing: "Entregado al servidor; no se conoce respuesta",
};

fn outcome(outcome: AttemptOutcome) -> &'static str {
    match outcome {
        AttemptOutcome::Delivered => "Entregado",
        AttemptOutcome::Retry => "No entregado, se intentará más tarde",
        AttemptOutcome::Failover => "No entregado, otra cuenta toma el relevo",
        AttemptOutcome::Dead => "Rechazado definitivamente",
        AttemptOutcome::Unknown => "Puede haberse entregado",
        AttemptOutcome::Config => "La cuenta necesita a alguien",
    }
}

pub fn reason(reason: &Reason) -> String {
    let p = |index: usize| reason.params.get(index).map_or("?", String::as_str);
    match reason.code.as_str() {
        "expired" => "Su plazo se acabó antes de que se pudiera entregar.".to_owned(),
        "some_refused" => format!("El servidor rechazó algunos destinatarios: {}.", reason.params.join(", ")),
        "account_disabled" => "Su cuenta está inactiva.".to_owned(),
        "account_paused" => "El envío con su cuenta está en pausa.".to_owned(),
        "cannot_compose" => format!("El mensaje no se puede componer: {}.", p(0)),
        "content_unreadable" => "Su contenido no se puede leer de la base de datos.".to_owned(),
        "internal" => "Este servidor tuvo un problema propio. Su registro dice más.".to_owned(),
        "worker_lost" => "El servidor se detuvo en medio de un intento.".to_owned(),
        code => super::diagnosis::diagnosis(&Diagnosis {
            reply: reason.reply.clone(),
            ..Diagnosis::of_settings(code, Step::Data, reason.params.clone())
        }),
    }
}
