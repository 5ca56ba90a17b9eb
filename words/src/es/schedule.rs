//! Spanish: the window of a scheduled report, and its list.

use crate::{
    Schedule,
    number::{day_first, with_points_from_five},
};

pub const SCHEDULE: Schedule = Schedule {
    new: "Programar informe",
    edit: "Editar informe programado",
    intro: "Informes que salen solos por correo.",
    details: "Detalles",
    report: "Informe",
    filter: "Filtro",
    no_filter: "Ninguno: todas las filas",
    show: "Mostrar",
    sort: "Ordenado por",
    sorted: |column, down| format!("{column}, orden {}", if down { "descendente" } else { "ascendente" }),
    columns: "Columnas",
    format: "Formato",
    recipients: "Destinatarios",
    recipients_hint: "Direcciones de correo, una debajo de otra o separadas por comas.",
    schedule: "Programación",
    start: "Inicio",
    end: "Fin",
    end_hint: "El último día. En blanco: no termina.",
    repeat: "Repetir",
    days: "Días de la semana",
    all_days: "Todos los días",
    day_of_month: "Día del mes",
    day_of_month_hint: "En un mes más corto: su último día.",
    time: "Hora de envío",
    time_hint: "Donde los relojes se adelanten sobre ella, otro tanto más tarde.",
    zone: "Huso horario",
    zone_hint: "Por su nombre IANA, como Europe/Madrid.",
    account: "Cuenta",
    default_account: "Cuenta predeterminada",
    next_runs: "Próximas ejecuciones",
    no_more_runs: "No quedan ejecuciones: el último día ya pasó.",
    run: |weekday, when, offset| format!("{weekday}, {} (UTC{offset})", day_first(when)),
    send_now: "Enviar ahora",
    sending: "Enviando…",
    sent: |id| format!("El informe está en camino: mensaje {id} de la Bandeja de salida."),
    last_run: "Última ejecución",
    by_hand: "A mano",
    missed: |count| {
        if count == 1 {
            "con retraso, 1 perdida antes".to_owned()
        } else {
            format!("con retraso, {} perdidas antes", with_points_from_five(count.into()))
        }
    },
    message: |id| format!("Mensaje {id}"),
};
