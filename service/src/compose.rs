//! From an account's settings and a message's own words to its octets: one way for tests, notifications and reports.

use domain::{
    EmailAddress, UnixMillis,
    account::NewAccount,
    notification::{Attachment, NewNotification, Priority},
    parameters::Parameters,
};
use mailer::{ComposeError, Composition};

/// What a message says, and the addresses that it has of its own.
#[derive(Default)]
pub(crate) struct Letter<'a> {
    pub to: &'a [EmailAddress],
    pub subject: &'a str,
    pub text: &'a str,
    pub html: &'a str,
    pub attachments: &'a [Attachment],
    pub priority: Priority,
    pub reply_to: Option<&'a EmailAddress>,
    pub return_path: Option<&'a EmailAddress>,
    pub confirmation: Option<&'a EmailAddress>,
}

impl<'a> Letter<'a> {
    /// With *Force settings use* the account's addresses stand, whatever the message was accepted with.
    pub(crate) fn of(new: &'a NewNotification, account: &NewAccount) -> Self {
        let own = |address: &'a Option<EmailAddress>| address.as_ref().filter(|_| !account.force_settings);
        Self {
            to: &new.to,
            subject: &new.subject,
            text: &new.text,
            html: &new.html,
            attachments: &new.attachments,
            priority: new.priority,
            reply_to: own(&new.reply_to),
            return_path: own(&new.return_path),
            confirmation: own(&new.confirmation),
        }
    }

    /// The envelope sender.
    pub(crate) fn mail_from(&self, account: &NewAccount) -> EmailAddress {
        self.return_path.unwrap_or(&account.return_path).clone()
    }
}

/// Under the sender's domain. An address literal is no name to be unique under.
pub(crate) fn message_id(account: &NewAccount, unique: &str) -> String {
    let domain = account.sender.domain_ascii();
    format!("{unique}@{}", if domain.starts_with('[') { "postroom.invalid" } else { domain })
}

pub(crate) fn octets(
    account: &NewAccount,
    parameters: &Parameters,
    letter: &Letter<'_>,
    message_id: &str,
    date: UnixMillis,
) -> Result<Vec<u8>, ComposeError> {
    mailer::compose(&Composition {
        from: account.sender.clone(),
        from_name: None,
        reply_to: letter.reply_to.unwrap_or(&account.reply_to).clone(),
        to: letter.to.to_vec(),
        confirmation: account.read_receipt.then(|| letter.confirmation.unwrap_or(&account.confirmation).clone()),
        subject: letter.subject.to_owned(),
        text: letter.text.to_owned(),
        html: letter.html.to_owned(),
        footer: account.footnote.then(|| parameters.footer.clone()),
        footer_html: account.footnote.then(|| parameters.footer_html.clone()),
        attachments: letter.attachments.to_vec(),
        priority: letter.priority,
        message_id: message_id.to_owned(),
        date,
    })
}
