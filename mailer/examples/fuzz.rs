//! Feeds the reply parser and the masker with what no server should send, for so many minutes. Knows no grammar.
//!
//!   cargo run --release -p postroom-mailer --example fuzz -- [minutes] [seed]
//!
//! Starts from the corpus in `tests/corpus` and changes it; an input that breaks a rule is written there before the run
//! ends, so that the suite replays it from then on.
#![expect(clippy::expect_used, clippy::print_stdout, reason = "a tool of the house")]

extern crate postroom_mailer as mailer;

#[path = "../tests/it/hostile.rs"]
mod hostile;

use std::{
    env, fs,
    panic::catch_unwind,
    path::Path,
    process::exit,
    time::{Duration, Instant},
};

/// xorshift64*: small, and the same everywhere for a seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let wide = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(wide).expect("31 bits") % sides.max(1)
    }

    fn byte(&mut self) -> u8 {
        u8::try_from(self.roll(256)).expect("below 256")
    }
}

/// What replies are made of.
const WORDS: &[&[u8]] = &[
    b"220 ",
    b"250-",
    b"250 ",
    b"334 ",
    b"535 5.7.8 ",
    b"421",
    b"\r\n",
    b"\n",
    b"\r",
    b"\0",
    b"\x1b[31m",
    b"\xff\xfe",
    "\u{202e}".as_bytes(),
    "é".as_bytes(),
    b"AUTH PLAIN LOGIN",
    b"==",
    b"***",
    b"{\"status\":\"400\"}",
    b"SSH-2.0-",
];

fn main() {
    let mut arguments = env::args().skip(1);
    let minutes: u64 = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(10);
    let seed: u64 = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(0x5EED);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let corpus: Vec<Vec<u8>> = fs::read_dir(&folder)
        .expect("the corpus")
        .map(|entry| fs::read(entry.expect("an entry").path()).expect("a file"))
        .collect();
    let mut dice = Dice(seed | 1);
    let (began, mut runs, mut longest) = (Instant::now(), 0_u64, Duration::ZERO);
    let at_first = resident();
    while began.elapsed() < Duration::from_mins(minutes) {
        let mut input = corpus.get(dice.roll(corpus.len())).cloned().unwrap_or_default();
        for _ in 0..=dice.roll(8) {
            change(&mut input, &mut dice);
        }
        let one = Instant::now();
        if catch_unwind(|| hostile::check(&input)).is_err() {
            let file = folder.join(format!("broken-{runs}"));
            fs::write(&file, &input).expect("writes");
            println!("broken by {}", file.display());
            exit(1);
        }
        longest = longest.max(one.elapsed());
        runs += 1;
    }
    println!("{runs} inputs in {minutes} minutes (seed {seed}): no panic, no secret, longest {longest:?}");
    println!("resident: {at_first} kB at first, {} kB at the end", resident());
}

fn change(input: &mut Vec<u8>, dice: &mut Dice) {
    let at = dice.roll(input.len() + 1);
    match dice.roll(6) {
        0 => input.insert(at, dice.byte()),
        1 if at < input.len() => drop(input.remove(at)),
        2 if at < input.len() => input[at] = dice.byte(),
        3 => drop(input.splice(at..at, WORDS[dice.roll(WORDS.len())].iter().copied())),
        4 if at < input.len() => {
            let piece = input[at..(at + dice.roll(64)).min(input.len())].repeat(1 + dice.roll(80));
            input.splice(at..at, piece);
        }
        _ => input.truncate(dice.roll(input.len() + 1).max(4)),
    }
    // Beyond the parser's own limits, and not much more.
    input.truncate(80 * 1024);
}

/// Kilobytes in memory, where the system tells.
fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or_default();
    line.split_ascii_whitespace().nth(1).and_then(|size| size.parse().ok()).unwrap_or(0)
}
