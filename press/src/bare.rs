//! A page without what only its structure needs: for a long report that is most of its memory.

use typst::layout::{Frame, FrameItem, Point};
use typst_layout::Page;

/// The page with the same marks at the same places.
pub fn bare(page: &Page) -> Page {
    let mut frame = Frame::new(page.frame.size(), page.frame.kind());
    pour(&page.frame, Point::zero(), &mut frame);
    Page { frame, ..page.clone() }
}

fn pour(from: &Frame, at: Point, to: &mut Frame) {
    for (place, item) in from.items() {
        match item {
            FrameItem::Tag(_) => {}
            FrameItem::Group(group) if group.transform.is_identity() && group.clip.is_none() => {
                pour(&group.frame, at + *place, to);
            }
            item => to.push(at + *place, item.clone()),
        }
    }
}
