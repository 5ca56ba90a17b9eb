//! What is asked of a report: filter, sort, page, columns. Read from the address and written back to it; the address is the only truth.

use super::{FieldKind, IdSet, ReportName, ReportSpec};
use crate::{UnixMillis, ViewId, value::fold};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub const PAGE_SIZES: [u32; 5] = [10, 30, 50, 100, 200];
const DEFAULT_SIZE: u32 = 30;

/// Nobody reads an order of more, and each is worked out for all rows.
const SORT_KEYS_MOST: usize = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    Up,
    Down,
}

/// A column of the report, by its key, and which way.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SortKey {
    pub column: String,
    pub direction: Direction,
}

/// Filter, sort, page and columns of a report. Unknown fields and columns are dropped on the way in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// Search fields with something in them, as typed.
    pub filter: BTreeMap<String, String>,
    /// `None` is the report's own order.
    pub sort: Option<SortKey>,
    /// What rows alike in that are sorted by, then those alike in this, too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub then: Vec<SortKey>,
    /// From 1.
    pub page: u32,
    pub size: u32,
    /// Which columns are shown, by their keys, in their order; empty for the report's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// The saved view that this began as: so that it can be said which one is looked at. It asks for nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub view: Option<ViewId>,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            filter: BTreeMap::new(),
            sort: None,
            then: Vec::new(),
            page: 1,
            size: DEFAULT_SIZE,
            columns: Vec::new(),
            view: None,
        }
    }
}

/// A filter ready to be asked of rows or of SQL: what was typed, parsed once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    Ids(IdSet),
    /// Already folded; never empty.
    Contains(String),
    Is(&'static str),
    Since(UnixMillis),
    Until(UnixMillis),
    /// What was typed can't be read: nothing matches, and the field says so.
    Never,
}

impl Query {
    /// From decoded name/value pairs of an address.
    pub fn from_pairs<'a>(report: ReportName, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let spec = report.spec();
        let mut query = Self::default();
        for (name, value) in pairs {
            match name {
                "sort" => query.set_sort(value.split(',').filter_map(SortKey::parse).collect()),
                "page" => query.page = value.parse().ok().filter(|page| *page > 0).unwrap_or(1),
                "size" => query.size = value.parse().unwrap_or(DEFAULT_SIZE),
                "columns" => query.columns = value.split(',').map(str::to_owned).collect(),
                "view" => query.view = value.parse().ok(),
                field if !value.is_empty() => {
                    query.filter.insert(field.to_owned(), value.to_owned());
                }
                _ => {}
            }
        }
        query.cleaned(spec)
    }

    /// Only known fields, columns and sizes; what the report does anyway is left out. Call on everything a client sent.
    #[must_use]
    pub fn cleaned(mut self, spec: &ReportSpec) -> Self {
        self.filter.retain(|key, value| !value.is_empty() && spec.field(key).is_some());
        let keys = self.sort_keys().cloned().collect();
        self.set_sort(cleaned_keys(keys, spec));
        if !PAGE_SIZES.contains(&self.size) {
            self.size = DEFAULT_SIZE;
        }
        self.page = self.page.max(1);
        self.clean_columns(spec);
        self.view = self.view.filter(|view| view.0 > 0);
        self
    }

    /// Name/value pairs for an address; what is as usual is left out.
    pub fn to_pairs(&self) -> Vec<(String, String)> {
        let mut pairs: Vec<_> = self.filter.iter().map(|(k, v)| (k.clone(), v.clone())).collect();
        if self.sort.is_some() {
            pairs.push(("sort".to_owned(), self.sort_text()));
        }
        if self.size != DEFAULT_SIZE {
            pairs.push(("size".to_owned(), self.size.to_string()));
        }
        if self.page > 1 {
            pairs.push(("page".to_owned(), self.page.to_string()));
        }
        if !self.columns.is_empty() {
            pairs.push(("columns".to_owned(), self.columns_text()));
        }
        pairs.extend(self.view.map(|view| ("view".to_owned(), view.to_string())));
        pairs
    }

    /// The query string, percent-encoded, without `?`; empty where everything is as usual.
    pub fn to_query_string(&self) -> String {
        let pairs = self.to_pairs();
        let encoded: Vec<_> =
            pairs.iter().map(|(k, v)| format!("{}={}", encode_component(k), encode_value(v))).collect();
        encoded.join("&")
    }

    /// Another filter text; goes back to the first page in the same step.
    #[must_use]
    pub fn with_filter(mut self, field: &str, text: &str) -> Self {
        if text.is_empty() {
            self.filter.remove(field);
        } else {
            self.filter.insert(field.to_owned(), text.to_owned());
        }
        self.page = 1;
        self
    }

    /// Without any filter.
    #[must_use]
    pub fn cleared(mut self) -> Self {
        self.filter.clear();
        self.page = 1;
        self
    }

    /// The same question of all pages at once, wherever it comes from.
    #[must_use]
    pub fn unpaged(mut self) -> Self {
        (self.page, self.size, self.view) = (1, DEFAULT_SIZE, None);
        self
    }

    /// The sort as the address has it; empty for the report's own order.
    pub fn sort_text(&self) -> String {
        self.sort_keys().map(SortKey::to_text).collect::<Vec<_>>().join(",")
    }

    pub fn is_filtered(&self) -> bool {
        !self.filter.is_empty()
    }

    /// A click on a header: sorts upwards by it alone, another reverses.
    #[must_use]
    pub fn sorted_by(mut self, spec: &ReportSpec, column: &str) -> Self {
        let (current, down) = self.sort_column(spec);
        let same = spec.column_index(column) == Some(current);
        let direction = if same && !down { Direction::Down } else { Direction::Up };
        self.set_sort(vec![SortKey { column: column.to_owned(), direction }]);
        self.page = 1;
        self.cleaned(spec)
    }

    /// A click on a header together with Shift: sorts by it, too, after what is sorted by already; another reverses, a
    /// third takes it out again. Where three are sorted by, a fourth changes nothing.
    #[must_use]
    pub fn also_sorted_by(mut self, spec: &ReportSpec, column: &str) -> Self {
        if self.sort.is_none() || spec.name.ties_follow() {
            return self.sorted_by(spec, column);
        }
        let mut keys: Vec<_> = self.sort_keys().cloned().collect();
        match keys.iter().position(|key| key.column == column) {
            Some(at) if keys[at].direction == Direction::Up => keys[at].direction = Direction::Down,
            Some(at) => drop(keys.remove(at)),
            None if keys.len() >= SORT_KEYS_MOST => {}
            None => {
                // No two rows are alike in their id: what came after it would sort nothing.
                let after_id = keys.last().is_some_and(|last| spec.column_index(&last.column) == Some(0));
                let at = keys.len() - usize::from(after_id);
                keys.insert(at, SortKey { column: column.to_owned(), direction: Direction::Up });
            }
        }
        self.set_sort(keys);
        self.page = 1;
        self.cleaned(spec)
    }

    /// The first column in force, by index, and whether downwards.
    pub fn sort_column(&self, spec: &ReportSpec) -> (usize, bool) {
        self.sort_columns(spec).first().copied().unwrap_or(spec.default_sort)
    }

    /// The columns in force, the most telling first, by index, each with whether downwards; at least one.
    pub fn sort_columns(&self, spec: &ReportSpec) -> Vec<(usize, bool)> {
        let known = |key: &SortKey| Some((spec.column_index(&key.column)?, key.direction == Direction::Down));
        let columns: Vec<_> = self.sort_keys().filter_map(known).collect();
        if columns.is_empty() { vec![spec.default_sort] } else { columns }
    }

    fn sort_keys(&self) -> impl Iterator<Item = &SortKey> {
        self.sort.iter().chain(&self.then)
    }

    fn set_sort(&mut self, keys: Vec<SortKey>) {
        let mut keys = keys.into_iter();
        self.sort = keys.next();
        self.then = keys.collect();
    }

    /// The filter, parsed: (column, test) for each field in force.
    pub fn tests(&self, spec: &ReportSpec) -> Vec<(usize, Test)> {
        spec.fields
            .iter()
            .filter_map(|field| {
                let typed = self.filter.get(field.key)?;
                Some((field.column, parse_test(field.kind, typed)?))
            })
            .collect()
    }

    /// The fields whose text can't be read, with the code that says why.
    pub fn errors(&self, spec: &ReportSpec) -> Vec<(&'static str, &'static str)> {
        let unreadable = |kind: FieldKind, typed: &str| parse_test(kind, typed) == Some(Test::Never);
        spec.fields
            .iter()
            .filter(|field| self.filter.get(field.key).is_some_and(|typed| unreadable(field.kind, typed)))
            .map(|field| (field.key, if field.kind == FieldKind::Ids { "ids" } else { "unreadable" }))
            .collect()
    }
}

impl SortKey {
    /// `name`, or `-name` for downwards.
    fn parse(text: &str) -> Option<Self> {
        let (column, direction) = match text.strip_prefix('-') {
            Some(column) => (column, Direction::Down),
            None => (text, Direction::Up),
        };
        (!column.is_empty()).then(|| Self { column: column.to_owned(), direction })
    }

    fn to_text(&self) -> String {
        match self.direction {
            Direction::Up => self.column.clone(),
            Direction::Down => format!("-{}", self.column),
        }
    }
}

/// Only what can be sorted by, once, and sorts anything: a report's own order needs no words, and nothing follows an id.
fn cleaned_keys(keys: Vec<SortKey>, spec: &ReportSpec) -> Vec<SortKey> {
    let most = if spec.name.ties_follow() { 1 } else { SORT_KEYS_MOST };
    let mut cleaned: Vec<SortKey> = Vec::new();
    let mut columns = Vec::new();
    for key in keys {
        let known = spec.column_index(&key.column).filter(|index| spec.columns[*index].sortable);
        let Some(index) = known.filter(|index| !columns.contains(index)) else { continue };
        if cleaned.len() == most || columns.contains(&0) {
            break;
        }
        columns.push(index);
        cleaned.push(key);
    }
    if let [only] = &cleaned[..]
        && columns == [spec.default_sort.0]
        && (only.direction == Direction::Down) == spec.default_sort.1
    {
        cleaned.clear();
    }
    cleaned
}

/// `None` where the text asks for nothing (blanks).
fn parse_test(kind: FieldKind, typed: &str) -> Option<Test> {
    match kind {
        FieldKind::Ids => match IdSet::parse(typed) {
            Ok(set) => (!set.ranges().is_empty()).then_some(Test::Ids(set)),
            Err(_) => Some(Test::Never),
        },
        FieldKind::Text => {
            let needle = fold(typed.trim());
            (!needle.is_empty()).then_some(Test::Contains(needle))
        }
        FieldKind::Choice(codes) => {
            Some(codes.iter().find(|code| **code == typed).map_or(Test::Never, |code| Test::Is(code)))
        }
        FieldKind::Since => Some(UnixMillis::day(typed).map_or(Test::Never, |(start, _)| Test::Since(start))),
        FieldKind::Until => Some(UnixMillis::day(typed).map_or(Test::Never, |(_, end)| Test::Until(end))),
    }
}

/// In a value a comma needs no encoding (RFC 3986 section 3.4), and lists of ids and columns have many.
fn encode_value(text: &str) -> String {
    encode_component(text).replace("%2C", ",")
}

/// Percent-encoding of a query component (RFC 3986 section 2.1).
pub fn encode_component(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from_digit(u32::from(byte >> 4), 16).unwrap_or('0').to_ascii_uppercase());
            out.push(char::from_digit(u32::from(byte & 15), 16).unwrap_or('0').to_ascii_uppercase());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(pairs: &[(&str, &str)]) -> Query {
        Query::from_pairs(ReportName::Accounts, pairs.iter().copied())
    }

    #[test]
    fn an_address_reads_back_as_itself() {
        for (pairs, text) in [
            (&[][..], ""),
            (&[("name", "böse & co"), ("page", "2")], "name=b%C3%B6se%20%26%20co&page=2"),
            (&[("sort", "-name"), ("size", "100")], "sort=-name&size=100"),
            (&[("sort", "id"), ("size", "30"), ("page", "1"), ("name", "")], ""),
            (&[("sort", "id; drop table"), ("size", "7"), ("page", "-4"), ("evil", "1")], ""),
            (&[("sort", "name,-enabled"), ("id", "3,7")], "id=3,7&sort=name,-enabled"),
            (&[("sort", "badges,-name,name,,x,sender")], "sort=-name,sender"),
            (&[("sort", "name,sender,reply_to,enabled")], "sort=name,sender,reply_to"),
            (&[("sort", "name,-id,enabled")], "sort=name,-id"),
            (&[("sort", "id,name")], ""),
            (&[("columns", "sender,name,sender,x,badges,")], "columns=sender,name"),
            (&[("columns", "x,,badges"), ("view", "x")], ""),
            (&[("view", "7"), ("name", "a"), ("columns", "name")], "name=a&columns=name&view=7"),
            (&[("view", "-7")], ""),
        ] {
            let query = parse(pairs);
            assert_eq!(query.to_query_string(), text, "{pairs:?}");
            let back = query.to_pairs();
            let back: Vec<_> = back.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
            assert_eq!(parse(&back), query);
        }
    }

    #[test]
    fn a_filter_change_and_a_sort_go_back_to_page_1() {
        let spec = ReportName::Accounts.spec();
        let query = parse(&[("page", "4")]);
        assert_eq!(query.clone().with_filter("name", "x").page, 1);
        assert_eq!(query.clone().cleared().page, 1);
        assert_eq!(query.sorted_by(spec, "name").page, 1);
    }

    #[test]
    fn a_click_sorts_and_another_reverses() {
        let spec = ReportName::Accounts.spec();
        let once = Query::default().sorted_by(spec, "name");
        assert_eq!(once.to_query_string(), "sort=name");
        let twice = once.sorted_by(spec, "name");
        assert_eq!(twice.to_query_string(), "sort=-name");
        assert_eq!(twice.sorted_by(spec, "name").to_query_string(), "sort=name");
        assert_eq!(Query::default().sorted_by(spec, "id").to_query_string(), "sort=-id", "id is sorted by already");
    }

    #[test]
    fn a_click_with_shift_adds_then_reverses_then_removes() {
        let spec = ReportName::Accounts.spec();
        let mut query = Query::default();
        for (column, expected) in [
            ("enabled", "sort=enabled"),
            ("name", "sort=enabled,name"),
            ("name", "sort=enabled,-name"),
            ("enabled", "sort=-enabled,-name"),
            ("sender", "sort=-enabled,-name,sender"),
            ("secure", "sort=-enabled,-name,sender"),
            ("enabled", "sort=-name,sender"),
            ("id", "sort=-name,sender,id"),
            ("sender", "sort=-name,-sender,id"),
            ("sender", "sort=-name,id"),
            ("footnote", "sort=-name,footnote,id"),
            ("name", "sort=footnote,id"),
            ("footnote", "sort=-footnote,id"),
            ("footnote", ""),
            ("id", "sort=-id"),
            ("name", "sort=name,-id"),
            ("name", "sort=-name,-id"),
            ("name", "sort=-id"),
            ("id", ""),
        ] {
            query = Query { page: 4, ..query }.also_sorted_by(spec, column);
            assert_eq!(query.to_query_string(), expected, "after {column}");
        }
        let plain = parse(&[("sort", "enabled,name")]).sorted_by(spec, "enabled");
        assert_eq!(plain.to_query_string(), "sort=-enabled", "a plain click sorts by its column alone");
        let outbox = ReportName::Outbox.spec();
        let query = Query::default().also_sorted_by(outbox, "subject").also_sorted_by(outbox, "at");
        assert_eq!(query.to_query_string(), "sort=at", "an index is walked for it, and has no second key");
    }

    #[test]
    fn what_was_stored_before_there_were_several_keys_is_read() {
        let old = r#"{"filter":{},"sort":{"column":"name","direction":"down"},"page":1,"size":30}"#;
        let query: Query = serde_json::from_str(old).expect("reads");
        assert_eq!(query, parse(&[("sort", "-name")]));
        assert_eq!(serde_json::to_string(&query).expect("writes"), old);
    }

    #[test]
    fn what_cannot_be_read_matches_nothing_and_says_so() {
        let query = parse(&[("id", "seven"), ("enabled", "maybe")]);
        assert_eq!(query.errors(ReportName::Accounts.spec()), [("id", "ids"), ("enabled", "unreadable")]);
        let audit = Query::from_pairs(ReportName::Audit, [("since", "2026-02-30")]);
        assert_eq!(audit.errors(ReportName::Audit.spec()), [("since", "unreadable")]);
    }
}
