//! English: what to do about a finding. Where the record to publish is known, it is shown below these words.

use crate::arrival::param;
use domain::arrival::Finding;

/// `assumed`: nobody has said where mail leaves from.
pub(in crate::arrival) fn advice(finding: &Finding, assumed: bool) -> String {
    let shown = !finding.publish.is_empty();
    let (domain, first) = (&finding.subject, param(finding, 0));
    match finding.fix.as_str() {
        "" => String::new(),
        "ask_again" => {
            "Check again. If it stays so, this server's name server is at fault (--resolver, or /etc/resolv.conf), or those of the domain do not answer.".to_owned()
        }
        "name_sending_address" => {
            "Enter the address that receivers see, above: it stands in the Received lines of a message that arrived.".to_owned()
        }
        "one_record" => format!("Keep one record at {} and delete the others.", name_of(finding)),
        "mx_publish" if shown => "Publish an MX record that names the host which takes the domain's mail.".to_owned(),
        "mx_publish" => {
            format!("Publish an MX record for {domain} that names the host which takes its mail: 10 and the host's name. Or send from a domain that has one.")
        }
        "mx_host" => format!("Publish an A or AAAA record for {first}, or take this host off the MX records."),
        "mx_name" => {
            format!("Give {first} a name (an A or AAAA record), and put that name into the MX record.")
        }
        "mx_register" => "Correct the address in the account's settings, or register the domain.".to_owned(),
        "tls_rpt_publish" => {
            "If you want to be told, publish this record, with a mailbox that somebody reads.".to_owned()
        }
        code => {
            let known = spf(code, finding, assumed, shown)
                .or_else(|| dkim(code, finding))
                .or_else(|| dmarc(code, finding))
                .or_else(|| ptr_and_mta_sts(code, finding, shown));
            known.unwrap_or_else(|| "The document docs/arrival.md says more.".to_owned())
        }
    }
}

/// The name that the records stand under.
fn name_of(finding: &Finding) -> &str {
    finding.records.last().map_or(finding.subject.as_str(), |record| &record.name)
}

fn spf(code: &str, finding: &Finding, assumed: bool, shown: bool) -> Option<String> {
    let (domain, first) = (&finding.subject, param(finding, 0));
    let if_so = if assumed {
        "This address is the account's host, which is an assumption: enter the real one above if mail leaves from elsewhere. "
    } else {
        ""
    };
    Some(match code {
        "spf_publish" if shown => {
            format!("{if_so}Publish this record. Does a provider send for you, publish the include that it names instead.")
        }
        "spf_publish" => {
            format!("Publish a TXT record for {domain}: v=spf1, a term for each place that mail leaves from (ip4:ADDRESS, or the include that the provider names), and -all.")
        }
        "spf_add_address" if shown => {
            format!("{if_so}Add the address to the record. Does a provider send for you, add the include that it names instead.")
        }
        "spf_add_address" => {
            format!("Add the public address that {first} is seen as, or the include that the provider names.")
        }
        "spf_end" if shown => "End the record in ~all; in -all once you are sure that everybody is named.".to_owned(),
        "spf_end" => "Have the last record end in ~all; in -all once you are sure that everybody is named.".to_owned(),
        "spf_correct" => {
            format!("Correct the term {first}: a, mx, ip4:ADDRESS, ip6:ADDRESS, include:DOMAIN, exists:DOMAIN and all are what there is.")
        }
        "spf_one_record" if shown => "Make one of them. This has the terms of all.".to_owned(),
        "spf_one_record" => "Make one record of them, with the terms of all and one all at its end.".to_owned(),
        "spf_fewer_lookups" => {
            "Take out what is not used any more, and put the addresses themselves (ip4:, ip6:) in place of a, mx and includes of your own.".to_owned()
        }
        "spf_remove_void" => "Take out the terms whose names do not exist any more.".to_owned(),
        "spf_remove_include" => format!("If {first} is not used any more, take it out; else correct the name."),
        "spf_remove_ptr" => "Take ptr out, and name the addresses that it stood for (ip4:, ip6:).".to_owned(),
        "spf_name_addresses" => format!("Put the addresses of the hosts of {first} (ip4:, ip6:) in place of mx."),
        _ => return None,
    })
}

fn dkim(code: &str, finding: &Finding) -> Option<String> {
    let name = param(finding, 0);
    Some(match code {
        "dkim_name_selector" => {
            "Enter the selector above. It is the s= in the DKIM-Signature line of a message that arrived; or paste such a message below the fields.".to_owned()
        }
        "dkim_publish" => {
            format!("Publish as TXT record at {name} what the signing server or the provider shows for this selector: it begins with v=DKIM1 and has the public key in p=. Or correct the selector.")
        }
        "dkim_longer_key" => {
            "Have the signing server make an RSA key of 2048 bits under a new selector, publish it, and only then sign with it.".to_owned()
        }
        "dkim_rsa_too" => "Sign with an RSA key of 2048 bits as well, under a selector of its own.".to_owned(),
        "dkim_sha256" if finding.publish.is_empty() => "Have the signing server sign with rsa-sha256.".to_owned(),
        "dkim_sha256" => "Take h= out, and have the signing server sign with rsa-sha256.".to_owned(),
        "dkim_service" => "Take s= out, or have e-mail in it.".to_owned(),
        "dkim_stop_testing" => "When the test is over, take t=y out.".to_owned(),
        "dkim_sign" => "Turn DKIM signing on at the server or the provider, and publish the key that it shows.".to_owned(),
        _ => return None,
    })
}

fn dmarc(code: &str, finding: &Finding) -> Option<String> {
    let domain = &finding.subject;
    Some(match code {
        "dmarc_publish" => {
            "Publish this record, with a mailbox that somebody reads. When the reports show no mail of yours that fails, go on to p=quarantine.".to_owned()
        }
        "dmarc_correct" => {
            format!("Correct the record at {}: v=DMARC1; p=none, quarantine or reject; rua=mailto: and a mailbox.", name_of(finding))
        }
        "dmarc_tighten" => {
            "When the reports show no mail of yours that fails, ask for more.".to_owned()
        }
        "dmarc_align" => {
            format!("Have mail signed with DKIM for {domain} (d={domain}), or use a Return-Path whose domain is {domain} or belongs to it.")
        }
        "dmarc_make_pass" => {
            format!("Mend SPF or DKIM as said above: one of them passing for {domain} is enough.")
        }
        _ => return None,
    })
}

fn ptr_and_mta_sts(code: &str, finding: &Finding, shown: bool) -> Option<String> {
    let (subject, first) = (&finding.subject, param(finding, 0));
    Some(match code {
        "ptr_publish" => {
            format!("Ask whoever {subject} belongs to (the hosting or Internet provider) for a PTR record: the server's own name, whose A or AAAA record leads back to {subject}.")
        }
        "ptr_confirm" if shown => {
            "Publish this record; or have the address's owner change the PTR record to a name that leads back.".to_owned()
        }
        "ptr_confirm" => {
            format!("Have the address's owner change the PTR record to a name whose A or AAAA record is {subject}.")
        }
        "mta_sts_publish" if shown => {
            "If you want one, publish this record, and this file over HTTPS with a certificate that counts.".to_owned()
        }
        "mta_sts_publish" => {
            format!("If you want one, publish a TXT record at _mta-sts.{subject} and a policy at https://mta-sts.{subject}/.well-known/mta-sts.txt.")
        }
        "mta_sts_id" => "Publish an id of letters and digits, another one each time the policy changes.".to_owned(),
        "mta_sts_serve" => {
            "Have a web server answer there with the policy, as text/plain and with a certificate for that name; or take the record out.".to_owned()
        }
        "mta_sts_correct" if shown => "Correct the policy, then change the record's id. It looks like this.".to_owned(),
        "mta_sts_correct" => {
            "Correct the policy (version: STSv1, mode:, mx: for each mail host, max_age:), then change the record's id.".to_owned()
        }
        "mta_sts_list_mx" => format!("Add {first} to the policy, then change the record's id."),
        "mta_sts_enforce" => "When the reports show no failures, enforce it, and change the record's id.".to_owned(),
        "mta_sts_longer" => "Have it remembered for a week at least, and change the record's id.".to_owned(),
        _ => return None,
    })
}
