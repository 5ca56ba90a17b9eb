//! Answers as a table: what each name has, which names nobody answers for, and what was asked.

use arrival::{Answer, FileTrouble, Lookup, Missing, Mx};
use std::{
    collections::BTreeMap,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::Mutex,
};

/// Lines of `name TYPE value`; a type `FAIL` or `SLOW` stands for no answer at all.
#[derive(Debug, Default)]
pub struct Answers {
    lines: BTreeMap<(String, String), Vec<String>>,
    asked: Mutex<Vec<String>>,
}

impl Answers {
    pub fn of(text: &str) -> Self {
        let mut answers = Self::default();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let mut parts = line.splitn(3, ' ');
            let mut next = || parts.next().unwrap_or_default().to_owned();
            let (name, kind, value) = (next(), next(), next());
            answers.lines.entry((name, kind)).or_default().push(value);
        }
        answers
    }

    pub fn asked(&self) -> usize {
        self.asked.lock().expect("unbroken").len()
    }

    fn ask(&self, name: &str, kind: &str) -> Answer<String> {
        let name = name.to_ascii_lowercase();
        self.asked.lock().expect("unbroken").push(format!("{kind} {name}"));
        let has = |kind: &str| self.lines.get(&(name.clone(), kind.to_owned()));
        if has("FAIL").is_some() {
            return Err(Missing::Failed);
        }
        if has("SLOW").is_some() {
            return Err(Missing::Timeout);
        }
        let below = format!(".{name}");
        let exists = self.lines.keys().any(|(known, _)| *known == name || known.ends_with(&below));
        has(kind).cloned().ok_or(if exists { Missing::NoData } else { Missing::NoSuchName })
    }

    fn read<T>(&self, name: &str, kind: &str, read: impl Fn(&str) -> T) -> Answer<T> {
        Ok(self.ask(name, kind)?.iter().map(|value| read(value)).collect())
    }
}

impl Lookup for &Answers {
    async fn txt(&self, name: &str) -> Answer<String> {
        self.ask(name, "TXT")
    }

    async fn mx(&self, name: &str) -> Answer<Mx> {
        self.read(name, "MX", |value| {
            let (preference, host) = value.split_once(' ').expect("two parts");
            Mx { preference: preference.parse().expect("a number"), host: host.trim_end_matches('.').to_owned() }
        })
    }

    async fn a(&self, name: &str) -> Answer<Ipv4Addr> {
        self.read(name, "A", |value| value.parse().expect("an address"))
    }

    async fn aaaa(&self, name: &str) -> Answer<Ipv6Addr> {
        self.read(name, "AAAA", |value| value.parse().expect("an address"))
    }

    async fn ptr(&self, ip: IpAddr) -> Answer<String> {
        self.ask(&ip.to_string(), "PTR")
    }

    async fn file(&self, host: &str, path: &str) -> Result<String, FileTrouble> {
        let lines = self.ask(&format!("{host}{path}"), "FILE");
        let trouble = |_| FileTrouble { code: "connection_refused".to_owned(), params: vec![] };
        lines.map(|lines| lines.join("\n")).map_err(trouble)
    }
}
