//! `check_host()` (RFC 7208 section 4): evaluates a domain's record for an address, and counts what it costs.

use super::{
    macros::{MacroString, Values},
    record::{Directive, Mechanism, Prefixes, Qualifier, SpfRecord, is_spf, parse},
};
use crate::lookup::{Lookup, Missing, addresses_like};
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    pin::Pin,
};

/// Section 4.6.4.
pub(super) const MAX_LOOKUPS: u32 = 10;
pub(super) const MAX_VOID: u32 = 2;
const MAX_NAMES: usize = 10;
/// Counting all that a record needs ends here.
const MAX_COUNTED: u32 = 40;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SpfResult {
    None,
    Neutral,
    Pass,
    Fail,
    SoftFail,
    TempError,
    PermError,
}

/// Who sends, and from where.
#[derive(Debug, Clone, Copy)]
pub struct Sender<'a> {
    pub ip: IpAddr,
    pub helo: &'a str,
    pub local: &'a str,
    pub domain: &'a str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// As a receiver does: up to the first match, and no further than the limits.
    Receiver,
    /// As if nothing matched: what the record needs at most.
    Whole,
}

/// How the evaluation ended, and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub result: SpfResult,
    /// Terms that ask the DNS, and answers with nothing in them.
    pub lookups: u32,
    pub void: u32,
    /// The term that decided, and the domain whose record it stands in.
    pub decided_by: Option<(String, String)>,
    /// Why it is an error (`syntax`, `many_records`, `too_many_lookups`).
    pub why: Option<(&'static str, String)>,
    /// The records read, by domain, in the order of reading.
    pub records: Vec<(String, String)>,
    /// Terms that should not be there any more.
    pub has_ptr: bool,
    /// The first record ends without `all` and without `redirect`.
    pub open_ended: bool,
}

/// Evaluates the record of the sender's domain.
pub async fn evaluate(lookup: &impl Lookup, sender: Sender<'_>, mode: Mode) -> Outcome {
    let outcome = Outcome {
        result: SpfResult::None,
        lookups: 0,
        void: 0,
        decided_by: None,
        why: None,
        records: Vec::new(),
        has_ptr: false,
        open_ended: false,
    };
    let sender = Sender { ip: sender.ip.to_canonical(), ..sender };
    let mut run = Run { lookup, sender, mode, outcome, validated: None };
    run.outcome.result = run.check_host(sender.domain.to_owned(), 0).await.unwrap_or_else(|stop| stop);
    run.outcome
}

struct Run<'a, L> {
    lookup: &'a L,
    sender: Sender<'a>,
    mode: Mode,
    outcome: Outcome,
    validated: Option<Vec<String>>,
}

/// `Err` ends the whole evaluation: with an error, whoever included whom.
type Step<T> = Result<T, SpfResult>;

impl<L: Lookup> Run<'_, L> {
    fn check_host(&mut self, domain: String, depth: u32) -> Pin<Box<dyn Future<Output = Step<SpfResult>> + Send + '_>> {
        Box::pin(async move {
            if !is_name(&domain) {
                return Ok(SpfResult::None);
            }
            let Some(record) = self.read(&domain).await? else { return Ok(SpfResult::None) };
            let has_all = record.directives.iter().any(|directive| directive.mechanism == Mechanism::All);
            if depth == 0 {
                self.outcome.open_ended = !has_all && record.redirect.is_none();
            }
            for directive in &record.directives {
                let matches = self.matches(&domain, directive, depth).await?;
                let counts = self.mode == Mode::Receiver || directive.mechanism == Mechanism::All;
                if matches && counts {
                    if self.outcome.decided_by.is_none() {
                        self.outcome.decided_by = Some((directive.text.clone(), domain));
                    }
                    return Ok(directive.qualifier.result());
                }
            }
            match &record.redirect {
                Some(target) if !has_all => {
                    self.count()?;
                    let target = self.name(target, &domain).await?;
                    match self.check_host(target.clone(), depth + 1).await? {
                        SpfResult::None => Err(self.wrong("redirect_to_nothing", &target)),
                        result => Ok(result),
                    }
                }
                _ => Ok(SpfResult::Neutral),
            }
        })
    }

    /// The one record of a domain.
    async fn read(&mut self, domain: &str) -> Step<Option<SpfRecord>> {
        let texts = match self.lookup.txt(domain).await {
            Ok(texts) => texts,
            Err(missing) if missing.is_nothing() => return Ok(None),
            Err(_) => return Err(self.unanswered(domain)),
        };
        let mut found = texts.iter().filter(|text| is_spf(text));
        let Some(text) = found.next() else { return Ok(None) };
        self.outcome.records.push((domain.to_owned(), text.clone()));
        if let Some(second) = found.next() {
            self.outcome.records.push((domain.to_owned(), second.clone()));
            return Err(self.wrong("many_records", domain));
        }
        parse(text).map(Some).map_err(|term| self.wrong("syntax", &term))
    }

    async fn matches(&mut self, domain: &str, directive: &Directive, depth: u32) -> Step<bool> {
        let ip = self.sender.ip;
        match &directive.mechanism {
            Mechanism::All => Ok(true),
            Mechanism::Ip4(network, prefix) => Ok(match ip {
                IpAddr::V4(ip) => same_v4(*network, ip, *prefix),
                IpAddr::V6(_) => false,
            }),
            Mechanism::Ip6(network, prefix) => Ok(match ip {
                IpAddr::V6(ip) => same_v6(*network, ip, *prefix),
                IpAddr::V4(_) => false,
            }),
            Mechanism::Include(target) => {
                self.count()?;
                let target = self.name(target, domain).await?;
                match self.check_host(target.clone(), depth + 1).await? {
                    SpfResult::Pass => Ok(true),
                    SpfResult::None => Err(self.wrong("include_of_nothing", &target)),
                    _ => {
                        self.outcome.decided_by = None;
                        Ok(false)
                    }
                }
            }
            Mechanism::A(target, prefixes) => {
                self.count()?;
                let name = self.target(target.as_ref(), domain).await?;
                self.has_address(&name, *prefixes).await
            }
            Mechanism::Mx(target, prefixes) => {
                self.count()?;
                let name = self.target(target.as_ref(), domain).await?;
                let answer = self.lookup.mx(&name).await;
                let hosts = self.answered(answer, &name)?;
                if hosts.len() > MAX_NAMES {
                    return Err(self.wrong("too_many_mx", &name));
                }
                for host in hosts.iter().filter(|mx| !mx.host.is_empty()) {
                    if self.has_address(&host.host, *prefixes).await? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Mechanism::Ptr(target) => {
                self.outcome.has_ptr = true;
                self.count()?;
                let name = self.target(target.as_ref(), domain).await?.to_ascii_lowercase();
                let below = format!(".{name}");
                let validated = self.validated_names().await;
                Ok(validated.iter().any(|validated| *validated == name || validated.ends_with(&below)))
            }
            Mechanism::Exists(target) => {
                self.count()?;
                let name = self.name(target, domain).await?;
                let answer = self.lookup.a(&name).await;
                Ok(!self.answered(answer, &name)?.is_empty())
            }
        }
    }

    async fn has_address(&mut self, name: &str, prefixes: Prefixes) -> Step<bool> {
        let ip = self.sender.ip;
        let answer = addresses_like(self.lookup, name, ip).await;
        Ok(self.answered(answer, name)?.into_iter().any(|found| match (found, ip) {
            (IpAddr::V4(found), IpAddr::V4(ip)) => same_v4(found, ip, prefixes.v4),
            (IpAddr::V6(found), IpAddr::V6(ip)) => same_v6(found, ip, prefixes.v6),
            _ => false,
        }))
    }

    /// The names of the address that lead back to it (section 5.5); an error is no name.
    async fn validated_names(&mut self) -> Vec<String> {
        if let Some(known) = &self.validated {
            return known.clone();
        }
        let ip = self.sender.ip;
        let mut validated = Vec::new();
        for name in self.lookup.ptr(ip).await.unwrap_or_default().into_iter().take(MAX_NAMES) {
            if addresses_like(self.lookup, &name, ip).await.is_ok_and(|found| found.contains(&ip)) {
                validated.push(name.to_ascii_lowercase());
            }
        }
        self.validated = Some(validated.clone());
        validated
    }

    async fn target(&mut self, target: Option<&MacroString>, domain: &str) -> Step<String> {
        match target {
            Some(target) => self.name(target, domain).await,
            None => Ok(domain.to_owned()),
        }
    }

    async fn name(&mut self, text: &MacroString, domain: &str) -> Step<String> {
        let validated = if text.needs_validated_name() {
            let names = self.validated_names().await;
            let below = format!(".{domain}");
            let best = names.iter().find(|name| *name == domain).or_else(|| names.iter().find(|n| n.ends_with(&below)));
            best.or(names.first()).cloned()
        } else {
            None
        };
        Ok(text.expand_name(&Values {
            local: self.sender.local,
            sender_domain: self.sender.domain,
            domain,
            helo: self.sender.helo,
            ip: self.sender.ip,
            validated: validated.as_deref().unwrap_or("unknown"),
        }))
    }

    /// One more term that asks.
    fn count(&mut self) -> Step<()> {
        self.outcome.lookups += 1;
        let most = if self.mode == Mode::Whole { MAX_COUNTED } else { MAX_LOOKUPS };
        if self.outcome.lookups > most { Err(self.wrong("too_many_lookups", "")) } else { Ok(()) }
    }

    /// What an answer holds; nothing counts as void, and no answer ends all.
    fn answered<T>(&mut self, answer: Result<Vec<T>, Missing>, name: &str) -> Step<Vec<T>> {
        match answer {
            Ok(found) => Ok(found),
            Err(missing) if missing.is_nothing() => {
                self.outcome.void += 1;
                if self.outcome.void > MAX_VOID && self.mode == Mode::Receiver {
                    return Err(self.wrong("too_many_void", name));
                }
                Ok(Vec::new())
            }
            Err(_) => Err(self.unanswered(name)),
        }
    }

    fn wrong(&mut self, why: &'static str, what: &str) -> SpfResult {
        self.outcome.why = Some((why, what.to_owned()));
        SpfResult::PermError
    }

    fn unanswered(&mut self, name: &str) -> SpfResult {
        self.outcome.why = Some(("no_answer", name.to_owned()));
        SpfResult::TempError
    }
}

impl Qualifier {
    const fn result(self) -> SpfResult {
        match self {
            Self::Pass => SpfResult::Pass,
            Self::Fail => SpfResult::Fail,
            Self::SoftFail => SpfResult::SoftFail,
            Self::Neutral => SpfResult::Neutral,
        }
    }
}

/// More than one label, none of them empty or too long (section 4.3).
fn is_name(domain: &str) -> bool {
    let domain = domain.strip_suffix('.').unwrap_or(domain);
    domain.len() <= 253 && domain.contains('.') && domain.split('.').all(|label| (1..=63).contains(&label.len()))
}

fn same_v4(a: Ipv4Addr, b: Ipv4Addr, prefix: u32) -> bool {
    let shift = 32 - prefix;
    a.to_bits().checked_shr(shift) == b.to_bits().checked_shr(shift)
}

fn same_v6(a: Ipv6Addr, b: Ipv6Addr, prefix: u32) -> bool {
    let shift = 128 - prefix;
    a.to_bits().checked_shr(shift) == b.to_bits().checked_shr(shift)
}
