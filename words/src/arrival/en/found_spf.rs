//! English: what was found about SPF.

use crate::arrival::param;
use domain::arrival::Finding;

pub(super) fn spf(finding: &Finding) -> Option<String> {
    let (domain, first, second) = (&finding.subject, param(finding, 0), param(finding, 1));
    Some(match finding.code.as_str() {
        "spf_pass" => {
            let place = param(finding, 2);
            let place = if place == domain { String::new() } else { format!(" in the record of {place}") };
            let cost = format!("{} of {} lookups up to there", param(finding, 3), param(finding, 4));
            format!("{first} may send for {domain}: {second}{place} allows it ({cost}).")
        }
        "spf_fail" => {
            format!("{first} may not send for {domain}: the record refuses it ({second}). Receivers reject such mail.")
        }
        "spf_softfail" => {
            format!("{first} is not among the senders of {domain} ({second}). Receivers take such mail for spam.")
        }
        "spf_neutral" => format!("The record of {domain} says nothing about {first}: it helps no mail to arrive."),
        "spf_missing" => {
            format!(
                "{domain} has no SPF record: it does not say who may send in its name. Large receivers refuse such mail."
            )
        }
        "spf_syntax" => format!("The record can't be read, and so counts for nothing: {first} is not a term of SPF."),
        "spf_many_records" => format!("{first} has more than one SPF record, and so none counts."),
        "spf_include_of_nothing" => {
            format!("The record includes {first}, which has no SPF record. Receivers end there with an error.")
        }
        "spf_redirect_to_nothing" => {
            format!("The record hands over to {first}, which has no SPF record. Receivers end there with an error.")
        }
        "spf_too_many_lookups" => {
            format!(
                "The record asks for more than {first} lookups before it gets to an answer. Receivers stop with an error."
            )
        }
        "spf_too_many_void" => {
            format!(
                "More than two of the record's lookups find nothing ({first} is one too many). Receivers stop with an error."
            )
        }
        "spf_too_many_mx" => {
            format!("{first} has more than ten mail hosts, more than mx may look at. Receivers stop with an error.")
        }
        "spf_lookups" => format!("The whole record takes {first} of the {second} lookups that receivers allow."),
        "spf_lookups_near" => {
            format!(
                "The whole record takes {first} of the {second} lookups that receivers allow. Any include that grows breaks it."
            )
        }
        "spf_lookups_over" => {
            format!(
                "The whole record takes {first} lookups, and receivers allow {second}. What stands behind is never read: senders that are named there fail."
            )
        }
        "spf_void_over" => {
            format!(
                "{first} of the record's lookups find nothing, and receivers allow {second}. Senders that are named behind fail."
            )
        }
        "spf_everybody" => {
            "The record ends in +all: everybody may send in this domain's name. Receivers give it no credit.".to_owned()
        }
        "spf_open_ended" => "The record has no end (no all): it says nothing about everybody else.".to_owned(),
        "spf_neutral_end" => "The record ends in ?all: it says nothing about everybody else.".to_owned(),
        "spf_ptr" => {
            "The record has the term ptr, which is slow and should not be used any more. Some receivers pass over it."
                .to_owned()
        }
        "spf_no_address" => {
            "No address is known that mail leaves from, so nobody can say whether the record allows it.".to_owned()
        }
        _ => return None,
    })
}
