//! Portuguese: columns, saved views, copying a cell.

use crate::Comforts;

pub const COMFORTS: Comforts = Comforts {
    move_up: |column| format!("Mover {column} para cima"),
    move_down: |column| format!("Mover {column} para baixo"),
    drag: "Arraste para mover",
    moved: |column, at, of| format!("{column}: posição {at} de {of}"),
    columns_usual: "Restaurar colunas",
    columns_reset: "As colunas estão como o relatório as traz.",
    no_views: "Uma visão guarda com um nome o que você está vendo: filtro, ordenação, colunas e linhas por página.",
    shared_views: "Para todos",
    own_views: "Suas",
    save_view: "Salvar visão…",
    update_view: |name| format!("Atualizar “{name}”"),
    usual_view: "Restaurar visão",
    view_name: "Nome da visão",
    share: "Compartilhar com todos",
    copy_link: |name| format!("Copiar link de {name}"),
    rename_view: |name| format!("Renomear {name}"),
    delete_view: |name| format!("Excluir {name}"),
    delete_own: |name| format!("Excluir a visão “{name}”? Os links para ela continuam mostrando o que ela mostrava."),
    delete_shared: |name| {
        format!("Excluir a visão “{name}” para todos? Os links para ela continuam mostrando o que ela mostrava.")
    },
    link_copied: "O link está na área de transferência.",
    copy_cell: "Copiar célula",
    copied: |text| format!("Copiado: {text}"),
    not_copied: "O navegador não permite copiar aqui. Selecione o texto e copie-o à mão.",
};
