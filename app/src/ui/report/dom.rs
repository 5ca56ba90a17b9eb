//! Cells in the browser's document: made, and changed where two contents differ.

use super::bits::{Bit, Element};
use crate::ui::icon::Icon;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element as Node, Node as AnyNode};

const SVG: &str = "http://www.w3.org/2000/svg";

/// The nodes of a cell in the order of the document, as its bits name them: elements, texts and icons.
#[derive(Default)]
pub struct Nodes(Vec<AnyNode>);

impl Nodes {
    /// Those that stand below an element, if they are what its bits say.
    pub fn below(parent: &AnyNode, bits: &[Bit]) -> Option<Self> {
        let mut nodes = Vec::new();
        collect(parent, bits, &mut nodes).then_some(Self(nodes))
    }

    /// Changes what differs. `false` where the two are not of one shape: then nothing has been changed.
    pub fn change(&self, old: &[Bit], new: &[Bit]) -> bool {
        if !of_one_shape(old, new) {
            return false;
        }
        let mut at = 0;
        self.change_all(old, new, &mut at);
        true
    }

    /// The first text of a cell, and where it stands.
    pub fn first_text<'a>(&self, bits: &'a [Bit]) -> Option<(&AnyNode, &'a str)> {
        let mut at = 0;
        let text = first_text(bits, &mut at)?;
        Some((self.0.get(at)?, text))
    }

    fn change_all(&self, old: &[Bit], new: &[Bit], at: &mut usize) {
        for (old, new) in old.iter().zip(new) {
            let node = self.0.get(*at);
            *at += 1;
            match (old, new) {
                (Bit::Text(old), Bit::Text(new)) if old != new => {
                    if let Some(node) = node {
                        node.set_node_value(Some(new));
                    }
                }
                (Bit::Element(old), Bit::Element(new)) => {
                    let node = node.and_then(|node| node.dyn_ref::<Node>());
                    for ((name, was), (_, is)) in old.attributes.iter().zip(&new.attributes) {
                        if let Some(node) = node.filter(|_| was != is) {
                            let _ = node.set_attribute(name.name(), is);
                        }
                    }
                    self.change_all(&old.inside, &new.inside, at);
                }
                _ => {}
            }
        }
    }
}

/// Replaces what stands in a cell.
pub fn fill(cell: &Node, bits: &[Bit]) {
    cell.set_text_content(None);
    append(cell, bits);
}

fn append(parent: &AnyNode, bits: &[Bit]) {
    let document = document();
    for bit in bits {
        let made: Option<AnyNode> = match bit {
            Bit::Text(text) => Some(document.create_text_node(text).into()),
            // Written out before it comes here.
            Bit::Time(_) => None,
            Bit::Glyph(icon) => glyph(*icon),
            Bit::Element(element) => make(element),
        };
        if let Some(made) = made {
            let _ = parent.append_child(&made);
        }
    }
}

fn make(element: &Element) -> Option<AnyNode> {
    let made = document().create_element(element.tag.name()).ok()?;
    for (name, value) in &element.attributes {
        let _ = made.set_attribute(name.name(), value);
    }
    append(&made, &element.inside);
    Some(made.into())
}

fn glyph(icon: Icon) -> Option<AnyNode> {
    let document = document();
    let svg = document.create_element_ns(Some(SVG), "svg").ok()?;
    for (name, value) in [("class", "icon"), ("viewBox", "0 0 16 16"), ("aria-hidden", "true"), ("focusable", "false")]
    {
        let _ = svg.set_attribute(name, value);
    }
    let path = document.create_element_ns(Some(SVG), "path").ok()?;
    let _ = path.set_attribute("d", icon.path());
    let _ = svg.append_child(&path);
    Some(svg.into())
}

fn collect(parent: &AnyNode, bits: &[Bit], nodes: &mut Vec<AnyNode>) -> bool {
    let mut next = parent.first_child();
    for bit in bits {
        // The server leaves comments between texts.
        while next.as_ref().is_some_and(|node| node.node_type() == AnyNode::COMMENT_NODE) {
            next = next.and_then(|node| node.next_sibling());
        }
        let Some(node) = next else { return false };
        next = node.next_sibling();
        let is_text = node.node_type() == AnyNode::TEXT_NODE;
        nodes.push(node.clone());
        let good = match bit {
            Bit::Text(_) => is_text,
            Bit::Element(element) => !is_text && collect(&node, &element.inside, nodes),
            Bit::Glyph(_) => !is_text,
            Bit::Time(_) => false,
        };
        if !good {
            return false;
        }
    }
    true
}

fn first_text<'a>(bits: &'a [Bit], at: &mut usize) -> Option<&'a str> {
    for bit in bits {
        match bit {
            Bit::Text(text) => return Some(text),
            Bit::Element(element) => {
                *at += 1;
                if let Some(text) = first_text(&element.inside, at) {
                    return Some(text);
                }
            }
            Bit::Glyph(_) | Bit::Time(_) => *at += 1,
        }
    }
    None
}

fn of_one_shape(old: &[Bit], new: &[Bit]) -> bool {
    let alike = |(old, new): (&Bit, &Bit)| match (old, new) {
        (Bit::Text(_), Bit::Text(_)) => true,
        (Bit::Glyph(old), Bit::Glyph(new)) => old == new,
        (Bit::Element(old), Bit::Element(new)) => {
            old.tag == new.tag
                && old.attributes.iter().map(|(name, _)| name).eq(new.attributes.iter().map(|(name, _)| name))
                && of_one_shape(&old.inside, &new.inside)
        }
        _ => false,
    };
    old.len() == new.len() && old.iter().zip(new).all(alike)
}
