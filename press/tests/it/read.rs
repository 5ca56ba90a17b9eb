//! A PDF as somebody else reads it: the glyphs of each page with their places, as far as they say what they mean.

use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, font::Glyph, hayro_cmap::BfString, interpret_page,
};
use hayro_syntax::Pdf;
use kurbo::{Affine, BezPath, Point, Rect};

/// A glyph that means nothing: the box that stands for what a font lacks.
pub const UNKNOWN: char = '\u{fffd}';

#[derive(Debug, Default)]
pub struct Page {
    pub marks: Vec<Mark>,
}

#[derive(Debug)]
pub struct Mark {
    pub text: String,
    /// From the left, in points.
    pub x: f64,
}

impl Page {
    /// All that is on it, without blanks: a line's end has none either.
    pub fn text(&self) -> String {
        let text = self.marks.iter().map(|mark| mark.text.as_str()).collect::<String>();
        text.replace(char::is_whitespace, "")
    }

    pub fn says(&self, text: &str) -> bool {
        self.text().contains(&text.replace(char::is_whitespace, ""))
    }
}

pub fn open(bytes: &[u8]) -> Pdf {
    Pdf::new(bytes.to_vec()).expect("a PDF")
}

pub fn pages(bytes: &[u8]) -> Vec<Page> {
    let pdf = open(bytes);
    let mut pages = Vec::new();
    for page in pdf.pages().iter() {
        let cache = InterpreterCache::new();
        let bounds = Rect::new(0.0, 0.0, 1000.0, 1000.0);
        let mut context = Context::new(Affine::IDENTITY, bounds, &cache, pdf.xref(), InterpreterSettings::default());
        let mut reader = Page::default();
        interpret_page(page, &mut context, &mut reader);
        pages.push(reader);
    }
    pages
}

impl Device<'_> for Page {
    fn draw_glyph(&mut self, glyph: &Glyph<'_>, transform: Affine, place: Affine, _: &Paint<'_>, _: &GlyphDrawMode) {
        let at = transform * place * Point::ZERO;
        let text = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(text)) => text,
            None => UNKNOWN.to_string(),
        };
        self.marks.push(Mark { text, x: at.x });
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'_>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'_>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
