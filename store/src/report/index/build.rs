//! How the accounts are taken in, and what does not fit is refused.

use super::{
    base::{Base, Column, NAME, SAME, SENDER, TEXTS},
    found::Found,
    order::Orders,
    set::position,
    texts::Texts,
};
use std::collections::HashMap;

/// More than that is left to SQL.
const MOST_BYTES: usize = 180 << 20;

/// Takes the accounts in by their ids, upwards.
pub(super) struct Builder {
    base: Base,
    numbers: HashMap<Box<[u8]>, u16>,
}

impl Builder {
    pub(super) fn new() -> Self {
        // Names are what people look for most.
        let column = |at| Column { texts: Texts::new(if at == 0 { 1 } else { 4 }), domains: Vec::new() };
        let base = Base {
            ids: Vec::new(),
            flags: Vec::new(),
            columns: std::array::from_fn(column),
            domains: vec![Box::default()],
            found: Found::default(),
            orders: Orders::default(),
        };
        Self { base, numbers: HashMap::new() }
    }

    /// `false` where it can't be held.
    pub(super) fn push(&mut self, id: i64, texts: [&str; TEXTS], flags: u8) -> bool {
        let Ok(id) = u32::try_from(id) else { return false };
        let row = position(self.base.ids.len());
        let sender = texts[SENDER - NAME];
        for (at, text) in texts.into_iter().enumerate() {
            let is_plain = at == 0;
            let follows = at > SENDER - NAME && text == sender;
            let (local, domain) = match text.rsplit_once('@') {
                _ if follows => ("", SAME),
                Some((local, domain)) if !is_plain => match self.number(domain.as_bytes()) {
                    0 => (text, 0),
                    number => (local, number),
                },
                _ => (text, 0),
            };
            let column = &mut self.base.columns[at];
            if !is_plain {
                column.domains.push(domain);
            }
            if !column.texts.push(local.as_bytes()) {
                return false;
            }
        }
        self.base.ids.push(id);
        self.base.flags.push(flags);
        !row.is_multiple_of(4096) || self.base.size() < MOST_BYTES
    }

    /// 0 where there are too many.
    fn number(&mut self, domain: &[u8]) -> u16 {
        if let Some(number) = self.numbers.get(domain) {
            return *number;
        }
        let Some(number) = u16::try_from(self.base.domains.len()).ok().filter(|number| *number < SAME) else {
            return 0;
        };
        self.base.domains.push(domain.into());
        self.numbers.insert(domain.into(), number);
        number
    }

    pub(super) fn finish(self) -> Base {
        let mut base = self.base;
        base.ids.shrink_to_fit();
        base.flags.shrink_to_fit();
        for column in &mut base.columns {
            column.texts.shrink();
            column.domains.shrink_to_fit();
        }
        base.prepare();
        base
    }
}
