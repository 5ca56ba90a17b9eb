//! How long to wait after a failure: longer each time, and never for all alike. Pure: the dice are an argument.

use domain::UnixMillis;

const MINUTE: i64 = 60_000;
/// After each try of a message.
const OF_MESSAGE: [i64; 5] = [MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE, 240 * MINUTE];
/// After so many connections that failed one after another, an account is tried with one message at a time.
pub(super) const FAILURES: u32 = 5;
const OF_ACCOUNT: [i64; 4] = [MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE];

/// When a message that has failed so many times before is tried again. `dice` is any number.
pub(super) fn of_message(now: UnixMillis, tries: u32, dice: u32) -> UnixMillis {
    now.plus_ms(jittered(step(&OF_MESSAGE, tries), dice))
}

/// The same where the server asked for patience with one recipient (greylisting): at least five minutes.
pub(super) fn of_recipient(now: UnixMillis, tries: u32, dice: u32) -> UnixMillis {
    now.plus_ms(jittered(step(&OF_MESSAGE, tries.max(1)), dice).max(5 * MINUTE))
}

/// When an account is tried again; `None` while it may go on.
pub(super) fn of_account(now: UnixMillis, failures: u32, dice: u32) -> Option<UnixMillis> {
    let beyond = failures.checked_sub(FAILURES)?;
    Some(now.plus_ms(jittered(step(&OF_ACCOUNT, beyond), dice)))
}

fn step(steps: &[i64], index: u32) -> i64 {
    let last = steps.len() - 1;
    steps[usize::try_from(index).unwrap_or(last).min(last)]
}

/// Up to a fifth less or more.
fn jittered(ms: i64, dice: u32) -> i64 {
    let fifth = ms / 5;
    ms - fifth + i64::from(dice) % (2 * fifth + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_with_a_fifth_of_play() {
        let now = UnixMillis(1_000_000);
        for (tries, minutes) in [(0, 1), (1, 5), (2, 15), (3, 60), (4, 240), (5, 240), (u32::MAX, 240)] {
            let waits: Vec<i64> =
                (0..5000_u32).map(|dice| of_message(now, tries, 7_919_777_u32.wrapping_mul(dice)).0 - now.0).collect();
            let exact = minutes * MINUTE;
            assert!(waits.iter().all(|ms| (exact * 4 / 5..=exact * 6 / 5).contains(ms)), "{tries}");
            assert!(waits.iter().max() > waits.iter().min());
        }
        assert!((0..100).all(|dice| of_recipient(now, 0, dice).0 - now.0 >= 5 * MINUTE));
    }

    #[test]
    fn an_account_goes_on_until_the_fifth_failure() {
        let now = UnixMillis(0);
        assert_eq!(of_account(now, FAILURES - 1, 0), None);
        let wait = of_account(now, FAILURES + 40, 0).expect("waits");
        assert!(wait.0 <= 12 * MINUTE);
    }
}
