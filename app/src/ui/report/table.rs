//! The table: a header that sorts, and rows that are touched only when they changed.

use super::{
    Cell, RowActions, State,
    cell::{Cells, cell_class},
    comforts::Comfort,
    drawing,
    pressing::Pressing,
    room::Room,
    rows::{Reading, Rows, Wanted},
    search::FORM,
    selection,
    state::By,
};
use crate::{
    live::{Live, use_live},
    locales::use_words,
    ui::{
        arriving::arriving,
        icon::{Glyph, Icon},
        menu,
        turn::Turns,
    },
};
use domain::{
    bulk,
    report::{ColumnSpec, FieldKind, Needle, Query, ReportSpec, Row},
};
use leptos::{
    ev::{self, KeyboardEvent, MouseEvent, PointerEvent},
    html,
    prelude::*,
};
use send_wrapper::SendWrapper;
use std::time::Duration;

/// Longer than between two keys of a quick typist.
const PAUSE: Duration = Duration::from_millis(150);

/// The popover that all rows share.
pub const MENU: &str = "row-menu";

#[component]
pub fn Table(state: State, cell: Cell, actions: RowActions) -> impl IntoView {
    let words = use_words();
    let title = (words.texts)(state.name).title;
    let spec = state.spec();
    let order = Memo::new(move |_| state.query.with(|query| query.shown_columns(spec)));
    let cells = Cells::new(spec, order.get_untracked(), cell, actions.clone());
    let room = RwSignal::new(state.page.with_untracked(|page| Room::for_rows(&cells, &page.rows)));
    let heads = move || {
        let mut select = bulk::selects(state.name).then(|| selection::head(state));
        let columns = order.get().into_iter().filter_map(|index| Some((index, spec.columns.get(index)?)));
        columns.map(|(index, column)| head(state, index, column, room, select.take())).collect_view()
    };
    let entries = StoredValue::new(actions.menu.as_ref().map(|menu| menu.entries.clone()));
    let shown = move || {
        let row = state.menu_row.get()?;
        entries.with_value(|make| make.as_ref().map(|make| menu::entries(MENU, make(&row, state))))
    };
    let open = actions.open.map(|(address, _)| address);
    let has_actions = cells.has_actions();
    let body = NodeRef::<html::Tbody>::new();
    let pressing = Pressing { state, open, entries, was_open: StoredValue::new(false) };
    let draw_rest = follow(state, order, room, cells.clone(), body);
    let scroll = NodeRef::<html::Div>::new();
    let used = RwSignal::new(false);
    let begin = move || {
        if !used.get_untracked() {
            used.set(true);
        }
    };
    view! {
        <div
            class="table-scroll"
            node_ref=scroll
            tabindex="0"
            role="region"
            aria-label=(words.report.table)(title)
            on:pointerenter=move |_| begin()
            on:focusin=move |_| begin()
            on:scroll=move |_| draw_rest()
        >
            <table class="table" data-report=state.name.code() aria-busy=move || state.waiting.get().then_some("true")>
                <thead>
                    <tr>
                        {heads}
                        {has_actions.then(|| view! { <th scope="col" class="actions">{words.common.actions}</th> })}
                    </tr>
                </thead>
                {self::body(state, &cells, body, &pressing)}
            </table>
            {move || used.get().then(|| arriving((state.comforts)(Comfort::Copying(scroll)), || ().into_any()))}
        </div>
        <div id=MENU class="menu" popover="auto" role="menu" aria-label=words.common.more_actions on:keydown=menu::walk>
            {shown}
        </div>
    }
    .into_any()
}

/// The server writes the rows; the browser takes them over as they stand, once it runs.
fn body(state: State, cells: &Cells, body: NodeRef<html::Tbody>, pressing: &Pressing) -> AnyView {
    let pressing = *pressing;
    let down = move |event: PointerEvent| pressing.pointer_down(&event);
    let click = move |event: MouseEvent| pressing.click(&event);
    let key = move |event: KeyboardEvent| pressing.key_down(&event);
    let mouse = move |event: MouseEvent| Pressing::mouse_down(&event);
    if !drawing::ON_SERVER {
        return view! { <tbody node_ref=body on:pointerdown=down on:mousedown=mouse on:click=click on:keydown=key /> }
            .into_any();
    }
    let query = state.query.with_untracked(Query::to_query_string);
    let rows = state.page.with_untracked(|page| drawing::rows(cells, &page.rows, &query));
    view! {
        <tbody node_ref=body on:pointerdown=down on:mousedown=mouse on:click=click on:keydown=key>
            {rows}
        </tbody>
    }
    .into_any()
}

/// In the browser: the rows show what the state says from now on. Answers what draws those that are late.
fn follow(
    state: State,
    order: Memo<Vec<usize>>,
    room: RwSignal<Room>,
    cells: Cells,
    body: NodeRef<html::Tbody>,
) -> impl Fn() + Copy {
    let live = use_live();
    // On the server there are none, so that nothing of a browser's is handed from thread to thread.
    let rows = StoredValue::new(None::<SendWrapper<Rows>>);
    // The rows' links follow the filter once typing pauses: nobody can press one in the meantime and type.
    let query = Memo::new(move |_| state.settled.with(Query::to_query_string));
    let first = query.get_untracked();
    let asked_at_first = first.clone();
    let was_typed = move || state.query.with_untracked(Query::to_query_string) != asked_at_first;
    // What is out of sight follows once typing pauses, or as it comes into sight.
    let turns = Turns::new();
    let rest = move || {
        state.page.try_with_untracked(|page| {
            rows.try_update_value(|rows| {
                if let Some(rows) = rows
                    && rows.show_rest(&page.rows)
                {
                    dress(state, rows, room, &order.get_untracked());
                }
            })
        });
    };
    Effect::new(move |_| {
        let Some(body) = body.get() else { return };
        let query = query.get();
        let order = order.get();
        state.page.with(|page| {
            rows.update_value(|rows| {
                // What was typed before is being asked: its rows stand there (`frontend/early.js`), and stay until the answer.
                if rows.is_none() && was_typed() && state.waiting.get() {
                    return;
                }
                let fresh = || {
                    let (rows, ticked) = Rows::adopt(body.into(), cells.clone(), &page.rows, &first);
                    if !ticked.is_empty() {
                        state.selection.only(ticked);
                    }
                    SendWrapper::new(rows)
                };
                let rows = rows.get_or_insert_with(fresh);
                rows.arrange(&order);
                let by = state.take_by();
                if by != By::Asked {
                    settle(state, live, rows, &page.rows, &query, by);
                } else if rows.show(&page.rows, &query) {
                    turns.next().after(PAUSE, rest);
                }
                dress(state, rows, room, &order);
            });
        });
    });
    Effect::new(move |_| {
        let listening = window_event_listener(ev::scroll, move |_| rest());
        on_cleanup(move || listening.remove());
    });
    Effect::new(move |_| {
        state.selection.chosen.with(|chosen| rows.update_value(|rows| rows.iter_mut().for_each(|r| r.select(chosen))));
    });
    rest
}

/// What depends on more than one row: which are chosen, what the filter found in them, how wide their columns are.
fn dress(state: State, rows: &mut Rows, room: RwSignal<Room>, order: &[usize]) {
    room.maybe_update(|room| rows.fit(room));
    state.selection.chosen.with_untracked(|chosen| rows.select(chosen));
    rows.mark(&state.query.with_untracked(|query| wanted(state.spec(), query, order)));
}

/// What was fetched anew. Each row keeps its element; what others did stays out of the reader's way.
fn settle(state: State, live: Live, rows: &mut Rows, fresh: &[Row], query: &str, by: By) {
    let others = by == By::Others;
    let changed = rows.settle(fresh, query, others.then(|| Reading::of(state)));
    if others && changed > 0 {
        live.seen(state.name, changed);
    }
    let gone = |row: &Option<Row>| row.as_ref().is_some_and(|row| fresh.iter().all(|other| other.id() != row.id()));
    if menu::is_open(MENU) && state.menu_row.with_untracked(gone) {
        menu::close(MENU);
        rows.focus_table();
    }
}

/// What is typed into the fields that look into texts, as far as their columns are shown.
fn wanted(spec: &ReportSpec, query: &Query, order: &[usize]) -> Wanted {
    let place = |column: usize| order.iter().position(|shown| *shown == column);
    let texts = spec.fields.iter().filter(|field| field.kind == FieldKind::Text);
    texts.filter_map(|field| Some((place(field.column)?, Needle::parse(query.filter.get(field.key)?)?))).collect()
}

/// `select` stands before the heading, and has no part in what the column is called.
fn head(
    state: State,
    index: usize,
    column: &'static ColumnSpec,
    room: RwSignal<Room>,
    select: Option<AnyView>,
) -> AnyView {
    let label = (use_words().column)(state.name, column.key);
    let kind = cell_class(column.kind);
    let name = select.is_some().then_some(label);
    let chars = move || room.with(|room| room.of(index));
    if !column.sortable {
        return view! {
            <th scope="col" aria-label=name data-kind=kind data-column=column.key data-room=chars>
                {select}
                {label}
            </th>
        }
        .into_any();
    }
    let spec = state.spec();
    // Its place among the columns sorted by, whether downwards, and whether there are others.
    let sorted = Memo::new(move |_| {
        let keys = state.query.with(|query| query.sort_columns(spec));
        let place = keys.iter().position(|(key, _)| *key == index)?;
        Some((place, keys.get(place)?.1, keys.len() > 1))
    });
    // One column alone may say so.
    let aria = move || {
        let (_, down, _) = sorted.get().filter(|(place, ..)| *place == 0)?;
        Some(if down { "descending" } else { "ascending" })
    };
    let icon = move || match sorted.get() {
        None => view! { <Glyph icon=Icon::UpDown /> },
        Some((_, false, _)) => view! { <Glyph icon=Icon::Up /> },
        Some((_, true, _)) => view! { <Glyph icon=Icon::Down /> },
    };
    let place = move || {
        let (place, ..) = sorted.get().filter(|(.., many)| *many)?;
        Some(view! { <span class="sort-place" aria-hidden="true">{place + 1}</span> })
    };
    // Without scripts the button sends the search form, and the sort with it.
    let next = state.query.with_untracked(|query| query.clone().sorted_by(spec, column.key));
    let next = if next.sort.is_some() { next.sort_text() } else { column.key.to_owned() };
    let sort = move |event: MouseEvent| {
        event.prevent_default();
        let query = state.query.get_untracked();
        let query =
            if event.shift_key() { query.also_sorted_by(spec, column.key) } else { query.sorted_by(spec, column.key) };
        state.change(query, false);
    };
    view! {
        <th scope="col" aria-label=name data-kind=kind data-column=column.key data-room=chars aria-sort=aria>
            {select}
            <button type="submit" form=FORM name="sort" value=next on:click=sort>
                <span>{label}</span>
                {icon}
                {place}
            </button>
        </th>
    }
    .into_any()
}
