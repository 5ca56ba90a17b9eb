//! Rows that were fetched anew: each keeps its element, wherever it stands now, and with it the keyboard, what is selected and
//! what is unfolded. What others changed is marked for a moment, and moves nothing that is being read.

use super::{Drawn, Rows};
use crate::ui::report::State;
use domain::report::Row;
use leptos::prelude::{set_timeout, window};
use std::{collections::HashMap, time::Duration};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Of a row that somebody else has just changed.
pub const CHANGED: &str = "data-changed";
/// As long as the style sheet lets it fade.
const MARKED_FOR: Duration = Duration::from_millis(2500);

/// What the reader is at.
pub struct Reading {
    at_hand: Option<i64>,
    /// New rows come in at the top of a list that only grows, for who is there.
    grows: bool,
}

/// A row, and how far down it stands on the screen.
type Standing = (i64, f64);

impl Reading {
    pub fn of(state: State) -> Self {
        Self { at_hand: state.row_at_hand(), grows: state.name.only_grows() }
    }
}

impl Rows {
    /// Shows these rows, and says how many of them differ. `reading`: others did that, and the reader is not to be moved.
    pub fn settle(&mut self, rows: &[Row], query: &str, reading: Option<Reading>) -> u64 {
        query.clone_into(&mut self.query);
        let place = self.place();
        let standing = reading.as_ref().map(|reading| self.standing_from(reading)).unwrap_or_default();
        let (mut new, mut changed) = (Vec::new(), Vec::new());

        let template = self.drawn.first().filter(|_| self.spare.is_empty()).and_then(Drawn::copy);
        let before = std::mem::take(&mut self.drawn).into_iter().enumerate();
        let mut before: HashMap<i64, (usize, Drawn)> =
            before.map(|(at, drawn)| (drawn.row.id(), (at, drawn))).collect();
        let mut next: Vec<(Option<usize>, Drawn)> = Vec::with_capacity(rows.len());
        for row in rows {
            let (was_at, mut drawn) = if let Some((at, drawn)) = before.remove(&row.id()) {
                (Some(at), drawn)
            } else {
                let like = || template.as_ref().or_else(|| next.first().map(|(_, drawn)| drawn)).and_then(Drawn::copy);
                let Some(drawn) = self.spare.pop().or_else(like).or_else(|| self.blank(row)) else { continue };
                let _ = drawn.element.remove_attribute(CHANGED);
                (None, drawn)
            };
            let differs = drawn.show(&self.cells, row, query);
            match was_at {
                None => new.push(drawn.element.clone()),
                Some(_) if differs => changed.push(drawn.element.clone()),
                Some(_) => {}
            }
            next.push((was_at, drawn));
        }
        let gone = before.len();
        for (_, (_, drawn)) in before {
            drawn.element.remove();
            self.spare.push(drawn);
        }
        self.place_all(&next);
        self.drawn = next.into_iter().map(|(_, drawn)| drawn).collect();
        self.shown = self.drawn.len();

        if let Some(place) = place {
            self.return_to(&place);
        }
        let count = changed.len() + new.len().max(gone);
        if reading.is_some() {
            self.keep_in_place(&standing);
            changed.append(&mut new);
            mark(changed);
        }
        count as u64
    }

    /// The keyboard goes to the table.
    pub fn focus_table(&self) {
        if let Some(table) = self.scroller().and_then(|scroller| scroller.dyn_into::<HtmlElement>().ok()) {
            let _ = table.focus();
        }
    }

    /// Moves the elements that are not where they belong, and as few as can be: what is moved loses the keyboard.
    fn place_all(&self, next: &[(Option<usize>, Drawn)]) {
        let stays = rising(&next.iter().map(|(was_at, _)| *was_at).collect::<Vec<_>>());
        let mut after: Option<&Element> = None;
        for ((_, drawn), stays) in next.iter().zip(stays).rev() {
            if !stays {
                let _ = self.body.insert_before(&drawn.element, after.map(AsRef::as_ref));
            }
            after = Some(&drawn.element);
        }
    }

    /// Where the row stands that the reader is at, and those below it, for the case that it is gone: the one at hand, else the
    /// one under the pointer, else the first in sight.
    fn standing_from(&self, reading: &Reading) -> Vec<Standing> {
        let scroller = self.scroller();
        let pointed = || {
            let row = self.body.query_selector("tr[data-id]:hover").ok().flatten()?;
            row.get_attribute("data-id")?.parse().ok()
        };
        let wanted = reading.at_hand.or_else(pointed);
        let is_at_top = scroller.as_ref().is_none_or(|scroller| scroller.scroll_top() == 0);
        if wanted.is_none() && reading.grows && is_at_top {
            return Vec::new();
        }
        let head = self.body.closest("table").ok().flatten().and_then(|table| table.query_selector("thead").ok()?);
        let top = head.map_or(0.0, |head| head.get_bounding_client_rect().bottom()).max(0.0);
        let is_first = |drawn: &Drawn| match wanted {
            Some(id) => drawn.row.id() == id,
            None => drawn.element.get_bounding_client_rect().bottom() > top,
        };
        let from = self.drawn.iter().position(is_first).unwrap_or_default();
        let below = self.drawn.iter().skip(from);
        below.map(|drawn| (drawn.row.id(), drawn.element.get_bounding_client_rect().top())).collect()
    }

    /// Scrolls so that the first of them that is still there stands where it stood.
    fn keep_in_place(&self, standing: &[Standing]) {
        let find = |id: i64| self.drawn.iter().find(|drawn| drawn.row.id() == id);
        let Some((drawn, stood)) = standing.iter().find_map(|(id, top)| Some((find(*id)?, top))) else { return };
        let moved = || drawn.element.get_bounding_client_rect().top() - stood;
        if let Some(scroller) = self.scroller() {
            let by = moved();
            if by.abs() >= 1.0 {
                #[expect(clippy::cast_possible_truncation, reason = "pixels of a screen")]
                scroller.set_scroll_top(scroller.scroll_top() + by.round() as i32);
            }
        }
        let rest = moved();
        if rest.abs() >= 1.0 {
            window().scroll_by_with_x_and_y(0.0, rest);
        }
    }
}

impl Drawn {
    /// Another one that shows the same.
    pub(super) fn copy(&self) -> Option<Self> {
        let element = self.element.clone_node_with_deep(true).ok()?.dyn_into::<Element>().ok()?;
        let _ = element.remove_attribute(CHANGED);
        let contents = self.cells.iter().map(|cell| cell.content.clone()).collect();
        Self::over(element, &self.row, contents, &self.query, self.clock)
    }
}

fn mark(rows: Vec<Element>) {
    for row in &rows {
        let _ = row.set_attribute(CHANGED, "");
    }
    let unmark = move || {
        for row in rows {
            let _ = row.remove_attribute(CHANGED);
        }
    };
    set_timeout(unmark, MARKED_FOR);
}

/// Which of these may stay: the most of them that were in this order before.
fn rising(places: &[Option<usize>]) -> Vec<bool> {
    // For each length, the run of it that ends lowest; and what each place follows in its run.
    let mut ends: Vec<usize> = Vec::new();
    let mut follows: Vec<Option<usize>> = vec![None; places.len()];
    for (at, place) in places.iter().enumerate() {
        if place.is_some() {
            let length = ends.partition_point(|end| places[*end] < *place);
            follows[at] = length.checked_sub(1).map(|before| ends[before]);
            if length == ends.len() {
                ends.push(at);
            } else {
                ends[length] = at;
            }
        }
    }
    let mut stays = vec![false; places.len()];
    let mut next = ends.last().copied();
    while let Some(at) = next {
        stays[at] = true;
        next = follows[at];
    }
    stays
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_few_as_can_be_are_moved() {
        let check = |places: &[i32], moved: &[usize]| {
            let places: Vec<_> = places.iter().map(|place| usize::try_from(*place).ok()).collect();
            let stays = rising(&places);
            let found: Vec<_> = (0..places.len()).filter(|at| !stays[*at]).collect();
            assert_eq!(found, moved, "{places:?}");
        };
        check(&[], &[]);
        check(&[0, 1, 2, 3], &[]);
        check(&[-1, 0, 1, 2], &[0]);
        check(&[0, 2, 3], &[]);
        check(&[4, 0, 1, 2, 3], &[0]);
        check(&[1, 2, 3, 0], &[3]);
        check(&[-1, -1], &[0, 1]);
        check(&[2, -1, 0, 5, 1, 3, 4], &[0, 1, 3]);
    }
}
