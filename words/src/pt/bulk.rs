//! Portuguese (Brazil): what is done to many rows at once.

use crate::{Bulk, number::with_points};
use domain::bulk::Deed;

pub const BULK: Bulk = Bulk {
    bar: "Seleção",
    count: |count| {
        let number = with_points(count);
        if count <= 1 { format!("{number} item selecionado") } else { format!("{number} itens selecionados") }
    },
    count_all: |count| match count {
        1 => "O único que corresponde está selecionado".to_owned(),
        count => format!("Todos os {} que correspondem estão selecionados", with_points(count)),
    },
    page_full: |count| match count {
        1 => "O único desta página.".to_owned(),
        count => format!("Todos os {} desta página.", with_points(count)),
    },
    select_all: |count| match count {
        1 => "Selecionar o único que corresponde".to_owned(),
        count => format!("Selecionar todos os {} que correspondem", with_points(count)),
    },
    deselect: "Desfazer seleção",
    button: |deed| match deed {
        Deed::Enable => "Ativar selecionados",
        Deed::Disable => "Desativar selecionados",
        Deed::Test => "Testar selecionados",
        Deed::Resend => "Reenviar selecionados",
        Deed::Pause => "Pausar selecionados",
        Deed::Resume => "Retomar selecionados",
        Deed::Cancel => "Cancelar selecionados",
        Deed::Delete => "Excluir selecionados",
    },
    export: "Exportar selecionados",
    export_verb: "Exportar",
    export_many: "São linhas avulsas demais para um arquivo. Filtre o relatório e exporte o resultado.",
    verb,
    title: |deed, count, texts| {
        let noun = if count == 1 { texts.one } else { texts.many };
        format!("{} {} {noun}", verb(deed), with_points(count))
    },
    about: |deed| match deed {
        Deed::Enable | Deed::Disable => "Isto pode ser desfeito depois.",
        Deed::Test => "Cada servidor é consultado como para uma mensagem, até o destinatário. Nada é enviado.",
        Deed::Resend => "Cada uma sai de novo, como nova mensagem.",
        Deed::Pause => "Elas esperam até serem retomadas.",
        Deed::Resume => "Cada uma é tentada na hora.",
        Deed::Cancel => "Elas não serão enviadas. Isto não pode ser desfeito.",
        Deed::Delete => "Isto não pode ser desfeito.",
    },
    and_more: |names, more| format!("{names} e mais {}", with_points(more)),
    recipient: "Destinatário a consultar",
    type_count: "Quantas linhas, em número, para continuar",
    not_the_count: "Não é essa a quantidade.",
    progress: |done, all| format!("{} de {}", with_points(done), with_points(all)),
    closing: "Fechar esta janela interrompe: o que não começou não será feito.",
    stop: "Interromper",
    summary: |good, bad| format!("{} com sucesso, {} sem", with_points(good), with_points(bad)),
    tested: |good, bad| {
        let passed = if good <= 1 { "passou" } else { "passaram" };
        format!("{} {passed}, {} não", with_points(good), with_points(bad))
    },
    stopped: "Foi interrompido. O que não tinha começado não foi feito; o relatório mostra como tudo está.",
    unfinished: |count| format!("{} sem começar", with_points(count)),
    more_not: |count| format!("E mais {}: Copiar traz todos.", with_points(count)),
    again: |count| match count {
        1 => "Tentar de novo com esse".to_owned(),
        count => format!("Tentar de novo com esses {}", with_points(count)),
    },
    done: |title| format!("{title}: feito"),
};

fn verb(deed: Deed) -> &'static str {
    match deed {
        Deed::Enable => "Ativar",
        Deed::Disable => "Desativar",
        Deed::Test => "Testar",
        Deed::Resend => "Reenviar",
        Deed::Pause => "Pausar",
        Deed::Resume => "Retomar",
        Deed::Cancel => "Cancelar",
        Deed::Delete => "Excluir",
    }
}
