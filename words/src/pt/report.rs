//! Portuguese of Brazil: what a report says around its rows.

use crate::{
    Paper, Report, ReportTexts,
    number::{digits, with_points},
};
use domain::report::ReportName;

pub const REPORT: Report = Report {
    search: "Buscar",
    more: "Mais",
    less: "Menos",
    clear: "Limpar",
    apply: "Buscar",
    all: "Todos",
    rows_per_page: "Linhas por página",
    previous: "Anterior",
    next: "Próxima",
    pages: "Páginas",
    table: |title| format!("{title}, tabela"),
    page_of: |number, count| format!("Página {} de {}", with_points(number.into()), with_points(count.into())),
    range: |first, last, matching| {
        if matching == 0 {
            return "0 de 0".to_owned();
        }
        format!("{}–{} de {}", with_points(first), with_points(last), with_points(matching))
    },
    matching: |matching, all, texts| {
        let noun = if all <= 1 { texts.one } else { texts.many };
        let (some, all_of) = (with_points(matching), with_points(all));
        if matching == all { format!("{all_of} {noun}") } else { format!("{some} de {all_of} {noun}") }
    },
    at_least: |rows| format!("Pelo menos {rows}"),
    no_match: "Nada corresponde",
    no_match_filter: |filter| format!("Nenhuma linha tem {filter}."),
    show_all: "Mostrar tudo",
    select_row: |name| format!("Selecionar {name}"),
    select_page: "Selecionar tudo nesta página",
    filters: "Filtros em vigor",
    remove_filter: "Remover filtro",
    columns: "Colunas",
    views: "Visões",
    view_changed: "alterada",
    filter_part: |field, text| format!("{field} “{text}”"),
    failed: "Não foi possível carregar o relatório",
    ids_hint: "3, 7, 10-20",
    since_hint: "AAAA-MM-DD (UTC)",
    utc: "UTC",
    not_live: "Sem atualização ao vivo: tentando de novo",
    changed_elsewhere: |count, texts| {
        let what = if count <= 1 { "alteração" } else { "alterações" };
        format!("{} {what}: {}", with_points(count), texts.title)
    },
    print: "Imprimir relatório",
    export_csv: "Exportar CSV",
    schedule: "Agendar relatório",
};

pub const PAPER: Paper = Paper {
    health: super::health::HEALTH,
    language: "pt-BR",
    printed_by: "Impresso por",
    printed_at: "Data/Hora",
    when: |moment| format!("{moment} UTC, como todos os horários aqui"),
    filter: "Filtro",
    no_filter: "Nenhum: todas as linhas",
    sorted_by: "Ordenado por",
    sorted: super::schedule::SCHEDULE.sorted,
    rows: "Linhas",
    no_rows: "Nenhuma linha corresponde.",
    by_schedule: |name| format!("Relatório agendado “{name}”"),
    mail_subject: |name, title| if name == title { name.to_owned() } else { format!("{name} – {title}") },
    attached: |file| format!("O relatório está em anexo: {file}"),
    late: |when, missed| {
        let others = match missed {
            0 => String::new(),
            1 => " Enquanto isso passou um horário anterior; ele não é recuperado.".to_owned(),
            count => format!(
                " Enquanto isso passaram {} horários anteriores; eles não são recuperados.",
                with_points(count.into())
            ),
        };
        format!("Está atrasado: deveria ter saído em {when}, quando o Postroom não estava em execução.{others}")
    },
    sheet_of: |number, count| format!("Página {} de {}", digits(number, with_points), digits(count, with_points)),
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
    title: "Configuração de SMTP",
    one: "conta",
    many: "contas",
    empty: "Nenhuma conta SMTP ainda",
    empty_text: "Registre a conta com que a sua plataforma envia e-mails. A primeira passa a ser a padrão; um e-mail de teste mostra depois que ela funciona.",
    delete_title: "Excluir a conta?",
    delete_text: |name| format!("A conta “{name}” será excluída. Isto não pode ser desfeito."),
};

static OUTBOX: ReportTexts = ReportTexts {
    title: "Caixa de saída",
    one: "mensagem",
    many: "mensagens",
    empty: "Nenhuma mensagem ainda",
    empty_text: "Aqui fica o que programas entregam para ser enviado, e o que aconteceu com isso.",
    delete_title: "",
    delete_text: |_| String::new(),
};

static SCHEDULES: ReportTexts = ReportTexts {
    title: "Relatórios agendados",
    one: "relatório agendado",
    many: "relatórios agendados",
    empty: "Nenhum relatório agendado ainda",
    empty_text: "Um relatório pode sair por e-mail sozinho, como CSV, PDF ou HTML: filtre-o como precisa e escolha Ações, Agendar relatório.",
    delete_title: "Excluir o relatório agendado?",
    delete_text: |name| format!("“{name}” não será mais enviado. Isto não pode ser desfeito."),
};

static CREDENTIALS: ReportTexts = ReportTexts {
    title: "Credenciais",
    one: "credencial",
    many: "credenciais",
    empty: "Nenhuma credencial ainda",
    empty_text: "Uma credencial é o nome de usuário e o segredo com que uma conta faz login. O segredo é guardado criptografado e nunca mais é mostrado.",
    delete_title: "Excluir a credencial?",
    delete_text: |name| format!("A credencial “{name}” e o segredo dela serão excluídos. Isto não pode ser desfeito."),
};

static CONNECTORS: ReportTexts = ReportTexts {
    title: "Conectores de rede",
    one: "conector",
    many: "conectores",
    empty: "Nenhum conector de rede ainda",
    empty_text: "Um conector é um caminho para uma rede que este servidor não alcança sozinho: um proxy SOCKS5 ou HTTP CONNECT.",
    delete_title: "Excluir o conector?",
    delete_text: |name| format!("O conector “{name}” será excluído. Isto não pode ser desfeito."),
};

static USERS: ReportTexts = ReportTexts {
    title: "Usuários",
    one: "usuário",
    many: "usuários",
    empty: "Nenhum usuário ainda",
    empty_text: "Os usuários entram com um nome e uma senha. O que podem fazer depende do papel.",
    delete_title: "Excluir o usuário?",
    delete_text: |name| {
        format!(
            "O usuário “{name}” será excluído e as sessões dele terminarão em toda parte. Isto não pode ser desfeito."
        )
    },
};

static TOKENS: ReportTexts = ReportTexts {
    title: "Tokens de API",
    one: "token",
    many: "tokens",
    empty: "Nenhum token de API ainda",
    empty_text: "Um programa que chama o Postroom por HTTP apresenta um token em vez de nome de usuário e senha. O que ele pode fazer depende do papel do token.",
    delete_title: "Revogar o token?",
    delete_text: |name| {
        format!("Programas que usam o token “{name}” serão recusados a partir de agora. Isto não pode ser desfeito.")
    },
};

static AUDIT: ReportTexts = ReportTexts {
    title: "Registro de auditoria",
    one: "registro",
    many: "registros",
    empty: "Nada aconteceu ainda",
    empty_text: "Toda alteração e todo teste são anotados aqui: quem, quando, de onde, o que era e o que é.",
    delete_title: "",
    delete_text: |_| String::new(),
};
