//! What is held answers as a plain look at every row would, and takes no harm from bytes that are not its own.

mod change;

use super::*;
use crate::{
    report::{ColumnKind, FieldKind, ReportName},
    value::fold,
};
use proptest::{prelude::*, sample::select, test_runner::Config};
use std::cmp::Ordering;

/// The same questions, answered row by row.
struct Plain<'a> {
    spec: &'static ReportSpec,
    rows: &'a [Row],
}

impl Plain<'_> {
    fn select(&self, query: &Query) -> Vec<usize> {
        let tests = query.tests(self.spec);
        let mut positions: Vec<usize> = (0..self.rows.len())
            .filter(|position| tests.iter().all(|(column, test)| self.passes(*position, *column, test)))
            .collect();
        let keys = query.sort_columns(self.spec);
        positions.sort_by(|a, b| {
            let order = |(column, down): &(usize, bool)| {
                let order = self.compare(*a, *b, *column);
                if *down { order.reverse() } else { order }
            };
            let ties = self.rows[*a].id().cmp(&self.rows[*b].id());
            let ties = if keys[0].1 && self.spec.name.ties_follow() { ties.reverse() } else { ties };
            keys.iter().map(order).fold(Ordering::Equal, Ordering::then).then(ties)
        });
        positions
    }

    fn passes(&self, position: usize, column: usize, test: &Test) -> bool {
        let value = self.rows[position].get(column);
        match test {
            Test::Ids(set) => value.as_int().is_some_and(|id| set.contains(id)),
            Test::Contains(needle) => fold(value.as_str()).contains(needle.as_str()),
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
        match self.spec.columns[column].kind {
            ColumnKind::Text => fold(x.as_str()).cmp(&fold(y.as_str())),
            ColumnKind::Code => x.as_str().cmp(y.as_str()),
            ColumnKind::YesNo => x.as_bool().cmp(&y.as_bool()),
            _ => x.as_int().cmp(&y.as_int()),
        }
    }
}

/// Text that is hard to compare, and often the same; some long enough to be alike in their first eight bytes, or in all
/// that are compared at once.
fn text() -> impl Strategy<Value = String> {
    let parts = select(vec![
        "a",
        "A",
        "á",
        "Á",
        "B",
        "ç",
        "Ç",
        "ß",
        "ss",
        "ſ",
        "Σ",
        "ς",
        "İ",
        "ﬁ",
        "A\u{30a}",
        "%",
        "_",
        " ",
        "-",
        "0",
        "9",
        "日",
        "🜚",
        "smtp-Relay",
        "SMTP-relay",
        "[",
        "`",
        "Zz{",
        "ab",
        "\0",
    ]);
    let long = select(vec![
        "",
        "",
        "",
        "",
        "a long beginning that all of some texts have, longer than what is compared at once: ",
    ]);
    (long, prop::collection::vec(parts, 0..4)).prop_map(|(long, parts)| long.to_owned() + &parts.concat())
}

fn number() -> impl Strategy<Value = i64> {
    prop_oneof![0..40_i64, 1_795_000_000_000..1_795_300_000_000_i64, any::<i64>()]
}

fn row(spec: &'static ReportSpec) -> impl Strategy<Value = Vec<Value>> {
    let values: Vec<_> = spec
        .columns
        .iter()
        .map(|column| match column.kind {
            ColumnKind::YesNo => any::<bool>().prop_map(Value::Bool).boxed(),
            ColumnKind::Code => {
                let codes: Vec<_> = spec.fields.iter().filter_map(|field| codes(field.kind)).flatten().collect();
                let codes: Vec<_> = codes.into_iter().copied().chain(["passed", "", "Two words"]).collect();
                select(codes).prop_map(Value::text).boxed()
            }
            ColumnKind::Text => text().prop_map(Value::text).boxed(),
            ColumnKind::Id => Just(Value::None).boxed(),
            ColumnKind::Time | ColumnKind::Number => prop::option::of(number()).prop_map(Value::from).boxed(),
        })
        .collect();
    // Texts are often those of the column before.
    let kinds: Vec<_> = spec.columns.iter().map(|column| column.kind).collect();
    (values, any::<u16>()).prop_map(move |(mut values, alike)| {
        for at in 1..values.len() {
            if kinds[at] == ColumnKind::Text && kinds[at - 1] == ColumnKind::Text && alike >> (at % 16) & 1 == 1 {
                values[at] = values[at - 1].clone();
            }
        }
        values
    })
}

const fn codes(kind: FieldKind) -> Option<&'static [&'static str]> {
    match kind {
        FieldKind::Choice(codes) => Some(codes),
        _ => None,
    }
}

/// Ids one after another, with gaps, or in no order.
fn rows(spec: &'static ReportSpec, most: usize) -> impl Strategy<Value = Vec<Row>> {
    (prop::collection::vec(row(spec), 0..most), 0..3_u8, 1..100_i64).prop_map(|(rows, order, first)| {
        let count = i64::try_from(rows.len()).expect("few");
        let id = |at: i64| match order {
            0 => first + at,
            1 => first + at * 3,
            _ => first + (at * 7919) % (count * 7919 + 1),
        };
        let with_id = |(mut values, at): (Vec<Value>, i64)| {
            values[0] = Value::Int(id(at));
            Row(values)
        };
        rows.into_iter().zip(0..).map(with_id).collect()
    })
}

/// Typed letter by letter and taken away again, too.
fn typed(kind: FieldKind) -> BoxedStrategy<String> {
    match kind {
        FieldKind::Ids => {
            select(vec!["1", "2-9", "3, 7, 10-20", "99-20", "5-", "x", " 1 , 2 "]).prop_map(str::to_owned).boxed()
        }
        FieldKind::Text => prop_oneof![
            text(),
            select(vec![
                "s", "sm", "smt", "smtp", "smtp-", "smtp-r", "-rel", "a", "á", "ss", "b", "日", " ", "in of", "[", "{"
            ])
            .prop_map(str::to_owned)
        ]
        .boxed(),
        FieldKind::Choice(codes) => {
            let codes: Vec<_> = codes.iter().copied().chain(["other"]).collect();
            select(codes).prop_map(str::to_owned).boxed()
        }
        FieldKind::Since | FieldKind::Until => {
            select(vec!["2026-11-18", "2026-11-19", "2026-11-31", "soon"]).prop_map(str::to_owned).boxed()
        }
    }
}

fn query(report: ReportName) -> impl Strategy<Value = Query> {
    let spec = report.spec();
    let one = |field: &crate::report::FieldSpec| {
        let key = field.key;
        prop_oneof![4 => Just(None), 1 => typed(field.kind).prop_map(Some)].prop_map(move |text| (key, text))
    };
    let fields: Vec<_> = spec.fields.iter().map(one).collect();
    let columns: Vec<_> = spec.columns.iter().map(|column| column.key).collect();
    let keys = prop::collection::vec((select(columns), any::<bool>()), 0..5);
    (fields, keys, 1..9_u32, select(vec![10_u32, 30])).prop_map(move |(fields, keys, page, size)| {
        let key = |(column, down): &(&str, bool)| if *down { format!("-{column}") } else { (*column).to_owned() };
        let sort = keys.iter().map(key).collect::<Vec<_>>().join(",");
        let rest = [("sort", sort), ("page", page.to_string()), ("size", size.to_string())];
        let pairs: Vec<_> = fields.into_iter().filter_map(|(key, text)| Some((key, text?))).chain(rest).collect();
        Query::from_pairs(report, pairs.iter().map(|(key, value)| (*key, value.as_str())))
    })
}

fn asked(most: usize) -> impl Strategy<Value = (ReportName, Vec<Row>, Vec<Query>)> {
    select(ReportName::ALL.to_vec()).prop_flat_map(move |report| {
        (Just(report), rows(report.spec(), most), prop::collection::vec(query(report), 40))
    })
}

fn agrees(held: &Held, rows: &[Row], queries: &[Query]) -> Result<(), TestCaseError> {
    let plain = Plain { spec: held.spec, rows };
    for query in queries {
        let expected = plain.select(query);
        let selection = held.select(query);
        prop_assert_eq!(selection.positions(), expected.clone(), "{:?}", query);
        prop_assert_eq!(selection.len(), expected.len());
        let page = held.page(query);
        let size = query.size as usize;
        let last = expected.len().div_ceil(size).max(1);
        let number = (query.page as usize).min(last);
        let shown: Vec<_> = expected.iter().skip((number - 1) * size).take(size).map(|at| rows[*at].clone()).collect();
        prop_assert_eq!(page.rows, shown, "{:?}", query);
        prop_assert_eq!((page.matching, page.all), (expected.len() as u64, rows.len() as u64));
        prop_assert_eq!(page.number as usize, number);
    }
    Ok(())
}

proptest! {
    #![proptest_config(Config { cases: 100, ..Config::default() })]

    #[test]
    fn it_answers_as_every_row_does((report, rows, queries) in asked(60), prepared in any::<bool>()) {
        let held = Held::new(report.spec(), rows.clone());
        while prepared && held.prepare() {}
        agrees(&held, &rows, &queries)?;
    }

    #[test]
    fn it_reads_back_as_it_was_written((report, rows, queries) in asked(200)) {
        let bytes = encode(report.spec(), &rows);
        let held = Held::decode(report.spec(), &bytes).expect("reads");
        prop_assert_eq!(held.encode(), bytes);
        for (at, row) in rows.iter().enumerate() {
            prop_assert_eq!(held.row(at), Some(row.clone()));
            prop_assert_eq!(held.id(at), Some(row.id()));
        }
        prop_assert_eq!(held.row(rows.len()), None);
        agrees(&held, &rows, &queries[..5])?;
    }

    /// Whatever is read then answers anything, if only wrongly.
    #[test]
    fn bytes_that_changed_on_the_way_do_no_harm(
        (report, rows, queries) in asked(40), flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = encode(report.spec(), &rows);
        for (at, to) in flips {
            let at = at.index(bytes.len());
            bytes[at] = to;
        }
        if let Ok(held) = Held::decode(report.spec(), &bytes) {
            while held.prepare() {}
            for query in &queries {
                prop_assert!(held.page(query).rows.len() <= query.size as usize);
            }
        }
    }

    #[test]
    fn anything_else_is_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for report in ReportName::ALL {
            prop_assert_eq!(Held::decode(report.spec(), &bytes).err(), Some(Unreadable));
        }
    }
}

fn accounts(count: i64) -> Vec<Row> {
    let row = |id: i64| {
        let (sender, other) = (format!("a{id}@example.com"), format!("{}@b.example", id % 7));
        let mut values = vec![Value::Int(id), Value::text(format!("Relay Größe {id}"))];
        values.extend(
            [&sender, &sender, if id % 5 == 0 { &other } else { &sender }, &sender]
                .map(|text| Value::text(text.as_str())),
        );
        values.extend((0..6).map(|bit| Value::Bool(id >> bit & 1 == 1)));
        values.extend([Value::text(["passed", "failed", "never"][usize::try_from(id % 3).expect("small")])]);
        values
            .extend([Some(1_795_000_000_000 + id * 1000).filter(|_| id % 3 < 2), Some(id % 50), None].map(Value::from));
        values[15] = Value::text("");
        values.push(Value::Int(1));
        Row(values)
    };
    (1..=count).map(row).collect()
}

#[test]
fn bytes_that_were_cut_are_refused() {
    let spec = ReportName::Accounts.spec();
    let bytes = encode(spec, &accounts(70));
    assert!(Held::decode(spec, &bytes).is_ok());
    for length in 0..bytes.len() {
        assert_eq!(Held::decode(spec, &bytes[..length]).err(), Some(Unreadable), "{length} of {}", bytes.len());
    }
    let longer = [&bytes[..], &[0]].concat();
    assert_eq!(Held::decode(spec, &longer).err(), Some(Unreadable));
    assert_eq!(Held::decode(ReportName::Connectors.spec(), &bytes).err(), Some(Unreadable), "another report");
}

#[test]
fn no_byte_does_harm_whatever_it_says() {
    let spec = ReportName::Accounts.spec();
    let bytes = encode(spec, &accounts(9));
    let query =
        Query::from_pairs(ReportName::Accounts, [("confirmation", "b.ex"), ("sort", "-confirmation,last_test_at")]);
    for at in 0..bytes.len() {
        for to in (0..20).chain([127, 128, 254, 255]).filter(|to| *to != bytes[at]) {
            let mut bytes = bytes.clone();
            bytes[at] = to;
            let held = Held::decode(spec, &bytes);
            assert!(at >= 7 || held.is_err(), "another beginning is another report");
            if let Ok(held) = held {
                assert!(held.page(&query).rows.len() <= held.len());
            }
        }
    }
}

#[test]
fn it_is_small() {
    let spec = ReportName::Accounts.spec();
    let held = Held::new(spec, accounts(10_000));
    assert!(held.bytes().0 < 90 * 10_000, "{} bytes", held.bytes().0);
    assert!(held.encode().len() < 80 * 10_000, "{} bytes", held.encode().len());
}

/// More different codes than a byte tells apart.
#[test]
fn many_codes_are_texts() {
    let report = ReportName::Tokens;
    let row = |id: i64| {
        let mut values = vec![Value::None; 8];
        values[0] = Value::Int(id);
        for at in [1, 2, 3, 4] {
            values[at] = Value::text(format!("Code {}", id % 300));
        }
        values[3] = Value::text("active");
        Row(values)
    };
    let rows: Vec<_> = (1..1000).map(row).collect();
    let held = Held::decode(report.spec(), &encode(report.spec(), &rows)).expect("reads");
    let queries = [
        &[("sort", "-role")][..],
        &[("sort", "role,-id"), ("name", "code 29")],
        &[("state", "active")],
        &[("role", "viewer")],
    ]
    .map(|pairs| Query::from_pairs(report, pairs.iter().copied()));
    agrees(&held, &rows, &queries).expect("agrees");
}

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
    check(&[("sort", "kind,-name")], &[2, 1, 12, 3]);
    check(&[("sort", "-enabled,name,-id")], &[3, 12, 1, 2]);
    check(&[("sort", "port,-id")], &[12, 3, 2, 1]);
}

#[test]
fn a_page_past_the_end_is_the_last() {
    let query = Query::from_pairs(ReportName::Connectors, [("size", "10"), ("page", "9")]);
    let page = connectors().page(&query);
    assert_eq!((page.number, page.rows.len(), page.matching), (1, 4, 4));
}

/// What is typed on, taken back and typed otherwise is answered from what was kept, as if it were asked at once.
#[test]
fn typing_on_and_back() {
    let rows = accounts(300);
    let spec = ReportName::Accounts.spec();
    let held = Held::new(spec, rows.clone());
    let typed = "relay grosse 12 relay g  grösse 29";
    let ends = (1..=typed.len()).filter(|end| typed.is_char_boundary(*end));
    let on = ends.map(|end| &typed[..end]);
    let back: Vec<_> = on.clone().collect();
    let queries: Vec<_> = on
        .chain(back.iter().rev().copied())
        .chain(["grosse 1", "grosse 12", "grosse 2", "grosse 29", "9"])
        .map(|text| Query::from_pairs(ReportName::Accounts, [("name", text), ("sort", "-sender")]))
        .collect();
    agrees(&held, &rows, &queries).expect("agrees");
}
