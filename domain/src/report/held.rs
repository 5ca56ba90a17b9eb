//! A whole report held in the browser: filter, sort and paging without the network.

use super::{ColumnKind, Page, Query, ReportSpec, Row, Value, page_count, query::Test};
use crate::value::fold;
use std::cmp::Ordering;

/// All rows of a report, with the folded form of each text that is searched or sorted by.
#[derive(Debug, Clone)]
pub struct Held {
    spec: &'static ReportSpec,
    rows: Vec<Row>,
    /// For each text column, the folded text of each row.
    folded: Vec<Option<Vec<Box<str>>>>,
}

/// Which rows match, in order: positions in [`Held`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    pub positions: Vec<usize>,
}

impl Held {
    pub fn new(spec: &'static ReportSpec, rows: Vec<Row>) -> Self {
        let fold_column = |index: usize| rows.iter().map(|row| fold(row.get(index).as_str()).into()).collect();
        let searched = |index: usize| spec.fields.iter().any(|field| field.column == index);
        let folded = spec
            .columns
            .iter()
            .enumerate()
            .map(|(index, column)| {
                let text = column.kind == ColumnKind::Text || (column.kind == ColumnKind::Code && searched(index));
                (text && column.shown).then(|| fold_column(index))
            })
            .collect();
        Self { spec, rows, folded }
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub fn row(&self, position: usize) -> Option<&Row> {
        self.rows.get(position)
    }

    /// Positions of the rows that match, sorted.
    pub fn select(&self, query: &Query) -> Selection {
        let tests = query.tests(self.spec);
        let mut positions: Vec<usize> = (0..self.rows.len())
            .filter(|position| tests.iter().all(|(column, test)| self.passes(*position, *column, test)))
            .collect();
        let (column, down) = query.sort_column(self.spec);
        positions.sort_unstable_by(|a, b| {
            let order = self.compare(*a, *b, column);
            let order = if down { order.reverse() } else { order };
            let ties = self.rows[*a].id().cmp(&self.rows[*b].id());
            order.then(if down && self.spec.name.ties_follow() { ties.reverse() } else { ties })
        });
        Selection { positions }
    }

    /// The page asked for, or the last there is.
    pub fn page(&self, query: &Query) -> Page {
        self.page_of(&self.select(query), query)
    }

    /// The same from a selection already made.
    pub fn page_of(&self, selection: &Selection, query: &Query) -> Page {
        let matching = selection.positions.len() as u64;
        let number = query.page.clamp(1, page_count(matching, query.size));
        let skip = (number as usize - 1) * query.size as usize;
        let shown = selection.positions.iter().skip(skip).take(query.size as usize);
        Page {
            rows: shown.filter_map(|position| self.rows.get(*position).cloned()).collect(),
            matching,
            at_least: false,
            all: self.rows.len() as u64,
            number,
        }
    }

    fn passes(&self, position: usize, column: usize, test: &Test) -> bool {
        let value = self.rows[position].get(column);
        match test {
            Test::Ids(set) => value.as_int().is_some_and(|id| set.contains(id)),
            Test::Contains(needle) => self.folded_text(position, column).contains(needle.as_str()),
            Test::Is("yes") => value.as_bool(),
            Test::Is("no") => *value == Value::Bool(false),
            Test::Is(code) => value.as_str() == *code,
            Test::Since(start) => value.as_int().is_some_and(|at| at >= start.0),
            Test::Until(end) => value.as_int().is_some_and(|at| at <= end.0),
            Test::Never => false,
        }
    }

    fn compare(&self, a: usize, b: usize, column: usize) -> Ordering {
        let (x, y) = (self.rows[a].get(column), self.rows[b].get(column));
        match self.spec.columns.get(column).map(|c| c.kind) {
            Some(ColumnKind::Text) => self.folded_text(a, column).cmp(self.folded_text(b, column)),
            Some(ColumnKind::Code) => x.as_str().cmp(y.as_str()),
            Some(ColumnKind::YesNo) => x.as_bool().cmp(&y.as_bool()),
            _ => x.as_int().cmp(&y.as_int()),
        }
    }

    fn folded_text(&self, position: usize, column: usize) -> &str {
        self.folded.get(column).and_then(Option::as_ref).and_then(|texts| texts.get(position)).map_or("", AsRef::as_ref)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::ReportName;

    fn connectors() -> Held {
        let row = |id: i64, name: &str, kind: &str, host: &str, enabled: bool| {
            Row(vec![
                Value::Int(id),
                Value::text(name),
                Value::text(kind),
                Value::text(host),
                Value::Int(1080),
                Value::Bool(enabled),
                Value::text(""),
                Value::Int(1),
            ])
        };
        Held::new(
            ReportName::Connectors.spec(),
            vec![
                row(1, "Zürich", "socks5", "zrh.example", true),
                row(2, "São Paulo", "http_connect", "gru.example", false),
                row(3, "Lisboa", "socks5", "lis.example", true),
                row(12, "LISBOA 2", "socks5", "lis2.example", true),
            ],
        )
    }

    fn check(pairs: &[(&str, &str)], ids: &[i64]) {
        let query = Query::from_pairs(ReportName::Connectors, pairs.iter().copied());
        let page = connectors().page(&query);
        assert_eq!(page.rows.iter().map(Row::id).collect::<Vec<_>>(), ids, "{pairs:?}");
        assert_eq!(page.all, 4);
    }

    #[test]
    fn filters() {
        check(&[], &[1, 2, 3, 12]);
        check(&[("name", "sao")], &[2]);
        check(&[("name", "SÃO")], &[2]);
        check(&[("name", "zurich")], &[1]);
        check(&[("name", "lisboa")], &[3, 12]);
        check(&[("id", "1")], &[1]);
        check(&[("id", "2-12")], &[2, 3, 12]);
        check(&[("id", "x")], &[]);
        check(&[("enabled", "no")], &[2]);
        check(&[("enabled", "yes"), ("name", "lis")], &[3, 12]);
        check(&[("kind", "http_connect")], &[2]);
        check(&[("name", "  ")], &[1, 2, 3, 12]);
    }

    #[test]
    fn sorts_by_folded_text_then_id() {
        check(&[("sort", "name")], &[3, 12, 2, 1]);
        check(&[("sort", "-name")], &[1, 2, 12, 3]);
        check(&[("sort", "kind")], &[2, 1, 3, 12]);
        check(&[("sort", "-enabled")], &[1, 3, 12, 2]);
    }

    #[test]
    fn a_page_past_the_end_is_the_last() {
        let query = Query::from_pairs(ReportName::Connectors, [("size", "10"), ("page", "9")]);
        let page = connectors().page(&query);
        assert_eq!((page.number, page.rows.len(), page.matching), (1, 4, 4));
    }
}
