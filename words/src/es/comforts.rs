//! Spanish: columns, saved views, copying a cell.

use crate::Comforts;

pub const COMFORTS: Comforts = Comforts {
    move_up: |column| format!("Subir {column}"),
    move_down: |column| format!("Bajar {column}"),
    drag: "Arrastre para mover",
    moved: |column, at, of| format!("{column}: lugar {at} de {of}"),
    columns_usual: "Restablecer columnas",
    columns_reset: "Las columnas están como las trae el informe.",
    no_views: "Una vista guarda con un nombre lo que está viendo: filtro, orden, columnas y filas por página.",
    shared_views: "Para todos",
    own_views: "Suyas",
    save_view: "Guardar vista…",
    update_view: |name| format!("Actualizar «{name}»"),
    usual_view: "Restablecer vista",
    view_name: "Nombre de la vista",
    share: "Compartir con todos",
    copy_link: |name| format!("Copiar enlace de {name}"),
    rename_view: |name| format!("Cambiar el nombre de {name}"),
    delete_view: |name| format!("Eliminar {name}"),
    delete_own: |name| format!("¿Eliminar la vista «{name}»? Los enlaces a ella siguen mostrando lo que mostraba."),
    delete_shared: |name| {
        format!("¿Eliminar la vista «{name}» para todos? Los enlaces a ella siguen mostrando lo que mostraba.")
    },
    link_copied: "El enlace está en el portapapeles.",
    copy_cell: "Copiar celda",
    copied: |text| format!("Copiado: {text}"),
    not_copied: "El navegador no permite copiar aquí. Seleccione el texto y cópielo a mano.",
};
