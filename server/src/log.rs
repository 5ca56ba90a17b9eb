//! The log's way out: an event is one line, whatever it quotes.

use std::io::{self, Write};
use tracing_subscriber::fmt::MakeWriter;

/// Writes each event as one line: what would end it early, or steer a terminal, is written as an escape.
#[derive(Debug, Clone, Copy)]
pub struct OneLine<M>(M);

impl<W: Write, M: Fn() -> W> OneLine<M> {
    pub const fn of(make: M) -> Self {
        Self(make)
    }
}

impl<'a, W: Write, M: Fn() -> W + 'a> MakeWriter<'a> for OneLine<M> {
    type Writer = Line<W>;

    fn make_writer(&'a self) -> Line<W> {
        Line(self.0())
    }
}

/// Takes an event whole, as the subscriber hands it over.
#[derive(Debug)]
pub struct Line<W>(W);

impl<W: Write> Write for Line<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(bytes);
        let (event, end) = text.strip_suffix('\n').map_or((&*text, ""), |event| (event, "\n"));
        let mut line = String::with_capacity(bytes.len());
        for c in event.chars() {
            if is_steering(c) { line.extend(c.escape_default()) } else { line.push(c) }
        }
        self.0.write_all((line + end).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Controls, separators of lines and what turns the direction of writing around.
fn is_steering(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("whole").write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn w53_an_event_is_one_line_whatever_it_quotes() {
        let kept = Kept::default();
        let writer = kept.clone();
        let subscriber =
            tracing_subscriber::fmt().with_writer(OneLine::of(move || writer.clone())).with_ansi(false).finish();
        tracing::subscriber::with_default(subscriber, || {
            for said in [
                "550 no\r\n2026-11-22T00:00:00Z ERROR forged",
                "\u{1b}[2J\u{1b}]0;x\u{7}",
                "a\u{2028}b\u{202e}c",
                "Ünï",
            ] {
                tracing::warn!(error = %said, "what a server said: {said}");
            }
        });
        let text = String::from_utf8(kept.0.lock().expect("whole").clone()).expect("text");
        assert_eq!(text.lines().count(), 4, "{text}");
        assert!(text.lines().all(|line| line.contains("WARN")), "{text}");
        assert!(!text.replace('\n', "").chars().any(is_steering), "{text:?}");
        assert!(text.contains(r"550 no\r\n2026") && text.contains("Ünï"), "{text}");
    }
}
