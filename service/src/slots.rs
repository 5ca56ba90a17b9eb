//! How much may run at once of what takes long: so many for each user or token, so many in all.

use crate::Actor;
use domain::Failure;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

const RETRY_AFTER_S: u64 = 5;

/// By [`Actor::key`].
type Running = Arc<Mutex<HashMap<String, usize>>>;

#[derive(Debug)]
pub(crate) struct Slots {
    running: Running,
    per_user: usize,
    in_all: usize,
}

/// Given back when dropped.
#[derive(Debug)]
pub(crate) struct Slot {
    running: Running,
    key: String,
}

impl Slots {
    pub(crate) fn new(per_user: usize, in_all: usize) -> Self {
        Self { running: Running::default(), per_user, in_all }
    }

    pub(crate) fn take(&self, actor: &Actor) -> Result<Slot, Failure> {
        let key = actor.key();
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        let mine = running.get(&key).copied().unwrap_or_default();
        if mine >= self.per_user || running.values().sum::<usize>() >= self.in_all {
            return Err(Failure::TooMany { retry_after_s: RETRY_AFTER_S });
        }
        running.insert(key.clone(), mine + 1);
        Ok(Slot { running: Arc::clone(&self.running), key })
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(mine) = running.get_mut(&self.key) {
            *mine -= 1;
            if *mine == 0 {
                running.remove(&self.key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Role;

    #[test]
    fn w48_two_for_each_and_eight_in_all() {
        let slots = Slots::new(2, 8);
        let user = |id: i32| Actor::new(None, &format!("user {id}"), Role::Operator, "");
        let mut held = Vec::new();
        for id in 1..=4 {
            held.push(slots.take(&user(id)).expect("first"));
            held.push(slots.take(&user(id)).expect("second"));
            assert!(slots.take(&user(id)).is_err(), "third of {id}");
        }
        assert!(slots.take(&user(5)).is_err(), "the ninth");
        held.pop();
        assert!(slots.take(&user(5)).is_ok());
    }
}
