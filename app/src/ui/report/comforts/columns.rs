//! Which columns are shown, and in which order: by buttons for who uses keys, by dragging for who does not. The table follows at
//! once; the address keeps it.

use crate::{
    locales::use_words,
    ui::{
        browser::focus,
        button::Button,
        icon::{Glyph, Icon},
        report::{State, tools},
    },
};
use domain::report::ReportSpec;
use leptos::{ev::PointerEvent, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::Element;

/// The panel's state; a handle that is copied freely.
#[derive(Clone, Copy)]
struct Chooser {
    state: State,
    /// All columns in the order of the panel: one that is not shown keeps its place, for when it is again.
    order: RwSignal<Vec<usize>>,
    shown: Memo<Vec<usize>>,
    /// What a screen reader hears of a move.
    said: RwSignal<String>,
    dragged: RwSignal<Option<usize>>,
}

pub fn panel(state: State) -> AnyView {
    let words = use_words();
    let own = &words.later().comforts;
    let spec = state.spec();
    let shown = Memo::new(move |_| state.query.with(|query| query.shown_columns(spec)));
    let order = RwSignal::new(whole(spec, &shown.get_untracked()));
    let chooser = Chooser { state, order, shown, said: RwSignal::new(String::new()), dragged: RwSignal::new(None) };
    // Back, or a saved view.
    Effect::new(move |_| {
        let shown = shown.get();
        if order.with_untracked(|order| only(order, &shown)) != shown {
            order.set(whole(spec, &shown));
        }
    });
    Effect::new(|_| tools::focus_soon(tools::COLUMNS));
    let is_own = Memo::new(move |_| state.query.with(|query| query.columns.is_empty()));
    let reset = Callback::new(move |()| {
        order.set(whole(spec, &[]));
        chooser.commit(&[]);
        chooser.said.set(own.columns_reset.to_owned());
        focus(&format!("#{} input", tools::COLUMNS));
    });
    let list = NodeRef::<html::Ul>::new();
    view! {
        <h2 class="popup-title">{words.report.columns}</h2>
        <ul
            class="columns"
            node_ref=list
            on:pointermove=move |event| chooser.drag(&event, list)
            on:pointerup=move |_| chooser.drop()
            on:pointercancel=move |_| chooser.drop()
        >
            <For
                each=move || order.get()
                key=|column| *column
                children=move |column| chooser.row(column, list)
            />
        </ul>
        <p class="visually-hidden" role="status">{chooser.said}</p>
        <div class="popup-foot">
            <Button label=own.columns_usual on_click=reset variant="quiet" disabled=is_own />
        </div>
    }
    .into_any()
}

/// Those of an order that are shown.
fn only(order: &[usize], shown: &[usize]) -> Vec<usize> {
    order.iter().copied().filter(|column| shown.contains(column)).collect()
}

/// All columns: those shown in their order, each other one after the one that it follows in the report itself.
fn whole(spec: &ReportSpec, shown: &[usize]) -> Vec<usize> {
    let mut order = shown.to_vec();
    let mut before = None;
    for (column, _) in spec.own_columns() {
        if !order.contains(&column) {
            let at = before.and_then(|before| order.iter().position(|other| *other == before)).map_or(0, |at| at + 1);
            order.insert(at, column);
        }
        before = Some(column);
    }
    order
}

impl Chooser {
    fn row(self, column: usize, list: NodeRef<html::Ul>) -> AnyView {
        let words = use_words();
        let own = &words.later().comforts;
        let Some(spec) = self.state.spec().columns.get(column) else { return ().into_any() };
        let label = (words.column)(self.state.name, spec.key);
        let id = |what: &str| format!("column-{what}-{}", spec.key);
        let is_shown = Memo::new(move |_| self.shown.with(|shown| shown.contains(&column)));
        let is_last = Memo::new(move |_| self.shown.with(|shown| *shown == [column]));
        let place = Memo::new(move |_| self.order.with(|order| order.iter().position(|other| *other == column)));
        let count = self.order.with_untracked(Vec::len);
        let move_button = |by: isize, id: String, name: String, icon: Icon, disabled: Signal<bool>| {
            view! {
                <button
                    type="button"
                    class="icon-button"
                    id=id
                    aria-label=name.clone()
                    title=name
                    disabled=disabled
                    on:click=move |_| self.step(column, by)
                >
                    <Glyph icon />
                </button>
            }
        };
        let at_top = Signal::derive(move || place.get() == Some(0));
        let at_bottom = Signal::derive(move || place.get() == Some(count.saturating_sub(1)));
        let grab = move |event: PointerEvent| {
            if event.button() == 0
                && let Some(list) = list.get_untracked()
            {
                event.prevent_default();
                let _ = list.set_pointer_capture(event.pointer_id());
                self.dragged.set(Some(column));
            }
        };
        view! {
            <li class="column" data-dragged=move || (self.dragged.get() == Some(column)).then_some("")>
                <span class="column-grip" title=own.drag aria-hidden="true" on:pointerdown=grab>
                    <Glyph icon=Icon::Grip />
                </span>
                <label class="column-name">
                    <input
                        type="checkbox"
                        autocomplete="off"
                        prop:checked=is_shown
                        disabled=is_last
                        on:change=move |_| self.toggle(column)
                    />
                    <span>{label}</span>
                </label>
                {move_button(-1, id("up"), (own.move_up)(label), Icon::Up, at_top)}
                {move_button(1, id("down"), (own.move_down)(label), Icon::Down, at_bottom)}
            </li>
        }
        .into_any()
    }

    fn toggle(self, column: usize) {
        let mut shown = self.shown.get_untracked();
        match shown.iter().position(|other| *other == column) {
            Some(at) if shown.len() > 1 => drop(shown.remove(at)),
            Some(_) => {}
            None => shown.push(column),
        }
        self.commit(&self.order.with_untracked(|order| only(order, &shown)));
    }

    /// One place up or down; the keyboard stays on the button, or on its neighbour where that can do no more.
    fn step(self, column: usize, by: isize) {
        let Some(at) = self.place(column) else { return };
        let Some(to) = at.checked_add_signed(by) else { return };
        self.put(column, to);
        self.commit(&self.in_order());
        self.say(column);
        let key = self.state.spec().columns.get(column).map_or("", |spec| spec.key);
        let buttons = if by < 0 { ["up", "down"] } else { ["down", "up"] };
        let ids = buttons.map(|which| format!("#column-{which}-{key}:enabled"));
        request_animation_frame(move || {
            let _ = ids.iter().any(|id| focus(id));
        });
    }

    fn drag(self, event: &PointerEvent, list: NodeRef<html::Ul>) {
        let (Some(column), Some(list)) = (self.dragged.get_untracked(), list.get_untracked()) else { return };
        let Ok(rows) = list.query_selector_all("li") else { return };
        let y = f64::from(event.client_y());
        let below = |at: &u32| {
            let row = rows.item(*at).and_then(|row| row.dyn_into::<Element>().ok());
            row.is_some_and(|row| y < row.get_bounding_client_rect().bottom())
        };
        let to = (0..rows.length()).find(below).unwrap_or(rows.length().saturating_sub(1));
        self.put(column, usize::try_from(to).unwrap_or_default());
    }

    fn drop(self) {
        let Some(column) = self.dragged.get_untracked() else { return };
        self.dragged.set(None);
        self.commit(&self.in_order());
        self.say(column);
    }

    fn put(self, column: usize, to: usize) {
        let Some(at) = self.place(column).filter(|at| *at != to) else { return };
        self.order.update(|order| {
            let moved = order.remove(at);
            order.insert(to.min(order.len()), moved);
        });
    }

    fn place(self, column: usize) -> Option<usize> {
        self.order.with_untracked(|order| order.iter().position(|other| *other == column))
    }

    fn in_order(self) -> Vec<usize> {
        self.shown.with_untracked(|shown| self.order.with_untracked(|order| only(order, shown)))
    }

    /// Each choice is no step of history of its own.
    fn commit(self, columns: &[usize]) {
        let query = self.state.query.get_untracked();
        let wanted = query.clone().with_columns(self.state.spec(), columns);
        if wanted != query {
            self.state.choose(wanted);
        }
    }

    fn say(self, column: usize) {
        let words = use_words();
        let key = self.state.spec().columns.get(column).map_or("", |spec| spec.key);
        let label = (words.column)(self.state.name, key);
        let at = self.place(column).map_or(0, |at| at + 1);
        self.said.set((words.later().comforts.moved)(label, at, self.order.with_untracked(Vec::len)));
    }
}
