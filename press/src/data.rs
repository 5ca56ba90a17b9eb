//! A report as the values that `report.typ` reads: texts in pieces, numbers, and nothing that could be markup.

use crate::{
    face::Face,
    wrap::{Wrapped, wrap},
};
use domain::{
    UnixMillis,
    report::{ColumnKind, ColumnSpec, Row},
};
use paper::{About, cells};
use std::ops::Range;
use typst::foundations::{Array, Datetime, Dict, IntoValue, Str, Value};

/// In points. `report.typ` is told them, since what is measured here must be what is set there.
const SIZE: f64 = 8.0;
const HEAD_SIZE: f64 = 7.5;
const PAD: f64 = 2.5;
/// A4 on its side, within its margins of 10 mm.
const WIDTH: f64 = 277.0 / 25.4 * 72.0;
/// What is left beside the labels above the table.
const LINE_WIDTH: f64 = WIDTH * 0.85;

/// A row this high may be cut in two: it would not fit on a page of its own.
const HIGH: usize = 36;

/// What is the same on all pages, and the rows.
pub struct Report<'a> {
    about: &'a About,
    columns: Vec<Column>,
    rows: Vec<&'a Row>,
}

impl<'a> Report<'a> {
    pub fn new(about: &'a About, rows: Vec<&'a Row>) -> Self {
        Self { about, columns: columns(about, &rows), rows }
    }

    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it may go on on the next page.
    pub fn is_high(&self, row: usize) -> bool {
        self.rows.get(row).is_some_and(|row| set(self.about, &self.columns, row).high)
    }

    /// Some of the rows, on pages from `page` on; the first ones below the report's title.
    pub fn inputs(&self, rows: Range<usize>, page: usize, all: usize) -> Dict {
        let Self { about, columns, .. } = self;
        let paper = about.language.paper;
        let sheet = |number: usize| text(&(paper.sheet_of)(&(page + number).to_string(), &all.to_string()));
        let list = |values: &mut dyn Iterator<Item = Value>| values.collect::<Array>().into_value();
        let mut dict = Dict::new();
        let mut put = |key: &str, value: Value| dict.insert(key.into(), value);
        put("size", SIZE.into_value());
        put("head_size", HEAD_SIZE.into_value());
        put("pad", PAD.into_value());
        put("title", text(about.title()));
        put("who", text(&tidy(&about.who)));
        put("language", text(paper.language));
        put("date", moment(about.at).map_or(Value::None, Value::Datetime));
        put("page", page.into_value());
        put("opens", (rows.start == 0).into_value());
        put("about", list(&mut about.lines().into_iter().map(|(label, line)| pair(label, &line))));
        put("widths", list(&mut columns.iter().map(|column| (column.points + 2.0 * PAD).into_value())));
        put("right", list(&mut columns.iter().map(|column| is_number(column.spec).into_value())));
        put("heads", list(&mut columns.iter().map(|column| column.head(about))));
        put("sheets", list(&mut (0..=all.max(page) - page).map(sheet)));
        let rows = self.rows.get(rows).unwrap_or_default();
        put("rows", list(&mut rows.iter().map(|row| set(about, columns, row).into_value())));
        put("no_rows", text(paper.no_rows));
        dict
    }
}

struct Column {
    index: usize,
    spec: &'static ColumnSpec,
    /// Its width without its padding.
    points: f64,
}

impl Column {
    fn head(&self, about: &About) -> Value {
        let label = (about.language.words.column)(about.report, self.spec.key);
        wrap(label, Face::SemiBold, self.points / HEAD_SIZE).into_value()
    }
}

/// Columns get their shares, but numbers as much as the longest needs: a number in two lines is two numbers.
fn columns(about: &About, rows: &[&Row]) -> Vec<Column> {
    let shown = || cells::columns(about.report, &about.query).into_iter();
    let longest = |index: usize| {
        let text = |row: &&Row| row.get(index).as_int().map_or(0, |number| number.to_string().len());
        rows.iter().map(text).max().unwrap_or(0)
    };
    let digit = Face::Regular.width('0') * SIZE;
    // A blank more, since a line is filled to a little less than its width.
    #[expect(clippy::cast_precision_loss, reason = "digits of a number")]
    let least = |index, spec| if is_number(spec) { digit * (longest(index) + 1) as f64 + 2.0 * PAD } else { 0.0 };
    let share = |spec: &ColumnSpec| f64::from(cells::weight(spec));
    let whole: f64 = shown().map(|(_, spec)| share(spec)).sum();
    let wanted: Vec<f64> = shown().map(|(index, spec)| (WIDTH * share(spec) / whole).max(least(index, spec))).collect();
    let (numbers, others) = shown().zip(&wanted).fold((0.0, 0.0), |(numbers, others), ((_, spec), width)| {
        if is_number(spec) { (numbers + width, others) } else { (numbers, others + width) }
    });
    let squeeze = (WIDTH - numbers) / others;
    let width = |spec, width: f64| if is_number(spec) { width } else { width * squeeze };
    let column = |((index, spec), wanted)| Column { index, spec, points: width(spec, wanted) - 2.0 * PAD };
    shown().zip(wanted).map(column).collect()
}

const fn is_number(spec: &ColumnSpec) -> bool {
    matches!(spec.kind, ColumnKind::Id | ColumnKind::Number)
}

struct SetRow {
    high: bool,
    cells: Array,
}

fn set(about: &About, columns: &[Column], row: &Row) -> SetRow {
    let About { report, language, .. } = about;
    let mut high = false;
    let mut cells = Array::with_capacity(columns.len());
    for column in columns {
        let text = cells::text(language.words, *report, row, column.index, &|at| language.moment(at));
        let wrapped = wrap(&tidy(&text), Face::Regular, column.points / SIZE);
        high |= wrapped.lines > HIGH;
        let badges = cells::badges(language.words, *report, row, column.spec.key);
        cells.push(with_badges(wrapped.into_value(), badges));
    }
    SetRow { high, cells }
}

impl IntoValue for SetRow {
    fn into_value(self) -> Value {
        let mut dict = Dict::new();
        dict.insert("high".into(), self.high.into_value());
        dict.insert("cells".into(), self.cells.into_value());
        dict.into_value()
    }
}

fn with_badges(cell: Value, badges: Vec<&'static str>) -> Value {
    if badges.is_empty() {
        return cell;
    }
    let mut dict = Dict::new();
    dict.insert("text".into(), cell);
    dict.insert("badges".into(), badges.into_iter().map(text).collect::<Array>().into_value());
    dict.into_value()
}

fn pair(label: &str, line: &str) -> Value {
    let line = wrap(&tidy(line), Face::Regular, LINE_WIDTH / SIZE);
    Array::from_iter([text(label), line.into_value()]).into_value()
}

/// A plain text where there is one piece, which is nearly everywhere.
impl IntoValue for Wrapped {
    fn into_value(self) -> Value {
        match self.pieces.as_slice() {
            [piece] => text(piece),
            pieces => pieces.iter().map(|piece| text(piece)).collect::<Array>().into_value(),
        }
    }
}

fn text(text: &str) -> Value {
    Value::Str(Str::from(text))
}

/// One line, as HTML shows it: breaks, tabs and runs of blanks are one blank, and what has no shape is left out.
fn tidy(text: &str) -> String {
    let blank = |c: char| matches!(c, ' ' | '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let words = text.split(blank).map(|word| word.replace(char::is_control, ""));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn moment(at: UnixMillis) -> Option<Datetime> {
    let text = at.to_utc_text();
    let mut parts = text.split(['-', ' ', ':']);
    let year = parts.next()?.parse().ok()?;
    let [month, day, hour, minute, second] = [(); 5].map(|()| parts.next().and_then(|part| part.parse().ok()));
    Datetime::from_ymd_hms(year, month?, day?, hour?, minute?, second?)
}
