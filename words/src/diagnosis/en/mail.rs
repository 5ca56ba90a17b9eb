//! English: causes and remedies of senders, recipients and messages.

use crate::diagnosis::Help;

pub(super) fn help(code: &str) -> Option<Help> {
    Some(match code {
        "sender_refused" => Help {
            why: &[
                "This login may not send with this address, or the address does not exist there.",
                "The sender's domain may be unknown or blocked.",
            ],
            advice: &[
                "Enter an address that belongs to the credential in “Reply e-mail (Return-Path)”.",
                "Read the server's own reply, and ask the provider which senders this login may use.",
            ],
        },
        "sender_not_owned" => Help {
            why: &["“Reply e-mail (Return-Path)” holds another address than the mailbox that logs in."],
            advice: &[
                "Enter the mailbox's own address in “Reply e-mail (Return-Path)”, and in “Sender e-mail” if it is refused too.",
                "Or ask the server's administrator to allow this sender for this login.",
            ],
        },
        "sender_domain_unknown" => Help {
            why: &[
                "The domain is misspelled, or has neither an MX nor an A record.",
                "The server's own name resolution may be disturbed.",
            ],
            advice: &["Correct the address in “Reply e-mail (Return-Path)”, or create the DNS entries of its domain."],
        },
        "send_as_denied" => Help {
            why: &["“Sender e-mail” or “Reply e-mail (Return-Path)” is not an address of the mailbox that logs in."],
            advice: &[
                "Enter the mailbox's own address in both fields.",
                "Or grant the mailbox “Send as” in the Exchange admin center: the other mailbox, Delegation, “Send as”. It may take an hour to work.",
            ],
        },
        "o365_sender_blocked" => Help {
            why: &[
                "So much mail, or such mail, went out that Microsoft took it for spam; the mailbox may have been broken into.",
            ],
            advice: &[
                "Change the mailbox's password first, and find out who sent what.",
                "Then unblock it in the Microsoft Defender portal, under “Restricted entities”.",
            ],
        },
        "o365_unregistered_domain" => Help {
            why: &[
                "The domain of “Sender e-mail” or “Reply e-mail (Return-Path)” is not among the organization's accepted domains.",
            ],
            advice: &[
                "Add and verify the domain in the Microsoft 365 admin center, under Settings, Domains.",
                "Or enter an address in a registered domain.",
            ],
        },
        "o365_attribution" => Help {
            why: &["The inbound connector names another IP address or certificate than the one this machine now has."],
            advice: &[
                "Compare this machine's public IP address with the inbound connector in the Exchange admin center, under Mail flow, Connectors, and correct it there.",
            ],
        },
        "o365_tenant_blocked" => Help {
            why: &[
                "The organization has exceeded a limit, is on a trial, or has been restricted after unusual traffic.",
            ],
            advice: &[
                "The organization's administrator has to open a support case with Microsoft; waiting does not help as a rule.",
                "Meanwhile send through another account.",
            ],
        },
        "o365_address_banned" => Help {
            why: &["Spam has come from this address, or from its neighbours."],
            advice: &[
                "Ask for removal at https://sender.office.com.",
                "Meanwhile send through a provider with authentication.",
            ],
        },
        "o365_quota" => Help {
            why: &["A mailbox may reach 10,000 recipients a day and send 30 messages a minute."],
            advice: &[
                "Wait: the limit counts the last 24 hours. Notifications are tried again by themselves.",
                "Spread the mail over several accounts, or use a service for bulk mail.",
            ],
        },
        "o365_concurrency" => Help {
            why: &["Several programs send with this mailbox at the same time, or one opens too many connections."],
            advice: &[
                "Wait a minute. Notifications are tried again by themselves.",
                "Lower the number of parallel connections, or give each program a mailbox of its own.",
            ],
        },
        "exchange_relay_denied" => Help {
            why: &[
                "“Use authentication” is set to No.",
                "The receive connector does not allow relaying for this machine's IP address.",
            ],
            advice: &[
                "Set “Use authentication” to Yes and choose a credential.",
                "Or ask the Exchange administrator for a receive connector that lets this machine relay.",
            ],
        },
        "gmail_relay_denied" => Help {
            why: &[
                "This machine's IP address is not registered there, or the sender's domain is not one of the organization's.",
                "The name in EHLO may belong to no domain of the organization.",
            ],
            advice: &[
                "In the Google Admin console, open Apps, Google Workspace, Gmail, Routing, “SMTP relay service”, and add this machine's public IP address.",
                "Or set “Use authentication” to Yes, with an app password, and ask the operator to set --ehlo-name to a name in your domain.",
            ],
        },
        "gmail_daily_limit" => Help {
            why: &["Google allows about 500 a day for Gmail and 2,000 for Workspace accounts."],
            advice: &[
                "Wait up to 24 hours; other accounts can send meanwhile.",
                "For more mail use Google Workspace's SMTP relay, or a service for bulk mail.",
            ],
        },
        "ses_identity_unverified" => Help {
            why: &[
                "The addresses in “Sender e-mail” and “Reply e-mail (Return-Path)”, or their domains, have to be verified in this region.",
                "While the account is in the sandbox, each recipient has to be verified too.",
            ],
            advice: &[
                "In the SES console, in the region of “Host SMTP”, verify the address or better the domain under “Identities”.",
                "To reach any recipient, request production access in the SES console.",
            ],
        },
        "ses_not_authorized" => Help {
            why: &["Its IAM user has no policy with ses:SendRawEmail, or one limited to other senders or regions."],
            advice: &[
                "In IAM, allow ses:SendRawEmail to this user for the sender's identity, or create new SMTP credentials in the SES console.",
            ],
        },
        "ses_rate" => Help {
            why: &["The account's maximum send rate is reached; it is low in the sandbox."],
            advice: &[
                "Nothing needs to be done now: notifications are tried again by themselves.",
                "Set a lower limit for the account, or ask AWS to raise the rate.",
            ],
        },
        "sendgrid_credits" => Help {
            why: &["The plan's number of messages for this day or month is spent."],
            advice: &["Wait until the credits are renewed, or choose a larger plan."],
        },
        "sendgrid_sender_unverified" => Help {
            why: &["“Sender e-mail” is neither a verified sender nor in an authenticated domain."],
            advice: &[
                "In SendGrid, open Settings, “Sender Authentication”, and verify the address or the domain.",
                "Or enter a verified address in “Sender e-mail”.",
            ],
        },
        "recipient_refused" => Help {
            why: &[
                "The address does not exist there, or the server does not deliver to that domain for this client.",
                "A rule of the recipient's server may refuse the sender.",
            ],
            advice: &[
                "Check the recipient's address. Then read the server's own reply.",
                "If the recipient is in another domain than the server's, set “Use authentication” to Yes.",
            ],
        },
        "recipient_unknown" => Help {
            why: &["The address is misspelled, or the mailbox has been deleted."],
            advice: &["Check the recipient's address. The account itself works as far as this step."],
        },
        "o365_recipient_unknown" => Help {
            why: &["The address is misspelled, or its domain is hosted elsewhere than the server thinks."],
            advice: &[
                "Check the recipient's address with the recipient's administrator. The account itself works as far as this step.",
            ],
        },
        "recipient_throttled" => Help {
            why: &["Too many messages went to this mailbox in a short time, or it is temporarily closed."],
            advice: &[
                "Wait. Notifications are tried again by themselves.",
                "Send fewer messages to this recipient, for example one summary instead of many.",
            ],
        },
        "server_full" => Help {
            why: &["Its disk is full, or it keeps the last of it for the mail that it already has."],
            advice: &[
                "Wait: the message is accepted as soon as there is room again.",
                "If it lasts, tell the server's administrator that its mail storage is full.",
            ],
        },
        "mailbox_full" => Help {
            why: &["The recipient's storage is used up."],
            advice: &["Ask the recipient to make room, or use another address."],
        },
        "relay_denied" => Help {
            why: &[
                "“Use authentication” is set to No, or the login did not happen on this port.",
                "The server forwards without login only for IP addresses that it knows.",
            ],
            advice: &[
                "Set “Use authentication” to Yes and choose a credential, on port 587 or 465.",
                "Or ask the server's administrator to allow this machine's IP address to relay.",
            ],
        },
        "greylisted" => Help {
            why: &["It is a protection against spam: the same message is accepted after some minutes."],
            advice: &[
                "Nothing needs to be done: notifications are tried again by themselves. Repeat a test after 5 to 15 minutes.",
            ],
        },
        "too_many_recipients" => Help {
            why: &["The server limits the recipients of a message, often to 100."],
            advice: &["Split the recipients over several messages, or use a distribution list."],
        },
        "sending_reputation" => Help {
            why: &[
                "Much more mail than usual came from this IP address or domain.",
                "Recipients have marked messages as spam.",
            ],
            advice: &[
                "Send less and more evenly, and wait at least four hours before the next attempt.",
                "Remove addresses that bounce or complain, and check SPF, DKIM and DMARC of the sender's domain.",
            ],
        },
        "unauthenticated_mail" => Help {
            why: &[
                "The domain's SPF record does not include this server, and there is no valid DKIM signature.",
                "The domain of “Sender e-mail” differs from the one that SPF or DKIM verified.",
            ],
            advice: &[
                "In the DNS of the sender's domain, include the sending server in SPF, and turn on DKIM at the provider.",
                "Use the same domain in “Sender e-mail” and “Reply e-mail (Return-Path)”.",
            ],
        },
        "spf_or_dkim_failed" => Help {
            why: &[
                "The domain's SPF record does not include the sending server.",
                "The DKIM key in DNS is missing, or does not match the signature.",
            ],
            advice: &[
                "Compare the domain's SPF record with the provider's instructions.",
                "Check the DKIM selector in DNS, and have the key published again if it changed.",
            ],
        },
        "dmarc_failed" => Help {
            why: &[
                "Neither SPF nor DKIM verified the domain of “Sender e-mail”.",
                "A third server sends for this domain without being entered in its DNS.",
            ],
            advice: &[
                "Include the sending server in SPF or turn on DKIM, for the domain of “Sender e-mail”.",
                "Use the same domain in “Reply e-mail (Return-Path)”.",
            ],
        },
        "from_header_invalid" => Help {
            why: &["“Sender e-mail” is empty, or not a valid address."],
            advice: &["Correct “Sender e-mail”: one complete address, such as alerts@example.com."],
        },
        "bare_line_feed" => Help {
            why: &["A program that handed the message over, or a device on the way, has changed the line ends."],
            advice: &[
                "Test with a message typed in the test window. If that passes, have the program that made the message repaired.",
                "Otherwise show the transcript to whoever operates the devices on the way.",
            ],
        },
        "smtputf8_not_offered" => Help {
            why: &["Such addresses need SMTPUTF8, and the server does not offer it."],
            advice: &[
                "Use an address with ASCII letters before the @.",
                "Or send through a server that offers SMTPUTF8.",
            ],
        },
        "message_too_large" => Help {
            why: &[
                "Attachments grow by a third when they are encoded for mail.",
                "The recipient's server may have a lower limit than the first one.",
            ],
            advice: &[
                "Send a smaller message, or a link in place of the attachment.",
                "Ask the server's administrator to raise the limit.",
            ],
        },
        "data_refused" => Help {
            why: &[
                "It refuses the message because of a rule or a limit that it checks only now.",
                "None of the recipients may have been valid.",
            ],
            advice: &["Read the server's own reply, and show it to the server's administrator."],
        },
        "message_refused" => Help {
            why: &[
                "A filter took it for spam, or it breaks a rule about its sender, its links or its attachments.",
                "The sender's domain may fail SPF, DKIM or DMARC.",
            ],
            advice: &[
                "Read the server's own reply: it often names the rule.",
                "Test with a short plain text. If that passes, the content is the reason; if not, the sender is.",
            ],
        },
        "no_confirmation" => Help {
            why: &[
                "The server was still checking the message, for example for viruses.",
                "The connection was lost at the last moment.",
            ],
            advice: &[
                "Look into the recipient's mailbox and the server's log before sending again: a second try may arrive twice.",
                "If it happens often, ask the server's administrator why it takes so long.",
            ],
        },
        _ => return None,
    })
}
