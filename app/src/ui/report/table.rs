//! The table: a header that sorts, and rows that are touched only when they changed.

use super::{Cell, RowActions, State, row};
use crate::{
    locales::use_words,
    ui::{
        icon::{Glyph, Icon},
        menu,
    },
};
use domain::report::{ColumnKind, ColumnSpec, Row, Value};
use leptos::prelude::*;

/// The popover that all rows share.
pub const MENU: &str = "row-menu";

#[component]
pub fn Table(state: State, cell: Cell, actions: RowActions) -> impl IntoView {
    let words = use_words();
    let title = (words.texts)(state.name).title;
    let spec = state.spec();
    let has_actions = actions.open.is_some() || actions.menu.is_some();
    let heads = spec.columns.iter().filter(|column| column.shown).map(|column| head(state, column)).collect_view();
    let menu_row = RwSignal::new(None::<Row>);
    let menu_entries = actions.menu.clone();
    let entries = move || {
        let row = menu_row.get()?;
        menu_entries.as_ref().map(|make| menu::entries(MENU, make(&row, state)))
    };
    let rows = move || state.page.with(|page| page.rows.clone());
    let children = move |row: Row| row::row(state, &row, cell, &actions, menu_row);
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=(words.report.table)(title)>
            <table class="table" aria-busy=move || state.waiting.get().then_some("true")>
                <thead>
                    <tr>
                        {heads}
                        {has_actions.then(|| view! { <th scope="col" class="actions">{words.common.actions}</th> })}
                    </tr>
                </thead>
                <tbody>
                    <For each=rows key=key children=children />
                </tbody>
            </table>
        </div>
        <div id=MENU class="menu" popover="auto" role="menu" aria-label=words.common.more_actions on:keydown=menu::walk>
            {entries}
        </div>
    }
    .into_any()
}

fn head(state: State, column: &'static ColumnSpec) -> AnyView {
    let label = (use_words().column)(state.name, column.key);
    let kind = cell_class(column.kind);
    if !column.sortable {
        return view! { <th scope="col" data-kind=kind data-column=column.key>{label}</th> }.into_any();
    }
    let spec = state.spec();
    let index = spec.column_index(column.key);
    let sorted = Memo::new(move |_| {
        let (current, down) = state.query.with(|query| query.sort_column(spec));
        (Some(current) == index).then_some(down)
    });
    let aria = move || sorted.get().map(|down| if down { "descending" } else { "ascending" });
    let icon = move || match sorted.get() {
        None => view! { <Glyph icon=Icon::UpDown /> },
        Some(false) => view! { <Glyph icon=Icon::Up /> },
        Some(true) => view! { <Glyph icon=Icon::Down /> },
    };
    let sort = move |_| state.change(state.query.get_untracked().sorted_by(spec, column.key), false);
    view! {
        <th scope="col" data-kind=kind data-column=column.key aria-sort=aria>
            <button type="button" on:click=sort>
                <span>{label}</span>
                {icon}
            </button>
        </th>
    }
    .into_any()
}

/// How a column lines up.
pub const fn cell_class(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Id => "id",
        ColumnKind::Number => "number",
        ColumnKind::YesNo => "yesno",
        ColumnKind::Code => "code",
        ColumnKind::Time => "time",
        ColumnKind::Text => "text",
    }
}

/// Id and content: a row that changed is a new row, all others stay as they are. (FNV-1a)
fn key(row: &Row) -> (i64, u64) {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut feed = |bytes: &[u8]| {
        for byte in bytes {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for value in &row.0 {
        match value {
            Value::Bool(yes) => feed(&[1, u8::from(*yes)]),
            Value::Int(number) => feed(&number.to_le_bytes()),
            Value::Text(text) => feed(text.as_bytes()),
            Value::None => feed(&[2]),
        }
        feed(&[0]);
    }
    (row.id(), hash)
}
