//! Portuguese of Brazil: why a test failed, in one sentence.

use domain::diagnosis::Diagnosis;

pub fn diagnosis(diagnosis: &Diagnosis) -> String {
    crate::diagnosis::pt::HAPPENED.say(diagnosis)
}
