//! What the settings window holds: the draft, what it started from, and what is wrong with it.

use super::proposed::changes;
use crate::locales::use_words;
use domain::{
    Failure, FieldError,
    account::{Account, AccountDraft, Choices, Proposal, field},
    connector::Connector,
    destination::Destination,
};
use leptos::prelude::*;

/// A text of the draft, to read and to write.
pub type Text = fn(&mut AccountDraft) -> &mut String;
/// A Yes/No of the draft.
pub type Flag = fn(&mut AccountDraft) -> &mut bool;

/// A handle that is copied freely.
#[derive(Clone, Copy)]
pub struct Form {
    pub draft: RwSignal<AccountDraft>,
    start: RwSignal<AccountDraft>,
    /// What the drop-downs offer; fetched again while the window is open.
    pub choices: RwSignal<Choices>,
    /// The account being edited, in the version it started from.
    pub stored: RwSignal<Option<Account>>,
    /// What another administrator stored meanwhile.
    pub theirs: RwSignal<Option<Account>>,
    pub failure: RwSignal<Option<Failure>>,
    pub busy: RwSignal<bool>,
    /// The labels of what a proposal filled in, until the next one or a save.
    pub filled: RwSignal<Vec<&'static str>>,
    /// Errors are shown once a save was tried, and live from then on.
    checked: RwSignal<bool>,
    /// What the server found wrong; each goes when its field is edited.
    refused: RwSignal<Vec<FieldError>>,
    wrong: Memo<Vec<FieldError>>,
    /// Whether Reply, Return-Path and Confirmation still follow the sender.
    follows: StoredValue<[bool; 3]>,
    pub is_new: bool,
}

impl Form {
    pub fn new(start: AccountDraft, stored: Option<Account>, choices: Choices) -> Self {
        let is_new = stored.is_none();
        let follow = |text: &String| is_new && *text == start.sender;
        let follows = [follow(&start.reply_to), follow(&start.return_path), follow(&start.confirmation)];
        let draft = RwSignal::new(start.clone());
        let wrong = Memo::new(move |_| draft.with(|draft| draft.parse().err().map(|e| e.0).unwrap_or_default()));
        Self {
            draft,
            start: RwSignal::new(start),
            choices: RwSignal::new(choices),
            stored: RwSignal::new(stored),
            theirs: RwSignal::new(None),
            failure: RwSignal::new(None),
            busy: RwSignal::new(false),
            filled: RwSignal::new(Vec::new()),
            checked: RwSignal::new(false),
            refused: RwSignal::new(Vec::new()),
            wrong,
            follows: StoredValue::new(follows),
            is_new,
        }
    }

    pub fn dirty(self) -> Signal<bool> {
        Signal::derive(move || self.draft.with(|draft| self.start.with(|start| draft != start)))
    }

    /// Fills in what was proposed. Saved by nobody but whoever presses Save.
    pub fn fill(self, proposal: &Proposal) {
        let before = self.draft.get_untracked();
        let mut after = before.clone();
        proposal.apply(&mut after);
        for name in [field::HOST, field::PORT, field::SECURITY_TYPE, field::CREDENTIAL] {
            self.touched(name);
        }
        self.filled.set(changes(&before, &after));
        self.draft.set(after);
    }

    /// What is in the window now is what is stored.
    pub fn settle(self, account: Account) {
        self.filled.try_set(Vec::new());
        self.start.try_set(self.draft.get_untracked());
        self.stored.try_set(Some(account));
    }

    /// Starts again from another version.
    pub fn restart(self, account: &Account) {
        let draft = AccountDraft::from(account);
        self.start.set(draft.clone());
        self.draft.set(draft);
        self.stored.set(Some(account.clone()));
        self.theirs.set(None);
        self.refused.set(Vec::new());
    }

    /// Whether the draft may be sent; otherwise its errors are shown from now on.
    pub fn check(self) -> bool {
        self.checked.set(true);
        self.failure.set(None);
        self.wrong.with_untracked(Vec::is_empty)
    }

    pub fn refuse(self, errors: Vec<FieldError>) {
        self.checked.try_set(true);
        self.refused.try_set(errors);
    }

    pub fn text(self, of: Text) -> Signal<String> {
        Signal::derive(move || self.draft.with(|draft| of(&mut draft.clone()).clone()))
    }

    pub fn flag(self, of: Flag) -> Signal<bool> {
        Signal::derive(move || self.draft.with(|draft| *of(&mut draft.clone())))
    }

    /// Writes a text; the name is the field's in the API.
    pub fn set_text(self, field: &'static str, of: Text) -> Callback<String> {
        Callback::new(move |text: String| {
            self.touched(field);
            self.draft.update(|draft| *of(draft) = text);
        })
    }

    pub fn set_flag(self, field: &'static str, of: Flag) -> Callback<bool> {
        Callback::new(move |yes: bool| {
            self.touched(field);
            self.draft.update(|draft| *of(draft) = yes);
        })
    }

    /// Writes the sender, and the addresses that still follow it.
    pub fn set_sender(self) -> Callback<String> {
        Callback::new(move |text: String| {
            let follows = self.follows.get_value();
            self.touched("sender");
            self.draft.update(|draft| {
                for (follows, address) in
                    follows.into_iter().zip([&mut draft.reply_to, &mut draft.return_path, &mut draft.confirmation])
                {
                    if follows {
                        address.clone_from(&text);
                    }
                }
                draft.sender = text;
            });
        })
    }

    /// Writes one of the addresses that follow the sender until then.
    pub fn set_follower(self, field: &'static str, index: usize, of: Text) -> Callback<String> {
        let set = self.set_text(field, of);
        Callback::new(move |text| {
            self.follows.update_value(|follows| follows[index] = false);
            set.run(text);
        })
    }

    /// A field was edited: what the server said about it is out of date.
    pub fn touched(self, field: &'static str) {
        if self.refused.with_untracked(|all| all.iter().any(|error| error.field == field)) {
            self.refused.update(|all| all.retain(|error| error.field != field));
        }
    }

    /// What is wrong with a field, in words.
    pub fn error(self, field: &'static str) -> Signal<Option<String>> {
        let words = use_words();
        Signal::derive(move || {
            let of = |all: &Vec<FieldError>| all.iter().find(|error| error.field == field).map(words.field_error);
            let refused = self.refused.with(of);
            if self.checked.get() { self.wrong.with(of).or(refused) } else { refused }
        })
    }

    /// Whether the credential's secret has to be entered for where the draft leads.
    pub fn needs_secret(self) -> Memo<bool> {
        let asked = Memo::new(move |_| self.refused.with(|all| all.iter().any(|error| error.field == "secret")));
        Memo::new(move |_| asked.get() || self.draft.with(|draft| self.is_new_place(draft)))
    }

    fn is_new_place(self, draft: &AccountDraft) -> bool {
        // Only where it leads matters here: the rest may still be empty.
        let filler = "x@example.org".to_owned();
        let place = AccountDraft {
            name: "x".to_owned(),
            sender: filler.clone(),
            reply_to: filler.clone(),
            return_path: filler.clone(),
            confirmation: filler,
            is_default: false,
            secret: None,
            ..draft.clone()
        };
        let Ok(account) = place.parse() else { return false };
        self.choices.with(|choices| {
            let credential = account.credential().and_then(|id| choices.credentials.iter().find(|c| c.id == id));
            let connector: Option<&Connector> =
                account.connector().and_then(|id| choices.connectors.iter().find(|c| c.id == id));
            credential.is_some_and(|c| c.needs_secret_for(&Destination::of_account(&account, connector)))
        })
    }
}
