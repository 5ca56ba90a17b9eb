//! Numbers and dates as a language writes them: separators and order, nothing else. No words.

/// `1,234,567`
pub(crate) fn with_commas(number: u64) -> String {
    grouped(number, ',', 4)
}

/// `1.234.567`
pub(crate) fn with_points(number: u64) -> String {
    grouped(number, '.', 4)
}

/// `1234`, `12.345`: as Spanish has it, four digits stay together.
pub(crate) fn with_points_from_five(number: u64) -> String {
    grouped(number, '.', 5)
}

/// A number that came as text, as the language writes it; anything else as it is.
pub(crate) fn digits(text: &str, written: fn(u64) -> String) -> String {
    text.parse().map_or_else(|_| text.to_owned(), written)
}

/// In threes from the right, for numbers of at least so many digits.
fn grouped(number: u64, separator: char, from_digits: usize) -> String {
    let digits = number.to_string();
    if digits.len() < from_digits {
        return digits;
    }
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// `21/11/2026 22:12` of `2026-11-21 22:12`; anything else as it is.
pub(crate) fn day_first(moment: &str) -> String {
    let (date, time) = moment.split_at_checked(10).unwrap_or((moment, ""));
    let mut parts = date.split('-');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(year), Some(month), Some(day), None) if [year.len(), month.len(), day.len()] == [4, 2, 2] => {
            format!("{day}/{month}/{year}{time}")
        }
        _ => moment.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stand_in_threes() {
        let check = |number: u64, texts: [&str; 3]| {
            assert_eq!([with_commas(number), with_points(number), with_points_from_five(number)], texts, "{number}");
        };
        check(0, ["0", "0", "0"]);
        check(999, ["999", "999", "999"]);
        check(1_000, ["1,000", "1.000", "1000"]);
        check(12_345, ["12,345", "12.345", "12.345"]);
        check(1_000_000, ["1,000,000", "1.000.000", "1.000.000"]);
        check(u64::MAX, ["18,446,744,073,709,551,615", "18.446.744.073.709.551.615", "18.446.744.073.709.551.615"]);
    }

    #[test]
    fn what_is_no_number_stays_as_it_is() {
        for (text, written) in [("12345", "12,345"), ("7", "7"), ("", ""), ("a", "a"), ("-1", "-1"), ("1.5", "1.5")] {
            assert_eq!(digits(text, with_commas), written);
        }
    }

    #[test]
    fn a_day_stands_before_its_month_and_year() {
        let check = |moment: &str, text: &str| assert_eq!(day_first(moment), text);
        check("2026-11-21", "21/11/2026");
        check("2026-11-21 22:12:40", "21/11/2026 22:12:40");
        check("2026-11-21 22:12 UTC", "21/11/2026 22:12 UTC");
        for other in ["", "-", "2026-11", "26-11-2021", "2026-1-1-11", "ñññññññññññ", "tomorrow at", "12345-1-10"]
        {
            check(other, other);
        }
    }
}
