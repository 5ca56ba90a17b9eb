//! English: why a test failed, in one sentence. What happened alone: the browser need not download why and what to do.

use domain::diagnosis::Diagnosis;

pub fn diagnosis(diagnosis: &Diagnosis) -> String {
    crate::diagnosis::en::HAPPENED.say(diagnosis)
}
