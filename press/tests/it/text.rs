//! What is stored is text, whatever it looks like, and arrives as it was.

use crate::{connector, read, set};

fn check(stored: &str, read: &str) {
    let pages = read::pages(&set(&[connector(1, stored, "host", 1, "next")]));
    assert_eq!(pages.len(), 1);
    assert!(pages[0].says(&format!("1{read}SOCKS5host")), "{stored:?}\n{}", pages[0].text());
}

#[test]
fn three_alphabets_with_their_accents() {
    for text in [
        "Zürich Łódź façade ñandú Ærø ſtraße İıĞğ Đà Nẵng",
        "Ελλάδα ΐΰ Ώρα ς ἀρχή",
        "Київ Москва Ђорђе Ўзбек Ґанок ёжик",
        "“quoted” – 10 € · № 5 … ‘x’",
    ] {
        check(text, text);
    }
}

#[test]
fn w51_nothing_is_markup() {
    for text in [
        "#set text(size: 90pt)",
        "#panic()",
        "#{1+1}",
        "$x^2$",
        "@ref <label>",
        "*b* _i_ `raw` = heading",
        "- item + item / term: x",
        "<script>alert(1)</script>",
        "\\ \\u{41} \\n ~ -- --- ...",
        "\"'quotes'\" // comment /* x */",
        "#sys.inputs.who",
        "http://example.com/?a=b&c",
        "[brackets] {braces} (",
        "=1+1",
        "%s %n ${x} {{x}}",
        "none",
        "auto",
    ] {
        check(text, text);
    }
}

#[test]
fn what_has_no_shape_is_left_out_and_lines_are_one() {
    check("a\0b\u{7}c", "abc");
    check("a\r\nb\tc\n\n\u{2028}d", "a b c d");
    check("", "");
    check("\0", "");
}

#[test]
fn what_the_fonts_lack_is_a_box() {
    for (stored, boxes) in [("😀", 1), ("漢字", 2), ("العربية", 7), ("עברית", 5), ("👩‍👦", 2), ("\u{e000}", 1)]
    {
        let page = &read::pages(&set(&[connector(1, &format!("before {stored} after"), "host", 1, "next")]))[0];
        assert!(page.says("before") && page.says("after") && page.says("SOCKS5host"), "{}", page.text());
        assert!(page.text().matches(read::UNKNOWN).count() >= boxes, "{stored} {}", page.text());
    }
}
