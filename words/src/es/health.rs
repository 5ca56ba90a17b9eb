//! Spanish: the mail that the health check writes.

use crate::{HealthMail, number::with_points_from_five};

pub const HEALTH: HealthMail = HealthMail {
    subject: |failing, recovered, ending| {
        let accounts = |count: usize, one: &str, many: &str| match count {
            0 => None,
            1 => Some(format!("1 cuenta {one}")),
            count => Some(format!("{} cuentas {many}", with_points_from_five(count as u64))),
        };
        let certificates = match ending {
            0 => None,
            1 => Some("1 certificado caduca pronto".to_owned()),
            count => Some(format!("{} certificados caducan pronto", with_points_from_five(count as u64))),
        };
        let parts = [
            accounts(failing, "falla", "fallan"),
            accounts(recovered, "vuelve a funcionar", "vuelven a funcionar"),
            certificates,
        ];
        format!("Postroom: {}", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
    },
    intro: "Cambios desde la última comprobación de estado:",
    failing: |account| format!("{account} falla"),
    differently: |account| format!("{account} falla de otra manera"),
    recovered: |account| format!("{account} vuelve a funcionar"),
    since: |moment| format!("Fallaba desde {moment} UTC."),
    ends: super::sending::certificate_ends,
    certificate: |subject, moment| format!("{subject}, válido hasta {moment} UTC."),
    renew: "Pida al administrador del servidor que lo renueve. Una vez caducado, no se envía nada con esta cuenta.",
    more: |count| {
        let count = with_points_from_five(count as u64);
        format!("… y {count} más: el informe de cuentas muestra cómo terminó cada prueba.")
    },
    server_said: "El servidor dijo:",
    foot: |hours| {
        let hours = if hours == 1 {
            "cada hora".to_owned()
        } else {
            format!("cada {} horas", with_points_from_five(hours.into()))
        };
        format!(
            "Las cuentas activas se comprueban {hours}, sin enviar nada; solo se informa de los cambios. Esto se define en Parámetros."
        )
    },
};
