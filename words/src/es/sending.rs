//! Spanish: how an account sends, and the incidents that keep mail from going out.

use crate::{Incident, Sending, number::with_points_from_five};

pub const INCIDENT: Incident = Incident {
    none: "Todo resuelto.",
    no_default: "Sin cuenta predeterminada",
    no_default_choose: "Los mensajes que no indican cuenta se rechazan hasta que una sea la predeterminada.",
    no_default_make: "No hay ninguna cuenta con la que enviar. Los mensajes se rechazan hasta que haya una.",
    choose_default: "Elegir una cuenta predeterminada",
    new_account: "Nueva cuenta",
    halted: |account| format!("{account} no envía nada"),
    failing: |account| format!("{account} está fallando"),
    unhealthy: |account| format!("{account} no superó su comprobación de estado"),
    expiring: certificate_ends,
    valid_until: "válido hasta",
    tests: "Historial de pruebas",
    test: "Probar",
    since: "desde",
    waiting: |count, at_least| {
        let number = with_points_from_five(count);
        match (count, at_least) {
            (1, false) => "1 mensaje espera".to_owned(),
            (_, false) => format!("{number} mensajes esperan"),
            (1, true) => "al menos 1 mensaje espera".to_owned(),
            (_, true) => format!("al menos {number} mensajes esperan"),
        }
    },
    edit: "Editar cuenta",
    look: "Ver cuenta",
    sending: "Envío",
    messages: "Sus mensajes",
};

pub fn certificate_ends(account: &str, days: i64) -> String {
    match days {
        ..0 => format!("El certificado del servidor de {account} ha caducado"),
        0 => format!("El certificado del servidor de {account} caduca hoy"),
        1 => format!("El certificado del servidor de {account} caduca mañana"),
        days => format!(
            "El certificado del servidor de {account} caduca en {} días",
            with_points_from_five(days.unsigned_abs())
        ),
    }
}

pub const SENDING: Sending = Sending {
    what: "Cómo envía la cuenta",
    connections: "Conexiones simultáneas",
    connections_hint: "De 1 a 50. Algunos servidores rechazan más de unas pocas.",
    per_minute: "Mensajes por minuto",
    per_minute_hint: "En blanco: sin límite. Lo que lo pasa espera su turno.",
    unlimited: "Sin límite",
    failover: "Cuenta de relevo",
    failover_hint: "Se hace cargo enseguida de lo que con seguridad no se entregó, mientras esta cuenta no puede enviar.",
    account: |id| format!("Cuenta {id}"),
    pause: "Pausar",
    resume: "Reanudar",
    try_now: "Intentar ahora",
    paused: |account| format!("{account} está en pausa. Sus mensajes esperan."),
    resumed: |account| format!("{account} envía de nuevo."),
    is_well: "Esta cuenta envía.",
    is_paused: "El envío está en pausa. Sus mensajes esperan hasta que se reanude.",
    is_disabled: "Esta cuenta está inactiva: no se envía nada con ella.",
    is_halted: "No se envía nada",
    halted_text: "Sigue así hasta que alguien cambie la cuenta o su credencial, o reanude el envío tal como está.",
    is_failing: "Las conexiones fallan",
    failing_text: |count| {
        let number = with_points_from_five(count.into());
        let failed = if count == 1 { "Falló 1".to_owned() } else { format!("Fallaron {number} seguidas") };
        format!("{failed}. Se intentará de nuevo automáticamente.")
    },
    next_try: "Próximo intento:",
};
