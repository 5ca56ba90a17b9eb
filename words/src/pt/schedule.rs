//! Portuguese of Brazil: the window of a scheduled report, and its list.

use crate::{
    Schedule,
    number::{day_first, with_points},
};

pub const SCHEDULE: Schedule = Schedule {
    new: "Agendar relatório",
    edit: "Editar relatório agendado",
    intro: "Relatórios que saem por e-mail sozinhos.",
    details: "Detalhes",
    report: "Relatório",
    filter: "Filtro",
    no_filter: "Nenhum: todas as linhas",
    show: "Mostrar",
    sort: "Ordenado por",
    sorted: |column, down| format!("{column}, ordem {}", if down { "decrescente" } else { "crescente" }),
    columns: "Colunas",
    format: "Formato",
    recipients: "Destinatários",
    recipients_hint: "Endereços de e-mail, um abaixo do outro ou separados por vírgulas.",
    schedule: "Agendamento",
    start: "Início",
    end: "Fim",
    end_hint: "O último dia. Em branco: não termina.",
    repeat: "Repetir",
    days: "Dias da semana",
    all_days: "Todos os dias",
    day_of_month: "Dia do mês",
    day_of_month_hint: "Em um mês mais curto: o último dia dele.",
    time: "Hora do envio",
    time_hint: "Onde os relógios são adiantados sobre ela, o mesmo tanto mais tarde.",
    zone: "Fuso horário",
    zone_hint: "Pelo nome IANA, como America/Sao_Paulo.",
    account: "Conta",
    default_account: "Conta padrão",
    next_runs: "Próximas execuções",
    no_more_runs: "Não há mais execuções: o último dia já passou.",
    run: |weekday, when, offset| format!("{weekday}, {} (UTC{offset})", day_first(when)),
    send_now: "Enviar agora",
    sending: "Enviando…",
    sent: |id| format!("O relatório está a caminho: mensagem {id} da Caixa de saída."),
    last_run: "Última execução",
    by_hand: "Manualmente",
    missed: |count| {
        let missed = if count <= 1 { "perdido" } else { "perdidos" };
        format!("atrasado, {} {missed} antes dele", with_points(count.into()))
    },
    message: |id| format!("Mensagem {id}"),
};
