//! Takes out of the browser's program what no page calls: functions that stand in tables of methods, where no linker can tell.
//!
//! Pages are taken over by `hydrate_body`, which hydrates at once: the framework's way to hydrate over time is never gone. Its
//! lists of routes are made for servers alone. What is taken out traps if it is called all the same: the page says then that
//! the program has stopped, and the browser's tests see it.

use std::collections::BTreeMap;
use std::ops::Range;

use wasmparser::{BinaryReader, KnownCustom, Name, Parser, Payload, RelocSectionReader, TypeRef};

use crate::failure::{Doing as _, Failure, Outcome};
use crate::module::{number, put_number, sections};

/// Parts of the names of such functions: the steps of a hydration over time, the lists of routes.
const NEVER_CALLED: [&[&str]; 2] = [&["hydrate_async", "closure"], &["generate_routes"]];
/// A shorter one may be another function too: the compiler makes one of all that are alike.
const LONG: usize = 200;

/// No locals, `unreachable`, `end`. (WebAssembly core specification, sections 5.4.1 and 5.5.13)
const TRAP: [u8; 3] = [0x00, 0x00, 0x0b];
const NOP: u8 = 0x01;
const CODE: u8 = 10;

/// Of a module as it was linked, with its names and relocations. Every function stays where it is and as long as it is, so
/// that the relocations of the others hold.
pub fn snip(wasm: &[u8]) -> Outcome<Vec<u8>> {
    let module = Module::read(wasm)?;
    let doomed: Vec<&Range<usize>> = module
        .bodies
        .iter()
        .enumerate()
        .filter(|(index, body)| body.len() >= LONG && module.is_never_called(*index))
        .map(|(_, body)| body)
        .collect();
    let mut left = Vec::with_capacity(wasm.len());
    left.extend_from_slice(wasm.get(..8).unwrap_or_default());
    let mut relocated = false;
    for section in sections(wasm)? {
        if section.is_custom(wasm, "reloc.CODE") {
            section.write(&mut left, &without_relocations(&wasm[section.content.clone()], module.code_start, &doomed)?);
            relocated = true;
        } else {
            let moved = left.len();
            left.extend_from_slice(&wasm[section.whole.clone()]);
            let inside =
                doomed.iter().filter(|body| section.whole.start <= body.start && body.end <= section.whole.end);
            for body in inside {
                let at = moved + body.start - section.whole.start;
                let body = &mut left[at..at + body.len()];
                body.fill(NOP);
                body[..2].copy_from_slice(&TRAP[..2]);
                if let Some(last) = body.last_mut() {
                    *last = TRAP[2];
                }
            }
        }
    }
    if doomed.is_empty() || !relocated {
        return Err(Failure::new(
            "the linked module has no relocations, or none of what is never called: look at snip.rs",
        ));
    }
    Ok(left)
}

/// Of a module without relocations: what was taken out takes no more room.
pub fn shrink(wasm: &[u8]) -> Outcome<Vec<u8>> {
    let mut left = wasm.get(..8).unwrap_or_default().to_vec();
    for section in sections(wasm)? {
        if section.id == CODE {
            section.write(&mut left, &shorter(&wasm[section.content.clone()])?);
        } else {
            left.extend_from_slice(&wasm[section.whole.clone()]);
        }
    }
    Ok(left)
}

fn shorter(code: &[u8]) -> Outcome<Vec<u8>> {
    let mut reader = BinaryReader::new(code, 0);
    let count = reader.read_var_u32().doing("counting functions")?;
    let mut left = Vec::with_capacity(code.len());
    put_number(&mut left, count as usize);
    for _ in 0..count {
        let length = reader.read_var_u32().doing("reading a function's length")?;
        let body = reader.read_bytes(length as usize).doing("reading a function")?;
        let is_trap = body.len() > TRAP.len()
            && body.starts_with(&TRAP[..2])
            && body[2..body.len() - 1].iter().all(|byte| *byte == NOP);
        let body = if is_trap { &TRAP } else { body };
        put_number(&mut left, body.len());
        left.extend_from_slice(body);
    }
    Ok(left)
}

/// The content of the section of the code's relocations, without those that stand in a function taken out.
fn without_relocations(content: &[u8], code_start: usize, doomed: &[&Range<usize>]) -> Outcome<Vec<u8>> {
    let (name_length, name_start) = number(content, 0)?;
    let entries_start = name_start + name_length;
    let reader =
        RelocSectionReader::new(BinaryReader::new(&content[entries_start..], 0)).doing("reading relocations")?;
    let mut kept = Vec::with_capacity(content.len());
    let mut count = 0;
    let mut entries = reader.entries().into_iter_with_offsets().peekable();
    while let Some(entry) = entries.next() {
        let (start, entry) = entry.doing("reading a relocation")?;
        let end = match entries.peek() {
            Some(Ok((next, _))) => usize::try_from(*next).doing("finding a relocation")?,
            _ => content.len() - entries_start,
        };
        let start = usize::try_from(start).doing("finding a relocation")?;
        let at = code_start + entry.offset as usize;
        // They stand in the order of the code.
        let body = doomed.partition_point(|body| body.end <= at);
        if doomed.get(body).is_none_or(|body| at < body.start) {
            kept.extend_from_slice(&content[entries_start + start..entries_start + end]);
            count += 1;
        }
    }
    let mut left = content[..entries_start].to_vec();
    put_number(&mut left, reader.section_index() as usize);
    put_number(&mut left, count);
    left.extend(kept);
    Ok(left)
}

struct Module<'a> {
    /// The functions that are defined here, in their order.
    bodies: Vec<Range<usize>>,
    /// Their names.
    names: BTreeMap<usize, &'a str>,
    /// What relocations count from.
    code_start: usize,
}

impl<'a> Module<'a> {
    fn read(wasm: &'a [u8]) -> Outcome<Self> {
        let mut imported = 0;
        let mut module = Self { bodies: Vec::new(), names: BTreeMap::new(), code_start: 0 };
        let here = |range: Range<u64>| -> Outcome<Range<usize>> {
            let place = |at: u64| usize::try_from(at).doing("finding a section");
            Ok(place(range.start)?..place(range.end)?)
        };
        for payload in Parser::new(0).parse_all(wasm) {
            match payload.doing("reading the linked module")? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        let import = import.doing("reading an import")?;
                        imported += usize::from(matches!(import.ty, TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionStart { range, .. } => module.code_start = here(range)?.start,
                Payload::CodeSectionEntry(body) => module.bodies.push(here(body.range())?),
                Payload::CustomSection(section) => {
                    let KnownCustom::Name(names) = section.as_known() else { continue };
                    for name in names {
                        let Name::Function(functions) = name.doing("reading the names")? else { continue };
                        for naming in functions {
                            let naming = naming.doing("reading a name")?;
                            if let Some(index) = (naming.index as usize).checked_sub(imported) {
                                module.names.insert(index, naming.name);
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(module)
    }

    fn is_never_called(&self, index: usize) -> bool {
        let is_one = |name: &str| NEVER_CALLED.iter().any(|parts| parts.iter().all(|part| name.contains(part)));
        self.names.get(&index).is_some_and(|name| is_one(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module(bodies: &[&[u8]]) -> Vec<u8> {
        let mut code = Vec::new();
        put_number(&mut code, bodies.len());
        for body in bodies {
            put_number(&mut code, body.len());
            code.extend_from_slice(body);
        }
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        crate::module::Section { id: CODE, whole: 0..0, content: 0..0 }.write(&mut wasm, &code);
        wasm
    }

    #[test]
    fn only_what_was_taken_out_gets_shorter() {
        let kept: &[u8] = &[0x00, 0x01, 0x01, 0x0b];
        let taken: &[u8] = &[0x00, 0x00, 0x01, 0x01, 0x01, 0x0b];
        let trap: &[u8] = &TRAP;
        assert_eq!(shrink(&module(&[kept, taken, trap])).expect("a module"), module(&[kept, trap, trap]));
    }

    #[test]
    fn relocations_of_what_was_taken_out_go_with_it() {
        // Of the third section: four of type 0 (a function's index) at 1, 5, 9 and 12.
        let content = |entries: &[[u8; 3]]| {
            let mut content = b"\x0areloc.CODE\x03".to_vec();
            content.push(u8::try_from(entries.len()).expect("few"));
            content.extend(entries.iter().flatten());
            content
        };
        let all = content(&[[0, 1, 7], [0, 5, 8], [0, 9, 9], [0, 12, 1]]);
        let left = without_relocations(&all, 100, &[&(104..110)]).expect("relocations");
        assert_eq!(left, content(&[[0, 1, 7], [0, 12, 1]]));
    }
}
