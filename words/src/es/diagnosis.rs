//! Spanish: why a test failed, in one sentence.

use domain::diagnosis::Diagnosis;

pub fn diagnosis(diagnosis: &Diagnosis) -> String {
    crate::diagnosis::es::HAPPENED.say(diagnosis)
}
