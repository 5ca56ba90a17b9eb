//! A report as a page for paper: one table with its header on every sheet, and above it what was asked, by whom and when.
//!
//! It stands alone: its style is in it, so that it can be streamed to a browser as well as sent by mail.

use crate::{About, Sheet, cells};
use domain::report::{ColumnKind, ColumnSpec, Row};
use std::fmt::Write as _;

const STYLE: &str = include_str!("../../style/print.css");

/// Opens the print dialog when all rows are there.
const PRINT: &str = r#"addEventListener("load", () => print());"#;

pub struct Html {
    about: About,
    columns: Vec<(usize, &'static ColumnSpec)>,
    /// In a browser: what the page's policy lets run, and then its print dialog opens.
    nonce: Option<String>,
}

impl Html {
    /// A page that opens the print dialog.
    pub fn for_printing(about: About, nonce: String) -> Self {
        Self { nonce: Some(nonce), ..Self::for_mail(about) }
    }

    /// A page to be read where it is.
    pub fn for_mail(about: About) -> Self {
        Self { columns: cells::columns(about.report, &about.query), about, nonce: None }
    }

    fn about_list(&self) -> String {
        let lines = self.about.lines();
        lines.map(|(label, text)| format!("<dt>{}</dt><dd>{}</dd>\n", escape(label), escape(&text))).concat()
    }
}

impl Sheet for Html {
    fn head(&self, to: &mut String) {
        let About { report, language, matching, at_least, .. } = &self.about;
        let title = escape(self.about.title());
        let nonce = self.nonce.as_ref().map(|nonce| format!(" nonce=\"{}\"", escape(nonce))).unwrap_or_default();
        let script = self.nonce.as_ref().map(|_| format!("<script{nonce}>{PRINT}</script>\n")).unwrap_or_default();
        let icon = self.nonce.as_ref().map(|_| "<link rel=\"icon\" type=\"image/svg+xml\" href=\"/favicon.svg\">\n");
        let columns: Vec<_> = self.columns.iter().map(|(_, column)| *column).collect();
        let whole: u32 = columns.iter().map(|column| cells::weight(column)).sum();
        let _ = write!(
            to,
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n{}\
             <style{nonce}>\n{STYLE}</style>\n{script}</head>\n<body>\n<main>\n<h1>{title}</h1>\n<dl class=\"about\">\n{}</dl>\n",
            escape(language.paper.language),
            icon.unwrap_or_default(),
            self.about_list(),
        );
        to.push_str("<table>\n<colgroup>");
        for column in &columns {
            let _ = write!(
                to,
                "<col width=\"{:.2}%\">",
                f64::from(cells::weight(column)) * 100.0 / f64::from(whole.max(1))
            );
        }
        to.push_str("</colgroup>\n<thead>\n<tr>");
        for column in &columns {
            let label = escape((language.words.column)(*report, column.key));
            let _ = write!(to, "<th scope=\"col\"{}>{label}</th>", kind(column.kind));
        }
        to.push_str("</tr>\n</thead>\n<tbody>\n");
        if *matching == 0 && !at_least {
            let no_rows = escape(language.paper.no_rows);
            let _ = writeln!(to, "<tr><td class=\"none\" colspan=\"{}\">{no_rows}</td></tr>", columns.len());
        }
    }

    fn row(&self, row: &Row, to: &mut String) {
        let About { report, language, .. } = self.about;
        to.push_str("<tr>");
        for (index, column) in &self.columns {
            let text = cells::text(language.words, report, row, *index, &|at| language.moment(at));
            let _ = write!(to, "<td{}>{}", kind(column.kind), escape(&text));
            for badge in cells::badges(language.words, report, row, column.key) {
                let _ = write!(to, " <span class=\"badge\">{}</span>", escape(badge));
            }
            to.push_str("</td>");
        }
        to.push_str("</tr>\n");
    }

    fn foot(&self, to: &mut String) {
        to.push_str("</tbody>\n</table>\n</main>\n</body>\n</html>\n");
    }
}

const fn kind(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Id => " data-kind=\"id\"",
        ColumnKind::Number => " data-kind=\"number\"",
        ColumnKind::Text | ColumnKind::YesNo | ColumnKind::Code | ColumnKind::Time => "",
    }
}

/// Text as HTML: in an element or a quoted attribute. What HTML can't hold is left out.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\0' => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;
    use domain::{
        UnixMillis,
        report::{Query, ReportName, Value},
    };

    fn account(name: &str, badges: &str) -> Row {
        let mut cells = vec![Value::Int(1), Value::text(name)];
        cells.extend(["s", "r", "p", "c"].map(Value::text));
        cells.extend([true, true, false, false, false, false].map(Value::Bool));
        cells.extend([Value::text("passed"), Value::Int(0), Value::Int(31), Value::text(badges), Value::Int(1)]);
        Row(cells)
    }

    fn page(pairs: &[(&str, &str)], rows: &[Row]) -> String {
        let about = About {
            report: ReportName::Accounts,
            query: Query::from_pairs(ReportName::Accounts, pairs.iter().copied()),
            who: "Zoë <root>".to_owned(),
            at: UnixMillis(1_795_299_160_123),
            matching: rows.len() as u64,
            at_least: false,
            all: 9,
            language: Language::english(),
        };
        let sheet = Html::for_printing(about, "n0nce".to_owned());
        let mut text = String::new();
        sheet.head(&mut text);
        for row in rows {
            sheet.row(row, &mut text);
        }
        sheet.foot(&mut text);
        text
    }

    #[test]
    fn says_what_was_asked_by_whom_and_when() {
        let html = page(&[("name", "<b>"), ("enabled", "no"), ("sort", "-name,sender")], &[account("x", "")]);
        for line in [
            "<title>SMTP Configuration</title>",
            "<h1>SMTP Configuration</h1>",
            "<dt>Printed by</dt><dd>Zoë &lt;root&gt;</dd>",
            "<dt>Date/Time</dt><dd>2026-11-21 22:12:40 UTC, as all times here</dd>",
            "<dt>Filter</dt><dd>Name “&lt;b&gt;”, Enabled “No”</dd>",
            "<dt>Sorted by</dt><dd>Name, descending; Sender e-mail, ascending</dd>",
            "<dt>Rows</dt><dd>1 of 9 accounts</dd>",
            "<script nonce=\"n0nce\">",
            "<style nonce=\"n0nce\">",
            "<td>Passed 1970-01-01 00:00:00 31 ms</td>",
        ] {
            assert!(html.contains(line), "{line}\n{html}");
        }
        assert!(html.ends_with("</html>\n"));
        assert!(!html.contains(" style=") && !html.contains(" onload="), "the policy lets nothing inline run");
    }

    #[test]
    fn the_columns_are_those_asked_for_in_their_order() {
        let html = page(&[("columns", "name,id")], &[account("x", "nothing_encrypted")]);
        let head = "<th scope=\"col\">Name</th><th scope=\"col\" data-kind=\"id\">ID</th></tr>";
        let row = "<tr><td>x <span class=\"badge\">Not encrypted</span></td><td data-kind=\"id\">1</td></tr>";
        assert!(html.contains(head) && html.contains(row), "{html}");
    }

    #[test]
    fn w51_what_is_stored_is_text_and_marks_are_words() {
        let html = page(&[], &[account("<script>alert(1)</script> \"&\0", "nothing_encrypted secret_missing")]);
        assert!(html.contains(
            "<td>&lt;script&gt;alert(1)&lt;/script&gt; &quot;&amp; <span class=\"badge\">Not encrypted</span> \
             <span class=\"badge\">Secret missing</span></td>"
        ));
        assert!(html.contains("<dd>None: all rows</dd>") && html.contains("<dd>ID, ascending</dd>"));
    }

    #[test]
    fn nothing_that_matches_is_said() {
        assert!(page(&[("name", "x")], &[]).contains("No row matches."));
    }
}
