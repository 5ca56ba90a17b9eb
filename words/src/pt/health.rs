//! Portuguese of Brazil: the mail that the health check writes.

use crate::{HealthMail, number::with_points};

pub const HEALTH: HealthMail = HealthMail {
    subject: |failing, recovered, ending| {
        let accounts = |count: usize, one: &str, many: &str| match count {
            0 => None,
            1 => Some(format!("1 conta {one}")),
            count => Some(format!("{} contas {many}", with_points(count as u64))),
        };
        let certificates = match ending {
            0 => None,
            1 => Some("1 certificado vence em breve".to_owned()),
            count => Some(format!("{} certificados vencem em breve", with_points(count as u64))),
        };
        let parts = [
            accounts(failing, "falha", "falham"),
            accounts(recovered, "voltou a funcionar", "voltaram a funcionar"),
            certificates,
        ];
        format!("Postroom: {}", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
    },
    intro: "Mudanças desde a última verificação de saúde:",
    failing: |account| format!("{account} falha"),
    differently: |account| format!("{account} falha de outra maneira"),
    recovered: |account| format!("{account} voltou a funcionar"),
    since: |moment| format!("Falhava desde {moment} UTC."),
    ends: super::sending::certificate_ends,
    certificate: |subject, moment| format!("{subject}, válido até {moment} UTC."),
    renew: "Peça ao administrador do servidor que o renove. Depois de vencido, nada é enviado por esta conta.",
    more: |count| {
        format!("… e mais {}: o relatório de contas mostra como cada teste terminou.", with_points(count as u64))
    },
    server_said: "O servidor disse:",
    foot: |hours| {
        let hours =
            if hours == 1 { "a cada hora".to_owned() } else { format!("a cada {} horas", with_points(hours.into())) };
        format!(
            "As contas ativas são verificadas {hours}, sem enviar nada; só mudanças são relatadas. Isto se define em Parâmetros."
        )
    },
};
