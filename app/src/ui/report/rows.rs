//! The rows in the browser: those that the server wrote are taken over, and from then on each place in the table is told
//! what it shows. What already stands there is left alone, so that an answer costs as little as it changes.

mod settle;

pub use settle::Reading;

use super::{
    bits::written,
    cell::{Cells, Content, cell_class},
    dom::{Nodes, fill},
    highlight::Highlight,
    room::Room,
    selection::Chosen,
};
use crate::ui::time::Clock;
use domain::report::{Needle, Row, marks, utf16};
use leptos::prelude::{document, window};
use std::ops::Range;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

/// The class of the box that a row is chosen with.
pub const SELECT: &str = "select-box";
/// On a row that is chosen.
const CHOSEN: &str = "data-chosen";
/// On a cell that cuts its text off.
const LONG: &str = "data-long";
/// On a body whose rows were asked for before the program ran (`frontend/early.js`).
const EARLY: &str = "data-early";
/// What the keyboard can be on in a row.
const CONTROLS: &str = "a, button, input";

/// The body of the table.
pub struct Rows {
    body: Element,
    cells: Cells,
    drawn: Vec<Drawn>,
    /// Rows taken off the page, for the next time there are more.
    spare: Vec<Drawn>,
    /// Down to which place they show what they should; those below are out of sight, and late.
    shown: usize,
    query: String,
    highlight: Option<Highlight>,
}

/// What is looked for in a column, by its place among those shown.
pub type Wanted = Vec<(usize, Needle)>;

/// One row of the page and what it shows.
struct Drawn {
    element: Element,
    row: Row,
    cells: Vec<DrawnCell>,
    query: String,
    clock: Clock,
    select: Option<HtmlInputElement>,
    chosen: bool,
}

struct DrawnCell {
    element: Element,
    /// Where its content stands: itself, or beside the box that the row is chosen with.
    inside: Element,
    content: Content,
    nodes: Option<Nodes>,
}

/// Where the keyboard is: in which row, and on what of it.
#[derive(PartialEq, Eq)]
struct Place {
    id: i64,
    spot: Spot,
}

#[derive(PartialEq, Eq)]
enum Spot {
    Control(u32),
    /// Where the arrow keys have come to (`comforts/copying.rs`).
    Cell(usize),
}

impl Rows {
    /// Takes over what the server wrote for these rows; where that isn't what stands there, it is written anew. Says what has
    /// been ticked since.
    pub fn adopt(body: Element, cells: Cells, rows: &[Row], query: &str) -> (Self, Vec<i64>) {
        let mut this = Self {
            body,
            cells,
            drawn: Vec::new(),
            spare: Vec::new(),
            shown: 0,
            query: query.to_owned(),
            highlight: None,
        };
        this.highlight = Highlight::new();
        match this.standing(rows) {
            Some(drawn) => this.drawn = drawn,
            None => this.body.set_text_content(None),
        }
        this.shown = this.drawn.len();
        let ticked = this.drawn.iter().filter(|drawn| drawn.chosen).map(|drawn| drawn.row.id()).collect();
        (this, ticked)
    }

    /// Columns in this order from now on.
    pub fn arrange(&mut self, order: &[usize]) {
        if self.cells.order != order {
            order.clone_into(&mut self.cells.order);
            self.body.set_text_content(None);
            self.drawn.clear();
            self.spare.clear();
        }
    }

    /// Shows these rows; their links lead on with `query`. What is out of sight is left for later: whoever types waits for what
    /// can be seen. Says whether something was.
    pub fn show(&mut self, rows: &[Row], query: &str) -> bool {
        query.clone_into(&mut self.query);
        let in_sight = self.in_sight();
        self.keeping_place(|this| {
            while this.drawn.len() > rows.len() {
                if let Some(drawn) = this.drawn.pop() {
                    drawn.element.remove();
                    this.spare.push(drawn);
                }
            }
            this.show_places(rows, 0..in_sight.min(rows.len()));
        });
        self.shown < rows.len()
    }

    /// What was left for later: the same rows, from where it ended. Says whether anything was.
    pub fn show_rest(&mut self, rows: &[Row]) -> bool {
        let is_late = self.shown < rows.len();
        if is_late {
            self.keeping_place(|this| this.show_places(rows, this.shown..rows.len()));
        }
        is_late
    }

    fn show_places(&mut self, rows: &[Row], places: Range<usize>) {
        self.shown = places.end;
        for (at, row) in rows.iter().enumerate().take(places.end).skip(places.start) {
            if at == self.drawn.len() {
                let Some(drawn) = self.spare.pop().or_else(|| self.blank(row)) else { return };
                let _ = self.body.append_child(&drawn.element);
                self.drawn.push(drawn);
            }
            if let Some(drawn) = self.drawn.get_mut(at) {
                drawn.show(&self.cells, row, &self.query);
            }
        }
    }

    /// How many places there are from the top down to the last one in sight, and one more, which may come into it.
    fn in_sight(&self) -> usize {
        let height = window().inner_height().ok().and_then(|height| height.as_f64());
        let (Some(height), Some(scroller), false) = (height, self.scroller(), document().hidden()) else {
            return usize::MAX;
        };
        let bottom = height.min(scroller.get_bounding_client_rect().bottom());
        let above = |drawn: &Drawn| drawn.element.get_bounding_client_rect().top() < bottom;
        let count = self.drawn.partition_point(above);
        match self.drawn.last() {
            // All are in sight, and there may be room for more of them.
            Some(last) if count == self.drawn.len() => {
                let last = last.element.get_bounding_client_rect();
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rows on a screen")]
                let more = ((height - last.bottom()).max(0.0) / last.height().max(1.0)) as usize;
                count + more + 1
            }
            Some(_) => count + 1,
            None => usize::MAX,
        }
    }

    /// Ticks the rows shown that are chosen.
    pub fn select(&mut self, chosen: &Chosen) {
        for drawn in &mut self.drawn {
            drawn.choose(chosen.contains(drawn.row.id()));
        }
    }

    /// Marks what the filter found in the rows shown.
    pub fn mark(&mut self, wanted: &Wanted) {
        let Some(highlight) = &mut self.highlight else { return };
        highlight.clear();
        for drawn in self.drawn.iter_mut().take(self.shown).filter(|_| !wanted.is_empty()) {
            for (place, needle) in wanted {
                if let Some(cell) = drawn.cells.get_mut(*place) {
                    cell.mark(needle, highlight);
                }
            }
        }
    }

    /// Makes room for what is shown. Says whether there was too little.
    pub fn fit(&self, room: &mut Room) -> bool {
        let mut grew = false;
        for drawn in self.drawn.iter().take(self.shown) {
            for ((index, _), cell) in self.cells.columns().zip(&drawn.cells) {
                grew |= room.fit(index, &cell.content);
            }
        }
        grew
    }

    /// Those that the server wrote, if they are these. What was asked before the program ran may be of another moment.
    fn standing(&self, rows: &[Row]) -> Option<Vec<Drawn>> {
        let early = self.body.has_attribute(EARLY);
        let mut next = self.body.first_element_child();
        let mut drawn = Vec::with_capacity(rows.len());
        for row in rows {
            let element = next?;
            next = element.next_element_sibling();
            if element.get_attribute("data-id")? != row.id().to_string() {
                return None;
            }
            let contents = self.cells.row(row, &self.query, Clock::Utc);
            let over = Drawn::over(element, row, contents, &self.query, Clock::Utc)?;
            if early && !over.cells.iter().all(DrawnCell::is_as_said) {
                return None;
            }
            drawn.push(over);
        }
        next.is_none().then_some(drawn)
    }

    /// A row with all its cells: a copy of one that stands there, or made of nothing.
    fn blank(&self, row: &Row) -> Option<Drawn> {
        if let Some(first) = self.drawn.first() {
            return first.copy();
        }
        let make = |name| document().create_element(name).ok();
        let element = make("tr")?;
        let _ = element.set_attribute("data-id", &row.id().to_string());
        let contents = self.cells.row(row, &self.query, Clock::Local);
        let mut columns = self.cells.columns();
        let mut selects = self.cells.selects();
        for content in &contents {
            let cell = make("td")?;
            if let Some((_, column)) = columns.next() {
                let _ = cell.set_attribute("data-kind", cell_class(column.kind));
                let _ = cell.set_attribute("data-column", column.key);
                mark(&cell, content.yes);
                let _ = cell.toggle_attribute_with_force(LONG, content.is_long);
            } else {
                cell.set_class_name("actions");
            }
            if std::mem::take(&mut selects) {
                let (input, inside) = (make("input")?, make("span")?);
                for (name, value) in [("type", "checkbox"), ("class", SELECT), ("autocomplete", "off")] {
                    let _ = input.set_attribute(name, value);
                }
                let _ = input.set_attribute("aria-label", &self.cells.select_label(row));
                fill(&inside, &content.bits);
                let _ = cell.append_child(&input);
                let _ = cell.append_child(&inside);
            } else {
                fill(&cell, &content.bits);
            }
            let _ = element.append_child(&cell);
        }
        Drawn::over(element, row, contents, &self.query, Clock::Local)
    }

    /// Whatever is done to the rows, the keyboard stays with its row.
    fn keeping_place(&mut self, work: impl FnOnce(&mut Self)) {
        let place = self.place();
        work(self);
        if let Some(place) = place {
            self.return_to(&place);
        }
    }

    fn place(&self) -> Option<Place> {
        let active = document().active_element()?;
        if !self.body.contains(Some(&active)) {
            return None;
        }
        let row = active.closest("tr[data-id]").ok().flatten()?;
        let id = row.get_attribute("data-id")?.parse().ok()?;
        if active.tag_name() == "TD" {
            let cells = &self.drawn.iter().find(|drawn| drawn.row.id() == id)?.cells;
            let cell = cells.iter().position(|cell| cell.element.is_same_node(Some(&active)))?;
            return Some(Place { id, spot: Spot::Cell(cell) });
        }
        let controls = row.query_selector_all(CONTROLS).ok()?;
        let is_active = |at: &u32| controls.item(*at).is_some_and(|control| control.is_same_node(Some(&active)));
        let control = (0..controls.length()).find(is_active)?;
        Some(Place { id, spot: Spot::Control(control) })
    }

    /// The keyboard stays with its row, wherever that stands now; if it is gone, it goes to the table.
    fn return_to(&self, place: &Place) {
        if self.place().as_ref() == Some(place) {
            return;
        }
        let row = self.drawn.iter().find(|drawn| drawn.row.id() == place.id);
        let target = row.and_then(|row| match place.spot {
            Spot::Control(control) => {
                let controls = row.element.query_selector_all(CONTROLS).ok()?;
                controls.item(control).or_else(|| controls.item(0)).map(JsCast::unchecked_into::<Element>)
            }
            Spot::Cell(cell) => {
                let cell = row.cells.get(cell)?.element.clone();
                let _ = cell.set_attribute("tabindex", "-1");
                Some(cell)
            }
        });
        if let Some(target) =
            target.or_else(|| self.scroller()).and_then(|target| target.dyn_into::<HtmlElement>().ok())
        {
            let _ = target.focus();
        }
    }

    /// What the table scrolls in.
    fn scroller(&self) -> Option<Element> {
        self.body.closest(".table-scroll").ok().flatten()
    }
}

impl Drawn {
    /// Over cells that stand in the document with these contents.
    fn over(element: Element, row: &Row, contents: Vec<Content>, query: &str, clock: Clock) -> Option<Self> {
        let mut next = element.first_element_child();
        let mut cells = Vec::with_capacity(contents.len());
        let mut select = None;
        for content in contents {
            let cell = next?;
            next = cell.next_element_sibling();
            let first = cell.first_element_child().and_then(|first| first.dyn_into::<HtmlInputElement>().ok());
            let inside = match &first {
                Some(first) => first.next_element_sibling()?,
                None => cell.clone(),
            };
            select = select.or(first);
            cells.push(DrawnCell { element: cell, inside, content, nodes: None });
        }
        let chosen = select.as_ref().is_some_and(HtmlInputElement::checked);
        if chosen {
            let _ = element.set_attribute(CHOSEN, "");
        }
        let this = Self { element, row: row.clone(), cells, query: query.to_owned(), clock, select, chosen };
        next.is_none().then_some(this)
    }

    fn choose(&mut self, chosen: bool) {
        if self.chosen != chosen
            && let Some(select) = &self.select
        {
            select.set_checked(chosen);
            let _ = self.element.toggle_attribute_with_force(CHOSEN, chosen);
            self.chosen = chosen;
        }
    }

    /// Whether anything is shown now that was not there.
    fn show(&mut self, cells: &Cells, row: &Row, query: &str) -> bool {
        let is_local = self.clock == Clock::Local;
        if self.row == *row && self.query == query && is_local {
            return false;
        }
        if self.row.id() != row.id() {
            let _ = self.element.set_attribute("data-id", &row.id().to_string());
        }
        let mut changed = false;
        if let Some(select) =
            self.select.as_ref().filter(|_| self.row.id() != row.id() || self.row.get(1) != row.get(1))
        {
            let _ = select.set_attribute("aria-label", &cells.select_label(row));
        }
        let mut columns = cells.columns();
        for drawn in &mut self.cells {
            let content = match columns.next() {
                Some((index, _)) if drawn.content.is_plain && is_local && self.row.get(index) == row.get(index) => {
                    continue;
                }
                Some((index, column)) => cells.content(row, index, column, Clock::Local),
                None => cells.action(row, query),
            };
            changed |= drawn.show(content);
        }
        self.row.clone_from(row);
        query.clone_into(&mut self.query);
        self.clock = Clock::Local;
        changed
    }
}

impl DrawnCell {
    fn is_as_said(&self) -> bool {
        self.inside.text_content() == Some(written(&self.content.bits))
    }

    fn show(&mut self, content: Content) -> bool {
        if self.content == content {
            return false;
        }
        if self.content.yes != content.yes {
            mark(&self.element, content.yes);
        }
        if self.content.is_long != content.is_long {
            let _ = self.element.toggle_attribute_with_force(LONG, content.is_long);
        }
        if self.nodes.is_none() {
            self.nodes = Nodes::below(&self.inside, &self.content.bits);
        }
        let changed = self.nodes.as_ref().is_some_and(|nodes| nodes.change(&self.content.bits, &content.bits));
        if !changed {
            fill(&self.inside, &content.bits);
            self.nodes = None;
        }
        self.content = content;
        true
    }

    fn mark(&mut self, needle: &Needle, highlight: &mut Highlight) {
        if self.nodes.is_none() {
            self.nodes = Nodes::below(&self.inside, &self.content.bits);
        }
        let Some((node, text)) = self.nodes.as_ref().and_then(|nodes| nodes.first_text(&self.content.bits)) else {
            return;
        };
        for part in utf16(text, &marks(text, needle)) {
            highlight.add(node, &part);
        }
    }
}

/// What the style sheet tells Yes and No apart by.
fn mark(cell: &Element, yes: Option<bool>) {
    if let Some(yes) = yes {
        let _ = cell.set_attribute("data-value", if yes { "yes" } else { "no" });
    }
}
