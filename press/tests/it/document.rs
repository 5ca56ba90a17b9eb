//! The document as a whole: what it says of itself, and that it is the same each time.

use crate::{about, connector, read, sample, set};
use domain::{
    UnixMillis,
    report::{Query, ReportName},
};
use hayro_syntax::object::{Dict, Name, String as Text};
use postroom_press::{MOST_ROWS, MOST_TAGGED, PressError};

#[test]
fn it_says_what_was_asked_by_whom_and_when() {
    let mut about = sample::about(ReportName::Accounts, 7);
    about.query = Query::from_pairs(ReportName::Accounts, [("name", "#set [x]"), ("enabled", "no"), ("sort", "-name")]);
    about.who = "Zoë *root*".to_owned();
    about.all = 9;
    let rows: Vec<_> = (1..=7).map(|id| sample::row(ReportName::Accounts, id)).collect();
    let pages = read::pages(&postroom_press::pdf(&about, &rows).expect("set"));
    assert_eq!(pages.len(), 1);
    for line in [
        "SMTP Configuration",
        "Printed by Zoë *root*",
        "Date/Time 2026-11-21 22:12:40 UTC, as all times here",
        "Filter Name “#set [x]”, Enabled “No”",
        "Sorted by Name, descending",
        "Rows 7 of 9 accounts",
        "Page 1 of 1",
        "Not encrypted",
    ] {
        assert!(pages[0].says(line), "{line}\n{}", pages[0].text());
    }
}

#[test]
fn readers_are_told_title_language_and_structure() {
    let pdf = read::open(&set(&[connector(1, "a", "b", 1, "c")]));
    let metadata = pdf.metadata();
    let text = |bytes: &Option<Vec<u8>>| String::from_utf8(bytes.clone().unwrap_or_default()).expect("ASCII");
    assert_eq!(text(&metadata.title), "Network Connectors");
    assert_eq!(text(&metadata.author), "Maria Petersen");
    assert_eq!(text(&metadata.creator), "Postroom");
    let date = metadata.creation_date.expect("a date");
    assert_eq!((date.year, date.month, date.day, date.hour, date.minute, date.second), (2026, 11, 21, 22, 12, 40));
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).expect("a catalog");
    let language = catalog.get::<Text<'_>>("Lang").expect("a language");
    assert_eq!(<Text<'_> as AsRef<[u8]>>::as_ref(&language), b"en");
    let structure = catalog.get::<Dict<'_>>("StructTreeRoot").expect("structure");
    let kind = structure.get::<Name<'_>>("Type").expect("a type");
    assert_eq!(kind.as_str(), "StructTreeRoot");
}

#[test]
fn a_long_report_is_told_to_the_eye_only() {
    let rows: Vec<_> =
        (0..=MOST_TAGGED).map(|id| connector(i64::try_from(id).expect("small"), "a", "b", 1, "c")).collect();
    let file = set(&rows);
    let pdf = read::open(&file);
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).expect("a catalog");
    assert!(catalog.get::<Dict<'_>>("StructTreeRoot").is_none());
    let pages = read::pages(&file);
    let last = pages.last().expect("a page");
    assert!(last.says(&format!("Page {} of {}", pages.len(), pages.len())), "{}", last.text());
    assert!(last.says(&format!("{MOST_TAGGED} a SOCKS5 b")), "{}", last.text());
}

#[test]
fn the_same_report_is_the_same_file() {
    let rows: Vec<_> = (1..=60).map(|id| sample::row(ReportName::Outbox, id)).collect();
    let set = |at: i64| {
        let mut about = sample::about(ReportName::Outbox, rows.len());
        about.at = UnixMillis(at);
        postroom_press::pdf(&about, &rows).expect("set")
    };
    let first = set(sample::NOW);
    assert!(first == set(sample::NOW));
    assert!(first != set(sample::NOW + 1000), "the date is in it");
}

#[test]
fn a_report_without_rows_says_so() {
    let pages = read::pages(&set(&[]));
    assert_eq!(pages.len(), 1);
    assert!(pages[0].says("No row matches.") && pages[0].says("Used by"), "{}", pages[0].text());
    assert!(!read::pages(&set(&[connector(1, "a", "b", 1, "c")]))[0].says("No row matches."));
}

#[test]
fn too_many_rows_are_refused_before_the_work() {
    let row = connector(1, "a", "b", 1, "c");
    let rows = vec![row; MOST_ROWS + 1];
    let refused = postroom_press::pdf(&about(&rows), &rows);
    assert!(matches!(refused, Err(PressError::TooManyRows(count)) if count == MOST_ROWS + 1), "{refused:?}");
}

/// A service sets reports on a thread of its own.
#[test]
fn it_is_set_on_any_thread_and_several_wait_for_each_other() {
    let threads: Vec<_> =
        (1..=3).map(|id| std::thread::spawn(move || set(&[connector(id, "a", "b", 1, "c")]))).collect();
    let mut files: Vec<_> = threads.into_iter().map(|thread| thread.join().expect("set")).collect();
    files.dedup();
    assert_eq!(files.len(), 3);
}
