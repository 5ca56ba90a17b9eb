//! What a cell shows, as data. The server writes it as HTML; the browser writes it straight into the table, where only what
//! differs from what stands there is touched.

use crate::ui::{icon::Icon, time};
use domain::UnixMillis;
use std::borrow::Cow;

pub type Text = Cow<'static, str>;

/// A piece of a cell's content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bit {
    Text(Text),
    /// A moment, in the time zone of whoever reads.
    Time(UnixMillis),
    Glyph(Icon),
    Element(Element),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    pub tag: Tag,
    pub attributes: Vec<(Name, Text)>,
    pub inside: Vec<Bit>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    Span,
    Div,
    A,
    Button,
    Time,
    Details,
    Summary,
}

/// The attributes that cells use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    Class,
    Kind,
    State,
    Href,
    Title,
    Role,
    Type,
    Label,
    Popup,
    Moment,
}

impl Tag {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Span => "span",
            Self::Div => "div",
            Self::A => "a",
            Self::Button => "button",
            Self::Time => "time",
            Self::Details => "details",
            Self::Summary => "summary",
        }
    }
}

impl Name {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Class => "class",
            Self::Kind => "data-kind",
            Self::State => "data-state",
            Self::Href => "href",
            Self::Title => "title",
            Self::Role => "role",
            Self::Type => "type",
            Self::Label => "aria-label",
            Self::Popup => "aria-haspopup",
            Self::Moment => "datetime",
        }
    }
}

impl Element {
    pub fn new(tag: Tag, inside: Vec<Bit>) -> Self {
        Self { tag, attributes: Vec::new(), inside }
    }

    #[must_use]
    pub fn with(mut self, name: Name, value: impl Into<Text>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    pub fn bit(self) -> Bit {
        Bit::Element(self)
    }
}

pub fn text(text: impl Into<Text>) -> Bit {
    Bit::Text(text.into())
}

/// All that there is to read.
pub fn written(bits: &[Bit]) -> String {
    let one = |bit: &Bit| match bit {
        Bit::Text(text) => text.to_string(),
        Bit::Element(element) => written(&element.inside),
        Bit::Time(_) | Bit::Glyph(_) => String::new(),
    };
    bits.iter().map(one).collect()
}

/// A `<span>` of a class.
pub fn span(class: &'static str, inside: Vec<Bit>) -> Element {
    Element::new(Tag::Span, inside).with(Name::Class, class)
}

pub fn badge(kind: &'static str, label: &'static str) -> Bit {
    span("badge", vec![text(label)]).with(Name::Kind, kind).bit()
}

/// The same with each moment written out by a clock.
pub fn dated(bits: Vec<Bit>, clock: time::Clock) -> Vec<Bit> {
    let dated = |bit| match bit {
        Bit::Time(at) => {
            let (words, title) = time::texts(at, clock);
            let element = Element::new(Tag::Time, vec![text(words)]);
            element.with(Name::Moment, at.to_rfc3339()).with(Name::Title, title).bit()
        }
        Bit::Element(element) => Bit::Element(Element { inside: dated(element.inside, clock), ..element }),
        other => other,
    };
    bits.into_iter().map(dated).collect()
}
