//! Portuguese of Brazil: how an account sends, and the incidents that keep mail from going out.

use crate::{Incident, Sending, number::with_points};

pub const INCIDENT: Incident = Incident {
    none: "Tudo resolvido.",
    no_default: "Nenhuma conta padrão",
    no_default_choose: "Mensagens que não indicam uma conta são recusadas até que uma seja a padrão.",
    no_default_make: "Não há conta com que enviar. As mensagens são recusadas até que haja uma.",
    choose_default: "Escolher uma conta padrão",
    new_account: "Nova conta",
    halted: |account| format!("{account} não envia nada"),
    failing: |account| format!("{account} está falhando"),
    unhealthy: |account| format!("{account} falhou na verificação de saúde"),
    expiring: certificate_ends,
    valid_until: "válido até",
    tests: "Histórico de testes",
    test: "Testar",
    since: "desde",
    waiting: |count, at_least| {
        let number = with_points(count);
        match (count, at_least) {
            (0 | 1, false) => format!("{number} mensagem espera"),
            (_, false) => format!("{number} mensagens esperam"),
            (0 | 1, true) => format!("pelo menos {number} mensagem espera"),
            (_, true) => format!("pelo menos {number} mensagens esperam"),
        }
    },
    edit: "Editar conta",
    look: "Ver conta",
    sending: "Envio",
    messages: "As mensagens dela",
};

pub fn certificate_ends(account: &str, days: i64) -> String {
    match days {
        ..0 => format!("O certificado do servidor de {account} venceu"),
        0 => format!("O certificado do servidor de {account} vence hoje"),
        1 => format!("O certificado do servidor de {account} vence amanhã"),
        days => format!("O certificado do servidor de {account} vence em {} dias", with_points(days.unsigned_abs())),
    }
}

pub const SENDING: Sending = Sending {
    what: "Como a conta envia",
    connections: "Conexões simultâneas",
    connections_hint: "De 1 a 50. Alguns servidores recusam mais do que poucas.",
    per_minute: "Mensagens por minuto",
    per_minute_hint: "Em branco: sem limite. O que passa dele espera a sua vez.",
    unlimited: "Sem limite",
    failover: "Conta substituta",
    failover_hint: "Assume na hora o que com certeza não foi entregue, enquanto esta conta não consegue enviar.",
    account: |id| format!("Conta {id}"),
    pause: "Pausar",
    resume: "Retomar",
    try_now: "Tentar agora",
    paused: |account| format!("{account} está em pausa. As mensagens dela esperam."),
    resumed: |account| format!("{account} envia de novo."),
    is_well: "Esta conta envia.",
    is_paused: "O envio está em pausa. As mensagens esperam até que seja retomado.",
    is_disabled: "Esta conta está inativa: nada é enviado com ela.",
    is_halted: "Nada é enviado",
    halted_text: "Fica assim até que alguém mude a conta ou a credencial dela, ou retome o envio como está.",
    is_failing: "As conexões falham",
    failing_text: |count| {
        let failed = if count <= 1 { "falhou" } else { "falharam seguidas" };
        format!("{} {failed}. Será tentado de novo automaticamente.", with_points(count.into()))
    },
    next_try: "Próxima tentativa:",
};
