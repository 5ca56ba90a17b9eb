//! One question is asked once in a check, however many of its parts need the answer.

use crate::lookup::{Answer, FileTrouble, Lookup, Missing, Mx};
use std::{
    collections::HashMap,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::{Mutex, PoisonError},
};

/// So many different questions, and no more: a record can name as many as it likes.
const MAX_QUESTIONS: usize = 150;

type Kept<T> = Mutex<HashMap<String, Answer<T>>>;

/// Remembers answers for as long as it lives.
#[derive(Debug)]
pub struct Memo<L> {
    inner: L,
    left: Mutex<usize>,
    txt: Kept<String>,
    mx: Kept<Mx>,
    a: Kept<Ipv4Addr>,
    aaaa: Kept<Ipv6Addr>,
    ptr: Kept<String>,
}

impl<L: Lookup> Memo<L> {
    pub fn new(inner: L) -> Self {
        Self {
            inner,
            left: Mutex::new(MAX_QUESTIONS),
            txt: Kept::default(),
            mx: Kept::default(),
            a: Kept::default(),
            aaaa: Kept::default(),
            ptr: Kept::default(),
        }
    }

    async fn once<T: Clone + Send>(
        &self,
        kept: &Kept<T>,
        name: &str,
        ask: impl Future<Output = Answer<T>> + Send,
    ) -> Answer<T> {
        let key = name.to_ascii_lowercase();
        let known = kept.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(known) = known {
            return known;
        }
        if !self.may_ask() {
            return Err(Missing::Failed);
        }
        let answer = ask.await;
        kept.lock().unwrap_or_else(PoisonError::into_inner).insert(key, answer.clone());
        answer
    }

    fn may_ask(&self) -> bool {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        let may = *left > 0;
        *left = left.saturating_sub(1);
        may
    }
}

impl<L: Lookup + Send> Lookup for Memo<L> {
    async fn txt(&self, name: &str) -> Answer<String> {
        self.once(&self.txt, name, self.inner.txt(name)).await
    }

    async fn mx(&self, name: &str) -> Answer<Mx> {
        self.once(&self.mx, name, self.inner.mx(name)).await
    }

    async fn a(&self, name: &str) -> Answer<Ipv4Addr> {
        self.once(&self.a, name, self.inner.a(name)).await
    }

    async fn aaaa(&self, name: &str) -> Answer<Ipv6Addr> {
        self.once(&self.aaaa, name, self.inner.aaaa(name)).await
    }

    async fn ptr(&self, ip: IpAddr) -> Answer<String> {
        self.once(&self.ptr, &ip.to_string(), self.inner.ptr(ip)).await
    }

    async fn file(&self, host: &str, path: &str) -> Result<String, FileTrouble> {
        self.inner.file(host, path).await
    }
}
