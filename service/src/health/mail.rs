//! The health check's report: what has changed, in words, as one message.

use domain::{
    EmailAddress, UnixMillis,
    diagnosis::Diagnosis,
    history::LastCertificate,
    notification::{AccountRef, NewNotification, Priority},
};
use paper::Language;
use std::fmt::Write as _;

/// More of either are counted: a mail that no server takes helps nobody.
const MOST: usize = 100;

/// What became of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    Failing,
    Differently,
    Recovered { since: UnixMillis },
}

/// A certificate that ends soon, or has.
pub(super) struct Ending {
    pub account: String,
    pub certificate: LastCertificate,
    pub days: i64,
}

#[derive(Default)]
pub(super) struct Changes {
    /// Account, what became of it and why.
    pub turns: Vec<(String, Turn, Option<Diagnosis>)>,
    pub endings: Vec<Ending>,
}

impl Changes {
    pub(super) const fn is_empty(&self) -> bool {
        self.turns.is_empty() && self.endings.is_empty()
    }

    pub(super) fn message(
        &self,
        to: Vec<EmailAddress>,
        account: Option<AccountRef>,
        hours: u32,
        language: words::Language,
    ) -> NewNotification {
        let written = Language::of(language);
        let words = &written.paper.health;
        let recovered = self.turns.iter().filter(|(_, turn, _)| matches!(turn, Turn::Recovered { .. })).count();
        let mut text = format!("{}\n", words.intro);
        for (account, turn, diagnosis) in self.turns.iter().take(MOST) {
            text.push('\n');
            // Writing to a String does not fail.
            let _ = match turn {
                Turn::Failing => writeln!(text, "* {}", (words.failing)(account)),
                Turn::Differently => writeln!(text, "* {}", (words.differently)(account)),
                Turn::Recovered { since } => {
                    writeln!(text, "* {}\n  {}", (words.recovered)(account), (words.since)(&written.moment(*since)))
                }
            };
            if let Some(diagnosis) = diagnosis {
                explain(&mut text, diagnosis, language);
            }
        }
        let left_out = self.turns.len().saturating_sub(MOST) + self.endings.len().saturating_sub(MOST);
        for Ending { account, certificate, days } in self.endings.iter().take(MOST) {
            let until = (words.certificate)(&certificate.subject, &written.moment(certificate.not_after));
            let _ = writeln!(text, "\n* {}\n  {until}\n  {}", (words.ends)(account, *days), words.renew);
        }
        if left_out > 0 {
            let _ = writeln!(text, "\n* {}", (words.more)(left_out));
        }
        let _ = writeln!(text, "\n{}", (words.foot)(hours));
        NewNotification {
            to,
            subject: (words.subject)(self.turns.len() - recovered, recovered, self.endings.len()),
            text,
            html: String::new(),
            account,
            reply_to: None,
            return_path: None,
            confirmation: None,
            priority: Priority::High,
            attachments: Vec::new(),
            expires_in: None,
        }
    }
}

/// What happened, why and what to do, as the test window says it.
fn explain(text: &mut String, diagnosis: &Diagnosis, language: words::Language) {
    let explanation = words::diagnosis::explain(language, diagnosis);
    let _ = writeln!(text, "  {}", explanation.happened);
    if !diagnosis.reply.is_empty() {
        let _ = writeln!(text, "  {} {}", Language::of(language).paper.health.server_said, diagnosis.reply);
    }
    for line in explanation.why.iter().chain(&explanation.advice) {
        let _ = writeln!(text, "  - {line}");
    }
}
