//! Portuguese of Brazil: the Outbox.

use crate::Outbox;
use domain::{
    message::{AttemptOutcome, Reason},
    session_test::{Diagnosis, Step},
};

pub const OUTBOX: Outbox = Outbox {
    intro: "O que programas e agendamentos entregaram, e o que aconteceu com cada mensagem.",
    window: "Mensagem",
    read: "Ler",
    resend: "Reenviar",
    cancel: "Cancelar",
    pause: "Pausar",
    resume: "Retomar",
    resent: |id| format!("A mensagem {id} sai de novo como uma nova."),
    canceled: |id| format!("A mensagem {id} foi cancelada."),
    paused: |id| format!("A mensagem {id} espera até ser retomada."),
    resumed: |id| format!("A mensagem {id} está sendo tentada agora."),
    possible_duplicate: "Pode ter chegado duas vezes",
    status: "Situação",
    accepted: "Aceita",
    due: "Próxima tentativa",
    message_id: "Message-ID",
    content: "Conteúdo",
    tries: "Tentativas",
    no_tries: "Ainda não foi tentada.",
    tries_heads: ["Nº", "Quando", "Conta", "Resultado", "Por quê", "Duração"],
    outcome,
    committing: "Entregue ao servidor; nenhuma resposta é conhecida",
};

fn outcome(outcome: AttemptOutcome) -> &'static str {
    match outcome {
        AttemptOutcome::Delivered => "Entregue",
        AttemptOutcome::Retry => "Não entregue, será tentada de novo",
        AttemptOutcome::Failover => "Não entregue, outra conta assume",
        AttemptOutcome::Dead => "Recusada em definitivo",
        AttemptOutcome::Unknown => "Pode ter sido entregue",
        AttemptOutcome::Config => "A conta precisa de alguém",
    }
}

pub fn reason(reason: &Reason) -> String {
    let p = |index: usize| reason.params.get(index).map_or("?", String::as_str);
    match reason.code.as_str() {
        "expired" => "O prazo dela acabou antes que pudesse ser entregue.".to_owned(),
        "some_refused" => format!("O servidor recusou alguns destinatários: {}.", reason.params.join(", ")),
        "account_disabled" => "A conta dela está inativa.".to_owned(),
        "account_paused" => "O envio pela conta dela está em pausa.".to_owned(),
        "cannot_compose" => format!("Não é possível compor a mensagem: {}.", p(0)),
        "content_unreadable" => "Não é possível ler o conteúdo dela no banco de dados.".to_owned(),
        "internal" => "Este servidor teve um problema próprio. O log dele diz mais.".to_owned(),
        "worker_lost" => "O servidor parou no meio de uma tentativa.".to_owned(),
        code => super::diagnosis::diagnosis(&Diagnosis {
            reply: reason.reply.clone(),
            ..Diagnosis::of_settings(code, Step::Data, reason.params.clone())
        }),
    }
}
