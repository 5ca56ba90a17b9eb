//! A row's cells: what the page draws, or what the column's kind says: number, text, Yes or No, a word for a code, a moment.

use super::{
    Cell, RowActions,
    bits::{Bit, Element, Name, Tag, dated, text},
    room::most_chars,
};
use crate::{
    locales::use_words,
    ui::{icon::Icon, time::Clock},
};
use domain::{
    UnixMillis, bulk,
    report::{ColumnKind, ColumnSpec, ReportSpec, Row, Value},
};
use words::Words;

/// A cell as it stands in the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Of a Yes/No cell, for the style sheet.
    pub yes: Option<bool>,
    pub bits: Vec<Bit>,
    /// It shows its value and nothing else: as long as that stays, so does the cell.
    pub is_plain: bool,
    /// For how many characters a cell of texts needs room.
    pub room: Option<usize>,
    /// It shows no more of its text than that.
    pub is_long: bool,
}

/// How the cells of one table are made.
#[derive(Clone)]
pub struct Cells {
    pub spec: &'static ReportSpec,
    /// Which columns are shown, by their places in a row, in their order.
    pub order: Vec<usize>,
    pub draw: Cell,
    pub actions: RowActions,
    pub words: &'static Words,
}

impl Cells {
    pub fn new(spec: &'static ReportSpec, order: Vec<usize>, draw: Cell, actions: RowActions) -> Self {
        Self { spec, order, draw, actions, words: use_words() }
    }

    /// The columns that are shown, with their places in a row.
    pub fn columns(&self) -> impl Iterator<Item = (usize, &'static ColumnSpec)> + '_ {
        self.order.iter().filter_map(|index| Some((*index, self.spec.columns.get(*index)?)))
    }

    /// Whether its rows can be chosen: a box stands before what the first cell shows.
    pub const fn selects(&self) -> bool {
        bulk::selects(self.spec.name)
    }

    /// What a row's box is called.
    pub fn select_label(&self, row: &Row) -> String {
        match row.get(1) {
            Value::Text(name) if !name.is_empty() => (self.words.report.select_row)(name),
            _ => (self.words.report.select_row)(&row.id().to_string()),
        }
    }

    pub fn has_actions(&self) -> bool {
        self.actions.open.is_some() || self.actions.menu.is_some()
    }

    /// All cells of a row, the one with its actions last. `query` is what the address asks, for the row's link.
    pub fn row(&self, row: &Row, query: &str, clock: Clock) -> Vec<Content> {
        let mut cells: Vec<_> = self.columns().map(|(index, column)| self.content(row, index, column, clock)).collect();
        if self.has_actions() {
            cells.push(self.action(row, query));
        }
        cells
    }

    /// The cell of a column, by its place in the row.
    pub fn content(&self, row: &Row, index: usize, column: &'static ColumnSpec, clock: Clock) -> Content {
        let value = row.get(index);
        let drawn = (self.draw)(row, column.key);
        let is_plain = drawn.is_none();
        let bits = drawn.unwrap_or_else(|| vec![self.plain(value, column.kind)]);
        let yes = (column.kind == ColumnKind::YesNo).then(|| value.as_bool());
        let (mut room, mut is_long) = (None, false);
        if column.kind == ColumnKind::Text {
            let most = most_chars(self.spec.name);
            let (text, badges) = chars(&bits);
            room = Some(text.min(most) + badges);
            is_long = text > most;
        }
        Content { yes, bits: dated(bits, clock), is_plain, room, is_long }
    }

    /// The cell with a row's actions.
    pub fn action(&self, row: &Row, query: &str) -> Content {
        Content { yes: None, bits: self.action_bits(row, query), is_plain: false, room: None, is_long: false }
    }

    fn plain(&self, value: &Value, kind: ColumnKind) -> Bit {
        let words = self.words;
        match (kind, value) {
            (ColumnKind::YesNo, value) => text(if value.as_bool() { words.common.yes } else { words.common.no }),
            (ColumnKind::Time, Value::Int(at)) => Bit::Time(UnixMillis(*at)),
            (ColumnKind::Code, value) => {
                let code = value.as_str();
                (words.code)(code).map_or_else(|| text(code.to_owned()), text)
            }
            (_, Value::Int(number)) => text(number.to_string()),
            (_, value) => text(value.as_str().to_owned()),
        }
    }

    fn action_bits(&self, row: &Row, query: &str) -> Vec<Bit> {
        let words = &self.words.common;
        let mut inside = Vec::new();
        if let Some((address, label)) = self.actions.open {
            let icon = if label == words.edit { Icon::Pencil } else { Icon::Eye };
            let path = address(row.id());
            let href = if query.is_empty() { path } else { format!("{path}?{query}") };
            let link = icon_button(Tag::A, icon, label).with(Name::Role, "button").with(Name::Href, href);
            inside.push(link.bit());
        }
        if self.actions.menu.as_ref().is_some_and(|menu| (menu.is_there)(row)) {
            let more = icon_button(Tag::Button, Icon::More, words.more_actions).with(Name::Type, "button");
            inside.push(more.with(Name::Popup, "menu").bit());
        }
        vec![Element::new(Tag::Div, inside).with(Name::Class, "actions-row").bit()]
    }
}

/// How many characters there are in its text, and in the badges behind that.
fn chars(bits: &[Bit]) -> (usize, usize) {
    bits.iter().fold((0, 0), |(text, badges), bit| match bit {
        Bit::Text(more) => (text + more.chars().count(), badges),
        Bit::Element(element) => {
            let (more, behind) = chars(&element.inside);
            let is_badge = element.attributes.iter().any(|(name, _)| *name == Name::Kind);
            if is_badge { (text, badges + more + behind) } else { (text + more, badges + behind) }
        }
        Bit::Time(_) | Bit::Glyph(_) => (text, badges),
    })
}

fn icon_button(tag: Tag, icon: Icon, label: &'static str) -> Element {
    let element = Element::new(tag, vec![Bit::Glyph(icon)]).with(Name::Class, "icon-button");
    element.with(Name::Label, label).with(Name::Title, label)
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
