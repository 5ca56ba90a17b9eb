//! CSV as RFC 4180 has it, for spreadsheets: UTF-8 with a mark in front, CRLF, and no cell that could run.
//!
//! Written out: quoting is three lines, and what a library would not do, making formulas harmless, is the rest.

use crate::{Language, Sheet, cells};
use domain::{
    UnixMillis,
    report::{ColumnKind, ColumnSpec, Query, ReportName, Row},
};

/// Spreadsheets take the file for UTF-8 only with this in front.
const MARK: char = '\u{feff}';

pub struct Csv {
    report: ReportName,
    columns: Vec<(usize, &'static ColumnSpec)>,
    language: Language,
}

impl Csv {
    /// With the columns that are asked for.
    pub fn new(report: ReportName, query: &Query, language: Language) -> Self {
        Self { report, columns: cells::columns(report, query), language }
    }
}

impl Sheet for Csv {
    fn head(&self, to: &mut String) {
        to.push(MARK);
        let label = |key| (self.language.words.column)(self.report, key);
        line(to, self.columns.iter().map(|(_, column)| harmless(label(column.key))));
    }

    fn row(&self, row: &Row, to: &mut String) {
        let cell = |(index, kind): (usize, ColumnKind)| {
            let text = cells::text(self.language.words, self.report, row, index, &UnixMillis::to_rfc3339);
            // A number is our own, and is to be counted with.
            if matches!(kind, ColumnKind::Id | ColumnKind::Number) { text } else { harmless(&text) }
        };
        line(to, self.columns.iter().map(|(index, column)| cell((*index, column.kind))));
    }

    fn foot(&self, _: &mut String) {}
}

fn line(to: &mut String, cells: impl Iterator<Item = String>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            to.push(',');
        }
        // Some programs take semicolons and tabs for separators too, unless they stand in quotes.
        if cell.contains(['"', ',', ';', '\t', '\n']) || cell.starts_with(' ') || cell.ends_with(' ') {
            to.push('"');
            to.push_str(&cell.replace('"', "\"\""));
            to.push('"');
        } else {
            to.push_str(&cell);
        }
    }
    to.push_str("\r\n");
}

/// Text that no spreadsheet runs: an apostrophe before whatever begins a formula, also behind blanks. A NUL ends a text
/// for some programs and a lone CR a row, so the one goes and the other is a line break like every other.
fn harmless(text: &str) -> String {
    let text = text.replace('\0', "").replace("\r\n", "\n").replace('\r', "\n");
    let begins = text.trim_start_matches(|c: char| c.is_whitespace() && !matches!(c, '\t' | '\n')).chars().next();
    // The wide forms are the same keys on a Japanese or Chinese keyboard.
    let runs = matches!(begins, Some('=' | '+' | '-' | '@' | '\t' | '\n' | '＝' | '＋' | '－' | '＠'));
    if runs { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::report::Value;
    use proptest::prelude::*;

    fn connector(name: &str, port: Value) -> Row {
        let text = |text: &str| Value::text(text);
        Row(vec![
            Value::Int(7),
            text(name),
            text("socks5"),
            text("h.example"),
            port,
            Value::Bool(true),
            text("A, B"),
            Value::Int(1),
        ])
    }

    fn written(rows: &[Row]) -> String {
        written_with("", rows)
    }

    fn written_with(columns: &str, rows: &[Row]) -> String {
        let query = Query::from_pairs(ReportName::Connectors, [("columns", columns)]);
        let sheet = Csv::new(ReportName::Connectors, &query, Language::english());
        let mut text = String::new();
        sheet.head(&mut text);
        for row in rows {
            sheet.row(row, &mut text);
        }
        sheet.foot(&mut text);
        text
    }

    #[test]
    fn w50_a_file_byte_by_byte() {
        assert_eq!(
            written(&[connector("Zürich \"1\"", Value::Int(1080)), connector("", Value::None)]),
            "\u{feff}ID,Name,Kind,Host,Port,Enabled,Used by\r\n\
             7,\"Zürich \"\"1\"\"\",SOCKS5,h.example,1080,Yes,\"A, B\"\r\n\
             7,,SOCKS5,h.example,,Yes,\"A, B\"\r\n"
        );
    }

    #[test]
    fn the_columns_are_those_asked_for_in_their_order() {
        let row = connector("=1", Value::Int(1080));
        assert_eq!(written_with("port,name", &[row]), "\u{feff}Port,Name\r\n1080,'=1\r\n");
    }

    #[test]
    fn w50_no_cell_runs_and_numbers_stay_numbers() {
        for (stored, cell) in [
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "\"'\t=1\""),
            ("a;=1", "\"a;=1\""),
            ("\r=1", "\"'\n=1\""),
            ("\n=1", "\"'\n=1\""),
            ("  =1", "'  =1"),
            ("\u{a0}=1", "'\u{a0}=1"),
            ("＝1", "'＝1"),
            ("\0=1", "'=1"),
            ("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""),
            ("a=1", "a=1"),
            ("'=1", "'=1"),
            ("a\rb\r\nc\0", "\"a\nb\nc\""),
            ("ends ", "\"ends \""),
        ] {
            let text = written(&[connector(stored, Value::Int(-5))]);
            let line = text.split_once("\r\n").map(|(_, rest)| rest).unwrap_or_default();
            assert_eq!(line, format!("7,{cell},SOCKS5,h.example,-5,Yes,\"A, B\"\r\n"), "{stored:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn w50_another_reader_finds_the_same_cells(name in any::<String>(), wild in "[=+@,\"\r\n\t\0 -]{0,8}") {
            for name in [name, wild] {
                let text = written(&[connector(&name, Value::Int(1))]);
                let mut reader = ::csv::ReaderBuilder::new().from_reader(text.trim_start_matches(MARK).as_bytes());
                let rows: Vec<_> = reader.records().collect::<Result<_, _>>().expect("readable");
                prop_assert_eq!(rows.len(), 1);
                prop_assert_eq!(rows[0].len(), 7);
                prop_assert_eq!(&rows[0][1], harmless(&name));
                prop_assert!(!rows[0][1].starts_with(['=', '+', '-', '@', '\t', '\r']));
            }
        }
    }
}
