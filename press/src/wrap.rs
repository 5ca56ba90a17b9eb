//! Where a word too long for its cell may be broken. Nothing is put into the text for it: who copies an address from the
//! document gets the address.

use crate::face::Face;

/// Behind these an address or a name is broken rather than anywhere.
const JOINTS: [char; 10] = ['@', '.', '-', '_', '/', ':', '+', '=', ',', ';'];

/// Letters stand closer or wider side by side than alone.
const SLACK: f64 = 0.97;

/// A text in the pieces between which a line may end, besides where lines end anyway.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Wrapped {
    pub pieces: Vec<String>,
    /// About how many lines it takes.
    pub lines: usize,
}

/// `room` is the cell's width, in heights of the font.
pub fn wrap(text: &str, face: Face, room: f64) -> Wrapped {
    let room = room * SLACK;
    let mut wrapped = Wrapped { pieces: vec![String::new()], lines: 1 };
    let mut filled = 0.0;
    for word in text.split_inclusive(' ') {
        for (number, piece) in split(word, face, room).into_iter().enumerate() {
            let width = width(piece.trim_end(), face);
            if filled > 0.0 && filled + width > room {
                wrapped.lines += 1;
                filled = 0.0;
            }
            filled += width + face.width(' ');
            match wrapped.pieces.last_mut() {
                Some(last) if number == 0 => last.push_str(piece),
                _ => wrapped.pieces.push(piece.to_owned()),
            }
        }
    }
    wrapped
}

/// A word in parts that each fit.
fn split(word: &str, face: Face, room: f64) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = word;
    while let Some(at) = cut(rest, face, room) {
        let (part, after) = rest.split_at(at);
        parts.push(part);
        rest = after;
    }
    parts.push(rest);
    parts
}

/// Where a word is cut that does not fit: behind an `@`, else behind the last joint, unless that leaves most of the line empty.
fn cut(word: &str, face: Face, room: f64) -> Option<usize> {
    let (mut filled, mut joint, mut is_at) = (0.0, None, false);
    for (at, c) in word.trim_end().char_indices() {
        let next = filled + face.width(c);
        if next > room && at > 0 {
            return Some(joint.unwrap_or(at));
        }
        filled = next;
        if (c == '@' || !is_at && JOINTS.contains(&c)) && filled > room * 0.4 {
            joint = Some(at + c.len_utf8());
            is_at = c == '@';
        }
    }
    None
}

fn width(text: &str, face: Face) -> f64 {
    text.chars().map(|c| face.width(c)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_does_not_fit_is_cut_and_at_a_joint_where_there_is_one() {
        for (text, pieces) in [
            ("", vec![""]),
            ("ab cd ef gh ij kl", vec!["ab cd ef gh ij kl"]),
            ("no-reply", vec!["no-reply"]),
            ("notifications@example.com", vec!["notifications@", "example.com"]),
            ("To notifications@example.com!", vec!["To notifications@", "example.com!"]),
            ("a@bcdefghijklmnopqrstuvwxyz", vec!["a@bcdefghijkl", "mnopqrstuvwxy", "z"]),
            ("ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡ", vec!["ΑΒΓΔΕΖΗΘΙΚΛΜ", "ΝΞΟΠΡ"]),
        ] {
            assert_eq!(wrap(text, Face::Regular, 7.0).pieces, pieces, "{text}");
        }
    }

    #[test]
    fn no_piece_is_wider_than_the_room_and_nothing_is_lost() {
        let text = "x".repeat(500) + " " + &"m-".repeat(200) + "\u{1f600}\u{301}";
        for room in [0.1, 1.0, 3.0, 20.0] {
            let Wrapped { pieces, lines } = wrap(&text, Face::SemiBold, room);
            assert_eq!(pieces.concat(), text);
            assert!(lines >= pieces.len() && lines <= pieces.len() + 2, "{lines}");
            for piece in pieces.iter().flat_map(|piece| piece.split(' ')) {
                assert!(piece.chars().count() <= 1 || width(piece, Face::SemiBold) <= room, "{piece}");
            }
        }
    }
}
