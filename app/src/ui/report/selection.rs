//! Which rows are chosen: by id, so that a filter, a sort or another page changes nothing of it; or all that match, but some.

use super::{Bar, State, rows::SELECT};
use crate::{locales::use_words, ui::browser};
use domain::report::{Query, Row};
use leptos::{ev::MouseEvent, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// What is chosen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chosen {
    /// All that match this filter; so many were shown.
    pub all: Option<(Query, u64)>,
    /// Upwards: those chosen, or those of all that are not.
    pub ids: Vec<i64>,
}

impl Chosen {
    pub fn contains(&self, id: i64) -> bool {
        self.ids.binary_search(&id).is_ok() != self.all.is_some()
    }

    pub fn count(&self) -> u64 {
        let ids = self.ids.len() as u64;
        self.all.as_ref().map_or(ids, |(_, shown)| shown.saturating_sub(ids))
    }

    fn set(&mut self, id: i64, chosen: bool) {
        match (self.ids.binary_search(&id), chosen != self.all.is_some()) {
            (Err(at), true) => self.ids.insert(at, id),
            (Ok(at), false) => {
                self.ids.remove(at);
            }
            _ => {}
        }
    }
}

/// The selection of one report; a handle that is copied freely.
#[derive(Clone, Copy)]
pub struct Selection {
    pub chosen: RwSignal<Chosen>,
    /// The row pressed last: with Shift, everything from there on.
    anchor: StoredValue<Option<i64>>,
    /// What a screen reader hears.
    pub said: RwSignal<String>,
    /// What is being done with it outlasts it.
    pub busy: RwSignal<bool>,
}

impl Selection {
    pub fn new() -> Self {
        Self {
            chosen: RwSignal::new(Chosen::default()),
            anchor: StoredValue::new(None),
            said: RwSignal::new(String::new()),
            busy: RwSignal::new(false),
        }
    }

    /// These, and nothing else.
    pub fn only(self, mut ids: Vec<i64>) {
        ids.sort_unstable();
        self.chosen.try_set(Chosen { all: None, ids });
    }

    /// *All that match* means a filter: another one ends it.
    pub fn asked(self, query: &Query) {
        let ends = |chosen: &Chosen| chosen.all.as_ref().is_some_and(|(all, _)| all.filter != query.filter);
        if self.chosen.with_untracked(ends) {
            self.only(Vec::new());
        }
    }

    /// A row's box was pressed; with Shift, so were all from the one pressed before it, as they stand.
    pub fn pressed(self, rows: &[Row], id: i64, chosen: bool, shift: bool) {
        let place = |id: i64| rows.iter().position(|row| row.id() == id);
        let from = self.anchor.get_value().filter(|_| shift).and_then(place);
        let range = match (from, place(id)) {
            (Some(from), Some(to)) => rows.get(from.min(to)..=from.max(to)).unwrap_or_default(),
            _ => &[],
        };
        self.anchor.set_value(Some(id));
        self.chosen.update(|all| {
            all.set(id, chosen);
            for row in range {
                all.set(row.id(), chosen);
            }
        });
    }

    /// All rows of the page, or none of them.
    fn page(self, rows: &[Row], chosen: bool) {
        self.chosen.update(|all| {
            for row in rows {
                all.set(row.id(), chosen);
            }
        });
    }
}

/// The box in the table's header: for all rows of the page.
pub fn head(state: State) -> AnyView {
    // Whether all are chosen, and whether some are.
    let shown = Memo::new(move |_| {
        state.selection.chosen.with(|chosen| {
            if chosen.count() == 0 {
                return (false, false);
            }
            state.page.with(|page| {
                let some = page.rows.iter().filter(|row| chosen.contains(row.id())).count();
                (some > 0 && some == page.rows.len(), some > 0 && some < page.rows.len())
            })
        })
    });
    let press = move |event: MouseEvent| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some(input) = input {
            state.page.with_untracked(|page| state.selection.page(&page.rows, input.checked()));
        }
    };
    view! {
        <input
            type="checkbox"
            class=SELECT
            autocomplete="off"
            aria-label=use_words().report.select_page
            prop:checked=move || shown.get().0
            prop:indeterminate=move || shown.get().1
            on:click=press
        />
    }
    .into_any()
}

/// What stands below the table while something is chosen, and where that is said.
#[component]
pub fn Below(state: State, bar: Bar) -> impl IntoView {
    let selection = state.selection;
    let any = Memo::new(move |_| selection.busy.get() || selection.chosen.with(|chosen| chosen.count() > 0));
    Effect::new(move |before: Option<bool>| {
        let any = any.get();
        if before == Some(true) && !any {
            selection.anchor.set_value(None);
            // Its buttons are gone, and the keyboard may have been on one of them.
            browser::focus_if_lost(document().query_selector(".table-scroll").ok().flatten());
        }
        any
    });
    view! {
        <p class="visually-hidden" aria-live="polite">
            {selection.said}
        </p>
        {move || any.get().then(|| bar.run(state))}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_but_some_and_some_alone() {
        let mut chosen = Chosen::default();
        for (id, set) in [(7, true), (3, true), (7, true), (5, false)] {
            chosen.set(id, set);
        }
        assert_eq!(chosen.ids, [3, 7]);
        assert!(chosen.contains(3) && !chosen.contains(5));
        assert_eq!(chosen.count(), 2);
        let mut all = Chosen { all: Some((Query::default(), 412)), ids: Vec::new() };
        for (id, set) in [(7, false), (3, false), (7, true)] {
            all.set(id, set);
        }
        assert_eq!(all.ids, [3]);
        assert!(!all.contains(3) && all.contains(7) && all.contains(1_000));
        assert_eq!(all.count(), 411);
    }
}
