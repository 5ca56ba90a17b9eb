//! A whole report held in the browser: filter, sort and paging without the network, compact and within a frame.
//!
//! Columns instead of rows: a keystroke is one scan over one long text, a page is picked out of an order kept from
//! before. What a server encodes is used as it lies; nothing in it is believed until it is checked.

mod bits;
mod change;
mod column;
mod heap;
mod kept;
mod lanes;
mod numbers;
mod order;
mod scan;
mod selection;
mod sorting;
#[cfg(test)]
mod tests;
mod texts;
mod wire;

pub use change::encode_changes;
pub use selection::Selection;
pub use wire::Unreadable;

use super::{Page, Query, ReportSpec, Row, Test, Value, page_count};
use bits::Bits;
use column::{Builder, Column};
use kept::Kept;
use order::{Order, text_of};
use selection::Walk;
use sorting::Sorting;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use wire::Reader;

/// The media type of what [`Encoder`] writes: all rows, in columns.
pub const HELD_ROWS: &str = "application/vnd.postroom.rows";
/// The media type of what [`encode_changes`] writes.
pub const HELD_CHANGES: &str = "application/vnd.postroom.changed-rows";

/// So many looks at a row take a few milliseconds in a browser.
const SORTED_AT_ONCE: usize = 20_000;

/// All rows of a report.
#[derive(Debug)]
pub struct Held {
    spec: &'static ReportSpec,
    columns: Vec<Column>,
    rows: usize,
    orders: Vec<OnceLock<Order>>,
    kept: Mutex<Kept>,
}

/// Gathers a report's rows, one after another, into what is held or sent.
pub struct Encoder {
    spec: &'static ReportSpec,
    columns: Vec<Builder>,
    rows: usize,
}

impl Encoder {
    pub fn new(spec: &'static ReportSpec) -> Self {
        let columns = (0..spec.columns.len()).map(|column| Builder::new(spec, column)).collect();
        Self { spec, columns, rows: 0 }
    }

    pub fn push(&mut self, row: &Row) {
        for (index, column) in self.columns.iter_mut().enumerate() {
            column.push(row, index);
        }
        self.rows += 1;
    }

    /// What [`Held::decode`] reads.
    pub fn finish(self) -> Vec<u8> {
        self.hold().encode()
    }

    /// Without the way over the wire.
    pub fn hold(self) -> Held {
        Held::of(self.spec, self.columns.into_iter().map(Builder::finish).collect(), self.rows)
    }
}

/// The same backwards, a column at a time: whoever types meanwhile waits for no more than one.
#[derive(Debug)]
pub struct Decoder<B> {
    spec: &'static ReportSpec,
    bytes: B,
    read: usize,
    rows: usize,
    columns: Vec<Column>,
}

impl<B: AsRef<[u8]>> Decoder<B> {
    pub fn new(spec: &'static ReportSpec, bytes: B) -> Result<Self, Unreadable> {
        let mut reader = Reader(bytes.as_ref());
        let rows = wire::read_header(spec, &mut reader)?;
        let read = bytes.as_ref().len() - reader.0.len();
        Ok(Self { spec, bytes, read, rows, columns: Vec::with_capacity(spec.columns.len()) })
    }

    /// Reads a column; answers whether one is left.
    pub fn go_on(&mut self) -> Result<bool, Unreadable> {
        let Some(column) = self.spec.columns.get(self.columns.len()) else { return Ok(false) };
        let bytes = self.bytes.as_ref();
        let mut reader = Reader(bytes.get(self.read..).unwrap_or_default());
        let column = Column::read(&mut reader, column.kind, self.rows, &self.columns)?;
        self.read = bytes.len() - reader.0.len();
        self.columns.push(column);
        Ok(self.columns.len() < self.spec.columns.len())
    }

    pub fn finish(self) -> Result<Held, Unreadable> {
        let whole = self.columns.len() == self.spec.columns.len() && self.read == self.bytes.as_ref().len();
        if whole { Ok(Held::of(self.spec, self.columns, self.rows)) } else { Err(Unreadable) }
    }
}

/// All rows of a report as one byte string.
pub fn encode<'a>(spec: &'static ReportSpec, rows: impl IntoIterator<Item = &'a Row>) -> Vec<u8> {
    let mut encoder = Encoder::new(spec);
    for row in rows {
        encoder.push(row);
    }
    encoder.finish()
}

impl Held {
    pub fn new(spec: &'static ReportSpec, rows: Vec<Row>) -> Self {
        let mut encoder = Encoder::new(spec);
        for row in &rows {
            encoder.push(row);
        }
        encoder.hold()
    }

    /// From the bytes that an [`Encoder`] wrote. Everything is checked here, so that nothing fails later.
    pub fn decode(spec: &'static ReportSpec, bytes: &[u8]) -> Result<Self, Unreadable> {
        let mut decoder = Decoder::new(spec, bytes)?;
        while decoder.go_on()? {}
        decoder.finish()
    }

    fn of(spec: &'static ReportSpec, columns: Vec<Column>, rows: usize) -> Self {
        let orders = spec.columns.iter().map(|_| OnceLock::new()).collect();
        Self { spec, columns, rows, orders, kept: Mutex::default() }
    }

    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.columns.iter().map(Column::bytes).sum());
        wire::write_header(self.spec, self.rows, &mut out);
        for (index, column) in self.columns.iter().enumerate() {
            column.write(&mut out, self.rows, self.columns.get(..index).unwrap_or_default());
        }
        out
    }

    pub const fn len(&self) -> usize {
        self.rows
    }

    pub const fn is_empty(&self) -> bool {
        self.rows == 0
    }

    pub fn row(&self, position: usize) -> Option<Row> {
        let value = |column: &Column| column.value(&self.columns, position);
        (position < self.rows).then(|| Row(self.columns.iter().map(value).collect()))
    }

    /// One cell, which a row would bring with all its others.
    pub fn value(&self, position: usize, column: usize) -> Value {
        let column = self.columns.get(column).filter(|_| position < self.rows);
        column.map_or(Value::None, |column| column.value(&self.columns, position))
    }

    pub fn id(&self, position: usize) -> Option<i64> {
        self.value(position, 0).as_int()
    }

    /// The rows that match, sorted.
    pub fn select(&self, query: &Query) -> Selection {
        let mut tests = query.tests(self.spec).into_iter();
        let matching = match (tests.next(), tests.len()) {
            (None, _) => Arc::new(Bits::all(self.rows)),
            (Some((column, test)), 0) => self.answer(column, test),
            (Some((column, test)), _) => {
                let mut all = Bits::clone(&self.answer(column, test));
                tests.for_each(|(column, test)| all.and(&self.answer(column, test)));
                Arc::new(all)
            }
        };
        Selection { count: matching.count(), matching, walk: self.walk(query) }
    }

    /// The page asked for, or the last there is.
    pub fn page(&self, query: &Query) -> Page {
        self.page_of(&self.select(query), query)
    }

    /// The same from a selection already made.
    pub fn page_of(&self, selection: &Selection, query: &Query) -> Page {
        let matching = selection.len() as u64;
        let number = query.page.clamp(1, page_count(matching, query.size));
        let skip = (number as usize - 1) * query.size as usize;
        let shown = selection.slice(skip, query.size as usize).into_iter();
        Page {
            rows: shown.filter_map(|position| self.row(position)).collect(),
            matching,
            at_least: false,
            all: self.rows as u64,
            number,
        }
    }

    /// Does a piece of what would else be done at the first key or the first click on a header: folds texts, sorts a
    /// column. To be called while nobody waits, until it answers that nothing is left.
    pub fn prepare(&self) -> bool {
        let fields = self.spec.fields.iter();
        let folds = |column: usize| match self.columns.get(column) {
            Some(Column::Texts(texts)) => (!texts.is_prepared()).then_some(texts),
            _ => None,
        };
        if let Some(texts) = fields.map(|field| field.column).find_map(folds) {
            texts.prepare();
            return true;
        }
        let next = (0..self.columns.len()).find(|column| self.waits_to_be_sorted(*column));
        match next {
            Some(column) => self.sort_on(column),
            // Somebody asked for a column while it was being sorted here.
            None => self.kept().sorting = None,
        }
        next.is_some()
    }

    /// Those of a few values are sorted in no time when they are asked for.
    fn waits_to_be_sorted(&self, column: usize) -> bool {
        let many = match self.columns.get(column) {
            Some(Column::Texts(texts)) => texts.words().is_none(),
            Some(Column::Numbers(_)) => true,
            Some(Column::Flags(_)) | None => false,
        };
        let sortable = self.spec.columns.get(column).is_some_and(|column| column.sortable);
        many && sortable && self.orders.get(column).is_some_and(|order| order.get().is_none())
    }

    /// Sorts a column, or a part of it where there is much to sort.
    fn sort_on(&self, column: usize) {
        let (Some(Column::Texts(texts)), Some(spec)) = (self.columns.get(column), self.spec.columns.get(column)) else {
            self.order(column);
            return;
        };
        let begun = self.kept().sorting.take().filter(|(begun, _)| *begun == column);
        let mut sorting = begun.map_or_else(|| Sorting::new(self.rows), |(_, sorting)| sorting);
        if sorting.go_on(&text_of(&self.columns, texts, spec.kind), SORTED_AT_ONCE) {
            self.kept().sorting = Some((column, sorting));
        } else if let Some(order) = self.orders.get(column) {
            order.get_or_init(|| sorting.into());
        }
    }

    /// As if nothing had been asked before.
    pub fn forget(&self) {
        *self.kept() = Kept::default();
    }

    /// About how much memory the rows take, and what was kept to answer faster.
    pub fn bytes(&self) -> (usize, usize) {
        let orders = self.orders.iter().filter_map(OnceLock::get).map(Order::bytes).sum::<usize>();
        (self.columns.iter().map(Column::bytes).sum(), orders + self.kept().bytes())
    }

    /// The rows that pass one test, from what is known where that is less work.
    fn answer(&self, column: usize, test: Test) -> Arc<Bits> {
        if let Some(rows) = self.kept().answer(column, &test) {
            return rows;
        }
        let Some(asked) = self.columns.get(column) else { return Arc::new(Bits::none(self.rows)) };
        let narrowed = match (asked, &test) {
            (Column::Texts(texts), Test::Contains(needle)) => {
                let candidates = self.kept().candidates(column, needle);
                // To look into one text takes as long as to scan over some thirty.
                let few = candidates.filter(|(_, count)| count.saturating_mul(32) < self.rows);
                few.map(|(rows, _)| texts.narrow(&self.columns, needle, &rows))
            }
            _ => None,
        };
        let rows = narrowed.unwrap_or_else(|| asked.find(&self.columns, &test, self.rows));
        let rows = Arc::new(rows);
        self.kept().keep(column, test, rows.clone());
        rows
    }

    /// All rows as the query sorts them, then by id.
    fn walk(&self, query: &Query) -> Walk {
        let keys = query.sort_columns(self.spec);
        if let Some(walk) = self.kept().walk(&keys) {
            return walk;
        }
        let walk = self.walk_by(&keys);
        self.kept().keep_walk(keys, walk.clone());
        walk
    }

    fn walk_by(&self, keys: &[(usize, bool)]) -> Walk {
        let Some(by_id) = self.order(0) else { return Walk::InPlace };
        let ties_down = self.spec.name.ties_follow() && keys.first().is_some_and(|(_, down)| *down);
        match keys {
            [(column, false)] if by_id.in_place() && !ties_down => match self.order(*column) {
                Some(order) if !order.in_place() => Walk::Rows(order.rows()),
                _ => Walk::InPlace,
            },
            _ => {
                let by_id = by_id.rows();
                let by_id = if ties_down { by_id.iter().rev().copied().collect() } else { by_id };
                Walk::Rows(self.applied(by_id, keys))
            }
        }
    }

    /// The least key first: each leaves those alike as the ones before put them.
    fn applied(&self, rows: Arc<[u32]>, keys: &[(usize, bool)]) -> Arc<[u32]> {
        let orders = keys.iter().rev().filter_map(|(column, down)| Some((self.order(*column)?, *down)));
        orders.fold(rows, |rows, (order, down)| order.apply(&rows, down))
    }

    fn order(&self, column: usize) -> Option<&Order> {
        let kind = self.spec.columns.get(column)?.kind;
        let make = || Order::of(&self.columns, column, kind, self.rows);
        Some(self.orders.get(column)?.get_or_init(make))
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
