//! What is asked before something grave is done to many rows: whether, to whom a test asks about, and for very many the number.

use super::job::{FEW, Job, Task};
use crate::{
    locales::use_words,
    page::recipient::use_last_recipient,
    ui::{browser, button::Button, field::TextField, notice::Notice, window::Window},
};
use domain::{EmailAddress, FieldError, bulk::Deed};
use leptos::{ev::SubmitEvent, prelude::*};

/// The first names that are shown.
const NAMES: usize = 3;

#[component]
pub fn Ask(job: Job) -> impl IntoView {
    view! { {move || job.asked.get().map(|task| view! { <Question job task /> })} }.into_any()
}

#[component]
fn Question(job: Job, task: Task) -> impl IntoView {
    let words = use_words();
    let w = &words.later().bulk;
    let (deed, count) = (task.deed, task.count);
    let title = (w.title)(deed, count, (words.texts)(job.state().name));
    let recipient = use_last_recipient();
    let typed = RwSignal::new(if deed == Deed::Test { recipient.get() } else { String::new() });
    let wrong = RwSignal::new(None::<String>);
    let task = StoredValue::new(task);
    let by_number = deed == Deed::Delete && count > FEW;
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let text = typed.get_untracked();
        let mut task = task.get_value();
        if deed == Deed::Test {
            match EmailAddress::parse(&text) {
                Ok(_) => {
                    recipient.keep(&text);
                    task.to = text;
                }
                Err(code) => wrong.set(Some((words.field_error)(&FieldError::new("to", code.into())))),
            }
        } else if by_number && text.chars().filter(char::is_ascii_digit).collect::<String>() != count.to_string() {
            wrong.set(Some(w.not_the_count.to_owned()));
        }
        if wrong.with_untracked(Option::is_some) {
            browser::focus_soon("dialog:modal [aria-invalid=true]");
        } else {
            job.run(task);
        }
    };
    let input = Callback::new(move |text| {
        typed.set(text);
        wrong.set(None);
    });
    let field = move |label| {
        view! { <TextField id="bulk-typed" label required=true value=typed on_input=input error=wrong /> }
    };
    let variant = if matches!(deed, Deed::Delete | Deed::Cancel) { "danger" } else { "primary" };
    let close = Callback::new(move |()| job.close());
    let why = job.refused.get_untracked();
    view! {
        <Window id="bulk" title=(w.button)(deed) subtitle=names(job, count) size="small" close>
            <form novalidate autocomplete="off" on:submit=submit>
                <div class="window-body">
                    {why
                        .map(|why| {
                            view! {
                                <Notice kind="warning" alert=true>
                                    <p>{(words.failure)(&why)}</p>
                                </Notice>
                            }
                        })}
                    <p>{(w.about)(deed)}</p>
                    {(deed == Deed::Test).then(|| field(w.recipient))}
                    {by_number.then(|| field(w.type_count))}
                </div>
                <footer class="window-foot">
                    <Button label=words.common.cancel on_click=close />
                    <button type="submit" class="button" data-variant=variant>
                        {title}
                    </button>
                </footer>
            </form>
        </Window>
    }
    .into_any()
}

/// The first names of those on this page, and how many there are besides.
fn names(job: Job, count: u64) -> String {
    let w = &use_words().later().bulk;
    let names: Vec<String> = job.state().selection.chosen.with_untracked(|chosen| {
        job.state().page.with_untracked(|page| {
            let chosen = page.rows.iter().filter(|row| chosen.contains(row.id()));
            chosen.take(NAMES).map(|row| row.get(1).as_str().to_owned()).collect()
        })
    });
    let more = count.saturating_sub(names.len() as u64);
    let names = names.join(", ");
    if more == 0 || names.is_empty() { names } else { (w.and_more)(&names, more) }
}
