//! Spanish: what a report says around its rows.

use crate::{
    Paper, Report, ReportTexts,
    number::{digits, with_points_from_five as written},
};
use domain::report::ReportName;

pub const REPORT: Report = Report {
    search: "Buscar",
    more: "Más",
    less: "Menos",
    clear: "Limpiar",
    apply: "Buscar",
    all: "Todos",
    rows_per_page: "Filas por página",
    previous: "Anterior",
    next: "Siguiente",
    pages: "Páginas",
    table: |title| format!("{title}, tabla"),
    page_of: |number, count| format!("Página {} de {}", written(number.into()), written(count.into())),
    range: |first, last, matching| {
        if matching == 0 {
            return "0 de 0".to_owned();
        }
        format!("{}–{} de {}", written(first), written(last), written(matching))
    },
    matching: |matching, all, texts| {
        let noun = if all == 1 { texts.one } else { texts.many };
        let (some, all_of) = (written(matching), written(all));
        if matching == all { format!("{all_of} {noun}") } else { format!("{some} de {all_of} {noun}") }
    },
    at_least: |rows| format!("Al menos {rows}"),
    no_match: "Nada coincide",
    no_match_filter: |filter| format!("Ninguna fila tiene {filter}."),
    show_all: "Mostrar todo",
    select_row: |name| format!("Seleccionar {name}"),
    select_page: "Seleccionar todo en esta página",
    filters: "Filtros aplicados",
    remove_filter: "Quitar filtro",
    columns: "Columnas",
    views: "Vistas",
    view_changed: "cambiada",
    filter_part: |field, text| format!("{field} «{text}»"),
    failed: "No se pudo cargar el informe",
    ids_hint: "3, 7, 10-20",
    since_hint: "AAAA-MM-DD (UTC)",
    utc: "UTC",
    not_live: "Sin actualización en directo: intentándolo de nuevo",
    changed_elsewhere: |count, texts| {
        let what = if count == 1 { "cambio" } else { "cambios" };
        format!("{} {what}: {}", written(count), texts.title)
    },
    print: "Imprimir informe",
    export_csv: "Exportar CSV",
    schedule: "Programar informe",
};

pub const PAPER: Paper = Paper {
    health: super::health::HEALTH,
    language: "es",
    printed_by: "Impreso por",
    printed_at: "Fecha/Hora",
    when: |moment| format!("{moment} UTC, como todas las horas aquí"),
    filter: "Filtro",
    no_filter: "Ninguno: todas las filas",
    sorted_by: "Ordenado por",
    sorted: super::schedule::SCHEDULE.sorted,
    rows: "Filas",
    no_rows: "No coincide ninguna fila.",
    by_schedule: |name| format!("Informe programado «{name}»"),
    mail_subject: |name, title| if name == title { name.to_owned() } else { format!("{name} – {title}") },
    attached: |file| format!("El informe va adjunto: {file}"),
    late: |when, missed| {
        let others = match missed {
            0 => String::new(),
            1 => " Entretanto pasó una hora anterior; no se recupera.".to_owned(),
            count => format!(" Entretanto pasaron {} horas anteriores; no se recuperan.", written(count.into())),
        };
        format!("Llega con retraso: debía salir el {when}, cuando Postroom no estaba en marcha.{others}")
    },
    sheet_of: |number, count| format!("Página {} de {}", digits(number, written), digits(count, written)),
};

pub const fn texts(report: ReportName) -> &'static ReportTexts {
    match report {
        ReportName::Accounts => &ACCOUNTS,
        ReportName::Credentials => &CREDENTIALS,
        ReportName::Connectors => &CONNECTORS,
        ReportName::Users => &USERS,
        ReportName::Tokens => &TOKENS,
        ReportName::Audit => &AUDIT,
        ReportName::Outbox => &OUTBOX,
        ReportName::Schedules => &SCHEDULES,
    }
}

static ACCOUNTS: ReportTexts = ReportTexts {
    title: "Configuración de SMTP",
    one: "cuenta",
    many: "cuentas",
    empty: "Aún no hay ninguna cuenta SMTP",
    empty_text: "Registre la cuenta con la que su plataforma envía el correo. La primera pasa a ser la predeterminada; un correo de prueba muestra después que funciona.",
    delete_title: "¿Eliminar la cuenta?",
    delete_text: |name| format!("La cuenta «{name}» se eliminará. Esto no se puede deshacer."),
};

static OUTBOX: ReportTexts = ReportTexts {
    title: "Bandeja de salida",
    one: "mensaje",
    many: "mensajes",
    empty: "Aún no hay ningún mensaje",
    empty_text: "Aquí está lo que los programas entregan para enviar, y qué fue de ello.",
    delete_title: "",
    delete_text: |_| String::new(),
};

static SCHEDULES: ReportTexts = ReportTexts {
    title: "Informes programados",
    one: "informe programado",
    many: "informes programados",
    empty: "Aún no hay ningún informe programado",
    empty_text: "Un informe puede salir solo por correo, como CSV, PDF o HTML: fíltrelo como lo necesite y elija Acciones, Programar informe.",
    delete_title: "¿Eliminar el informe programado?",
    delete_text: |name| format!("«{name}» no se enviará más. Esto no se puede deshacer."),
};

static CREDENTIALS: ReportTexts = ReportTexts {
    title: "Credenciales",
    one: "credencial",
    many: "credenciales",
    empty: "Aún no hay ninguna credencial",
    empty_text: "Una credencial es el nombre de usuario y el secreto con los que una cuenta inicia sesión. El secreto se guarda cifrado y nunca se vuelve a mostrar.",
    delete_title: "¿Eliminar la credencial?",
    delete_text: |name| format!("La credencial «{name}» y su secreto se eliminarán. Esto no se puede deshacer."),
};

static CONNECTORS: ReportTexts = ReportTexts {
    title: "Conectores de red",
    one: "conector",
    many: "conectores",
    empty: "Aún no hay ningún conector de red",
    empty_text: "Un conector es un camino a una red que este servidor no alcanza por sí mismo: un proxy SOCKS5 o HTTP CONNECT.",
    delete_title: "¿Eliminar el conector?",
    delete_text: |name| format!("El conector «{name}» se eliminará. Esto no se puede deshacer."),
};

static USERS: ReportTexts = ReportTexts {
    title: "Usuarios",
    one: "usuario",
    many: "usuarios",
    empty: "Aún no hay ningún usuario",
    empty_text: "Los usuarios inician sesión con un nombre y una contraseña. Lo que pueden hacer depende de su rol.",
    delete_title: "¿Eliminar el usuario?",
    delete_text: |name| {
        format!(
            "El usuario «{name}» se eliminará y sus sesiones terminarán en todas partes. Esto no se puede deshacer."
        )
    },
};

static TOKENS: ReportTexts = ReportTexts {
    title: "Tokens de API",
    one: "token",
    many: "tokens",
    empty: "Aún no hay ningún token de API",
    empty_text: "Un programa que llama a Postroom por HTTP presenta un token en lugar de nombre de usuario y contraseña. Lo que puede hacer depende del rol del token.",
    delete_title: "¿Revocar el token?",
    delete_text: |name| {
        format!("Los programas que usan el token «{name}» serán rechazados desde ahora. Esto no se puede deshacer.")
    },
};

static AUDIT: ReportTexts = ReportTexts {
    title: "Registro de auditoría",
    one: "entrada",
    many: "entradas",
    empty: "Aún no ha pasado nada",
    empty_text: "Cada cambio y cada prueba se anotan aquí: quién, cuándo, desde dónde, qué era y qué es.",
    delete_title: "",
    delete_text: |_| String::new(),
};
