//! The table: its header on every page, its rows whole, its words within their columns.

use crate::{connector, read, set};

/// Millimetres from the left, where a share of the table's width begins.
fn edge(share: f64) -> f64 {
    (10.0 + 277.0 * share / 80.0) / 25.4 * 72.0
}

#[test]
fn each_page_has_the_header_and_its_number_and_each_row_is_on_one() {
    let words = |id: usize| "several words that make some lines ".repeat(id % 7);
    let rows: Vec<_> = (1..=600)
        .map(|id: usize| {
            connector(i64::try_from(id).expect("small"), &format!("A{id}a"), "h", 25, &format!("{} Z{id}z", words(id)))
        })
        .collect();
    let pages: Vec<_> = read::pages(&set(&rows)).iter().map(read::Page::text).collect();
    assert!((15..60).contains(&pages.len()), "{}", pages.len());
    for (number, page) in pages.iter().enumerate() {
        assert_eq!(page.matches("IDNameKindHostPortEnabledUsedby").count(), 1, "{page}");
        assert!(page.contains(&format!("Page{}of{}", number + 1, pages.len())), "{page}");
    }
    let mut last = 0;
    for id in 1..=600 {
        let holds = |text: String| {
            let holds: Vec<_> = (0..pages.len()).filter(|page| pages[*page].contains(&text)).collect();
            assert_eq!(holds.len(), 1, "{text}");
            holds[0]
        };
        let page = holds(format!("A{id}a"));
        assert_eq!(page, holds(format!("Z{id}z")), "row {id} is cut");
        assert!(page == last || page == last + 1, "row {id} is on page {page}, the one before on {last}");
        last = page;
    }
    // The batches in which it is set can't be seen: no page but the last has room left.
    let rows_on = |page: &String| page.matches("SOCKS5").count();
    assert!(pages[..pages.len() - 1].iter().all(|page| rows_on(page) > 12), "{:?}", pages.iter().map(rows_on));
}

/// Each with rows that go on on the next page just where a batch would end.
#[test]
fn high_rows_move_the_end_of_a_batch() {
    let long = "many words ".repeat(900);
    let used_by = |id: i64| if (150..=252).contains(&id) && id % 9 == 0 { long.as_str() } else { "" };
    let rows: Vec<_> = (1..=300).map(|id| connector(id, &format!("A{id}a"), "h", 25, used_by(id))).collect();
    let pages: Vec<_> = read::pages(&set(&rows)).iter().map(read::Page::text).collect();
    let all = pages.concat();
    assert_eq!(all.matches("manywords").count(), 900 * 12);
    for id in 1..=300 {
        assert_eq!(all.matches(&format!("A{id}a")).count(), 1, "row {id}");
    }
    assert!(pages.last().is_some_and(|page| page.contains(&format!("Page{}of{}", pages.len(), pages.len()))));
}

#[test]
fn a_row_higher_than_a_page_goes_on_on_the_next() {
    let long = "many words ".repeat(3000) + "END";
    let pages = read::pages(&set(&[connector(1, "a", "b", 1, &long), connector(2, "LAST", "b", 1, "")]));
    assert!(pages.len() > 3, "{}", pages.len());
    let all: String = pages.iter().map(read::Page::text).collect();
    assert_eq!(all.matches("manywords").count(), 3000);
    assert!(all.contains("END") && all.contains("LAST"));
}

#[test]
fn long_words_stay_in_their_columns() {
    let cell = |c: &str, with: &str| [c.repeat(90), format!("{c}{with}").repeat(40)].join(" ");
    for with in ["", ".", "@", "-", "/", "…"] {
        let pages = read::pages(&set(&[connector(1, &cell("W", with), &cell("V", with), 1, &cell("Q", with))]));
        for (letter, from, to) in [("W", 5.0, 20.0), ("V", 29.0, 44.0), ("Q", 56.0, 80.0)] {
            let places: Vec<_> = pages[0].marks.iter().filter(|mark| mark.text == letter).collect();
            assert_eq!(places.len(), 130, "{letter}");
            let left = places.iter().map(|mark| mark.x).fold(f64::MAX, f64::min);
            let right = places.iter().map(|mark| mark.x).fold(0.0, f64::max);
            assert!(left >= edge(from) && left < edge(from) + 4.0, "{letter} begins at {left}");
            // A letter is about as wide as it is high.
            assert!(right + 6.0 <= edge(to) && right > edge(to) - 20.0, "{letter} ends at {right}, {}", edge(to));
        }
    }
}

#[test]
fn a_broken_address_is_whole_when_it_is_copied() {
    let host = "smtp-relay.customer-portal.eu-central.infrastructure.example.net";
    let page = &read::pages(&set(&[connector(1, "a", host, 1, "b")]))[0];
    let marks = page.marks.iter().map(|mark| mark.text.as_str()).collect::<String>();
    assert!(marks.contains(host), "{marks}");
}

#[test]
fn numbers_end_below_each_other() {
    let page = &read::pages(&set(&[connector(1, "a", "b", 71_117, "c"), connector(2, "a", "b", 8, "c")]))[0];
    let last = |text: &str| page.marks.iter().rfind(|mark| mark.text == text).expect("a digit").x;
    assert!((last("7") - last("8")).abs() < 0.1, "{} and {}", last("7"), last("8"));
    assert!(last("8") > edge(48.0) - 10.0 && last("8") < edge(49.0), "{}", last("8"));
}
