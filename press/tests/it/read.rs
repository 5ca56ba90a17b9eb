//! A PDF as somebody else reads it: the glyphs of each page with their places, as far as they say what they mean.

use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, font::Glyph, hayro_cmap::BfString, interpret_page,
};
use hayro_syntax::{
    Pdf,
    content::ops::TypedInstruction,
    object::{Dict, Object},
};
use kurbo::{Affine, BezPath, Point, Rect};

#[derive(Debug, Default)]
pub struct Page {
    pub marks: Vec<Mark>,
    /// What is given instead of glyphs that mean nothing.
    pub instead: Vec<String>,
}

#[derive(Debug)]
pub struct Mark {
    pub text: String,
    /// From the left, in points.
    pub x: f64,
    /// From the foot.
    pub y: f64,
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
    let cache = InterpreterCache::new();
    let read = |page: &hayro_syntax::page::Page<'_>| {
        let mut reader = Page::default();
        let settings = InterpreterSettings::default();
        let mut context =
            Context::new(Affine::IDENTITY, Rect::new(0.0, 0.0, 1000.0, 1000.0), &cache, pdf.xref(), settings);
        interpret_page(page, &mut context, &mut reader);
        reader.instead = instead(page);
        reader
    };
    pdf.pages().iter().map(read).collect()
}

fn instead(page: &hayro_syntax::page::Page<'_>) -> Vec<String> {
    let mut found = Vec::new();
    let mut operations = page.typed_operations();
    while let Some(operation) = operations.next() {
        let TypedInstruction::BeginMarkedContentWithProperties(begin) = operation else { continue };
        let Object::Dict(properties) = begin.1 else { continue };
        found.extend(actual_text(properties));
    }
    found
}

fn actual_text(properties: &Dict<'_>) -> Option<String> {
    let text = properties.get::<hayro_syntax::object::String<'_>>("ActualText")?;
    let bytes: &[u8] = text.as_ref();
    Some(match bytes.strip_prefix(&[0xfe, 0xff]) {
        Some(wide) => {
            let units: Vec<u16> = wide.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        None => String::from_utf8_lossy(bytes).into_owned(),
    })
}

impl Device<'_> for Page {
    fn draw_glyph(&mut self, glyph: &Glyph<'_>, transform: Affine, place: Affine, _: &Paint<'_>, _: &GlyphDrawMode) {
        let at = transform * place * Point::ZERO;
        let text = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(text)) => text,
            None => "\u{fffd}".to_owned(),
        };
        self.marks.push(Mark { text, x: at.x, y: at.y });
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
