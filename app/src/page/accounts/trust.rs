//! What an account trusts beside the machine's authorities: fields of the settings window, and the question before a
//! certificate that a server showed is filled in.

use super::{certificates::certificates, form::Form};
use crate::{
    locales::use_words,
    ui::{
        button::Button,
        field::{TextArea, TextField},
        window::Window,
    },
};
use domain::{
    account::{Proposal, field},
    diagnosis::Remedy,
    session_test::CertificateInfo,
};
use leptos::prelude::*;

/// Folded until something is in it: most servers need neither.
#[component]
pub fn Trust(form: Form) -> impl IntoView {
    let words = &use_words().later().account;
    let draft = form.draft;
    let checked = Memo::new(move |_| draft.with(|draft| draft.secure && !draft.ignore_certificate_errors));
    let given =
        Memo::new(move |_| draft.with(|draft| !draft.trusted_ca.is_empty() || !draft.pinned_certificate.is_empty()));
    // Once it is open it stays so, whatever is deleted from it.
    let open = RwSignal::new(given.get_untracked());
    Effect::new(move |_| {
        if given.get() {
            open.set(true);
        }
    });
    let wrong = [form.error(field::TRUSTED_CA), form.error(field::PINNED_CERTIFICATE)];
    Effect::new(move |_| {
        if wrong.iter().any(|error| error.get().is_some()) {
            open.set(true);
        }
    });
    view! {
        <div class="fields-wide" hidden=move || !checked.get()>
            <details class="fold" prop:open=move || open.get() open=open.get_untracked()>
                <summary>{words.trust}</summary>
                <div class="fields-stack">
                    <p class="field-hint">{words.trust_text}</p>
                    <TextArea
                        id="account-trusted-ca"
                        label=words.trusted_ca
                        hint=words.trusted_ca_hint
                        value=form.text(|d| &mut d.trusted_ca)
                        on_input=form.set_text(field::TRUSTED_CA, |d| &mut d.trusted_ca)
                        error=form.error(field::TRUSTED_CA)
                    />
                    <TextField
                        id="account-pinned-certificate"
                        label=words.pinned
                        hint=words.pinned_hint
                        value=form.text(|d| &mut d.pinned_certificate)
                        on_input=form.set_text(field::PINNED_CERTIFICATE, |d| &mut d.pinned_certificate)
                        error=form.error(field::PINNED_CERTIFICATE)
                    />
                </div>
            </details>
        </div>
    }
    .into_any()
}

/// Shows what would be trusted; only who says that it is right fills it in.
pub fn confirm(remedy: &Remedy, shown: CertificateInfo, apply: Callback<Proposal>, close: Callback<()>) -> AnyView {
    let words = use_words();
    let w = &words.later().account;
    let (title, text) = if remedy.proposal.trusted_ca.is_some() {
        (w.confirm_ca, w.confirm_ca_text)
    } else {
        (w.confirm_pin, w.confirm_pin_text)
    };
    let proposal = remedy.proposal.clone();
    let yes = Callback::new(move |()| {
        close.run(());
        apply.run(proposal.clone());
    });
    view! {
        <Window id="trust" title close>
            <div class="window-body">
                <p>{text}</p>
                {certificates(vec![shown])}
            </div>
            <footer class="window-foot">
                <Button label=words.common.cancel on_click=close />
                <Button label=w.confirm_yes on_click=yes variant="primary" />
            </footer>
        </Window>
    }
    .into_any()
}
