//! The two fonts that every report is set in, and how wide a text is in them.

use std::sync::LazyLock;
use typst::{
    foundations::Bytes,
    layout::Abs,
    text::{Font, FontBook, FontInstance, FontVariant, FontVariations},
    utils::LazyHash,
};

static REGULAR: &[u8] = include_bytes!("../fonts/SourceSans3-Regular.ttf");
static SEMIBOLD: &[u8] = include_bytes!("../fonts/SourceSans3-SemiBold.ttf");

/// By [`Face`], ready to be measured.
static FONTS: LazyLock<[Option<FontInstance>; 2]> = LazyLock::new(|| {
    // They are of one shape at all sizes; the size says nothing.
    let ready = |font: Font| font.instantiate(FontVariant::default(), Abs::pt(8.0), &FontVariations::default());
    [REGULAR, SEMIBOLD].map(|font| Font::new(Bytes::new(font), 0).map(ready))
});

static BOOK: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter().flatten().map(FontInstance::font))));

#[derive(Clone, Copy)]
pub enum Face {
    Regular,
    SemiBold,
}

impl Face {
    /// How wide a character is, in its own height. One that the font lacks has the width of the box shown instead.
    pub fn width(self, c: char) -> f64 {
        let font = FONTS.get(self as usize).and_then(Option::as_ref);
        let glyph = |font: &FontInstance| font.ttf().glyph_index(c).map_or(0, |glyph| glyph.0);
        font.and_then(|font| font.x_advance(glyph(font))).map_or(1.0, typst::layout::Em::get)
    }
}

pub fn book() -> &'static LazyHash<FontBook> {
    &BOOK
}

pub fn font(index: usize) -> Option<Font> {
    FONTS.iter().flatten().nth(index).map(FontInstance::font).cloned()
}
