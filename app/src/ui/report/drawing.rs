//! Rows as the server writes them. The browser takes them over as they stand (`rows.rs`) and doesn't walk through them.

use super::{
    bits::{Bit, Element, Name, Tag, Text},
    cell::{Cells, Content, cell_class},
    rows::SELECT,
};
use crate::ui::{icon::Glyph, time::Clock};
use domain::report::Row;
use leptos::{
    attr::{
        any_attribute::{AnyAttribute, IntoAnyAttribute},
        custom::custom_attribute,
    },
    prelude::*,
};

/// Whether this is the server's half. What only that does is left out of the browser's by the compiler.
pub const ON_SERVER: bool = cfg!(feature = "ssr");

pub fn rows(cells: &Cells, rows: &[Row], query: &str) -> Vec<AnyView> {
    rows.iter().map(|row| self::row(cells, row, query)).collect()
}

fn row(cells: &Cells, row: &Row, query: &str) -> AnyView {
    let mut contents = cells.row(row, query, Clock::Utc).into_iter();
    let mut select = cells.selects().then(|| cells.select_label(row));
    let shown: Vec<AnyView> = cells
        .columns()
        .zip(contents.by_ref())
        .map(|((_, column), content)| {
            let long = content.is_long.then_some("");
            let Content { yes, bits, .. } = content;
            let state = yes.map(|yes| if yes { "yes" } else { "no" });
            let kind = cell_class(column.kind);
            let inside = match select.take() {
                Some(label) => view! {
                    <input type="checkbox" class=SELECT autocomplete="off" aria-label=label />
                    <span>{all(bits)}</span>
                }
                .into_any(),
                None => all(bits).into_any(),
            };
            view! { <td data-kind=kind data-value=state data-column=column.key data-long=long>{inside}</td> }.into_any()
        })
        .collect();
    let actions = contents.next().map(|content| view! { <td class="actions">{all(content.bits)}</td> });
    view! { <tr data-id=row.id().to_string()>{shown} {actions}</tr> }.into_any()
}

pub fn all(bits: Vec<Bit>) -> Vec<AnyView> {
    bits.into_iter().map(bit).collect()
}

fn bit(bit: Bit) -> AnyView {
    let element = match bit {
        Bit::Text(text) => return text.into_any(),
        Bit::Time(at) => return at.to_utc_text().into_any(),
        Bit::Glyph(icon) => return view! { <Glyph icon /> }.into_any(),
        Bit::Element(element) => element,
    };
    let Element { tag, attributes, inside } = element;
    let inside = all(inside);
    let dress = |(name, value): (Name, Text)| custom_attribute(name.name(), value.into_owned()).into_any_attr();
    let dress: Vec<AnyAttribute> = attributes.into_iter().map(dress).collect();
    match tag {
        Tag::Span => view! { <span {..dress}>{inside}</span> }.into_any(),
        Tag::Div => view! { <div {..dress}>{inside}</div> }.into_any(),
        Tag::A => view! { <a {..dress}>{inside}</a> }.into_any(),
        Tag::Button => view! { <button {..dress}>{inside}</button> }.into_any(),
        Tag::Time => view! { <time {..dress}>{inside}</time> }.into_any(),
        Tag::Details => view! { <details {..dress}>{inside}</details> }.into_any(),
        Tag::Summary => view! { <summary {..dress}>{inside}</summary> }.into_any(),
    }
}
