//! Spanish: what is done to many rows at once.

use crate::{Bulk, number::with_points_from_five};
use domain::bulk::Deed;

pub const BULK: Bulk = Bulk {
    bar: "Selección",
    count: |count| {
        if count == 1 { "1 seleccionado".to_owned() } else { format!("{} seleccionados", with_points_from_five(count)) }
    },
    count_all: |count| match count {
        1 => "El único que coincide está seleccionado".to_owned(),
        count => format!("Los {} que coinciden están seleccionados", with_points_from_five(count)),
    },
    page_full: |count| match count {
        1 => "El único de esta página.".to_owned(),
        count => format!("Los {} de esta página.", with_points_from_five(count)),
    },
    select_all: |count| match count {
        1 => "Seleccionar el único que coincide".to_owned(),
        count => format!("Seleccionar los {} que coinciden", with_points_from_five(count)),
    },
    deselect: "Quitar selección",
    button: |deed| match deed {
        Deed::Enable => "Activar seleccionados",
        Deed::Disable => "Desactivar seleccionados",
        Deed::Test => "Probar seleccionados",
        Deed::Resend => "Reenviar seleccionados",
        Deed::Pause => "Pausar seleccionados",
        Deed::Resume => "Reanudar seleccionados",
        Deed::Cancel => "Cancelar seleccionados",
        Deed::Delete => "Eliminar seleccionados",
    },
    export: "Exportar seleccionados",
    export_verb: "Exportar",
    export_many: "Son demasiadas filas sueltas para un archivo. Filtre el informe y exporte el resultado.",
    verb,
    title: |deed, count, texts| {
        let noun = if count == 1 { texts.one } else { texts.many };
        format!("{} {} {noun}", verb(deed), with_points_from_five(count))
    },
    about: |deed| match deed {
        Deed::Enable | Deed::Disable => "Esto se puede deshacer después.",
        Deed::Test => "Se consulta a cada servidor como para un mensaje, hasta su destinatario. No se envía nada.",
        Deed::Resend => "Cada uno sale de nuevo, como mensaje nuevo.",
        Deed::Pause => "Esperan hasta que se reanuden.",
        Deed::Resume => "Cada uno se intenta al momento.",
        Deed::Cancel => "No se enviarán. Esto no se puede deshacer.",
        Deed::Delete => "Esto no se puede deshacer.",
    },
    and_more: |names, more| format!("{names} y {} más", with_points_from_five(more)),
    recipient: "Destinatario por el que preguntar",
    type_count: "Cuántas filas, en número, para continuar",
    not_the_count: "No es esa la cantidad.",
    progress: |done, all| format!("{} de {}", with_points_from_five(done), with_points_from_five(all)),
    closing: "Cerrar esta ventana lo detiene: lo que no ha comenzado no se hará.",
    stop: "Detener",
    summary: |good, bad| format!("{} con éxito, {} sin él", with_points_from_five(good), with_points_from_five(bad)),
    tested: |good, bad| {
        let passed = if good == 1 { "superada" } else { "superadas" };
        format!("{} {passed}, {} no", with_points_from_five(good), with_points_from_five(bad))
    },
    stopped: "Se detuvo. Lo que no había comenzado no se hizo; el informe muestra cómo está todo.",
    unfinished: |count| format!("{} sin comenzar", with_points_from_five(count)),
    more_not: |count| format!("Y {} más: Copiar los lleva todos.", with_points_from_five(count)),
    again: |count| match count {
        1 => "Reintentar con ese".to_owned(),
        count => format!("Reintentar con esos {}", with_points_from_five(count)),
    },
    done: |title| format!("{title}: hecho"),
};

fn verb(deed: Deed) -> &'static str {
    match deed {
        Deed::Enable => "Activar",
        Deed::Disable => "Desactivar",
        Deed::Test => "Probar",
        Deed::Resend => "Reenviar",
        Deed::Pause => "Pausar",
        Deed::Resume => "Reanudar",
        Deed::Cancel => "Cancelar",
        Deed::Delete => "Eliminar",
    }
}
