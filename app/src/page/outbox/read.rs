//! The window that shows a message: what it says, what became of it, and every try.

use crate::{
    api::outbox::message_read,
    locales::use_words,
    page::{list::closer, places},
    ui::{
        button::Button,
        notice::Notice,
        report::use_refresh,
        time::Moment,
        window::{CloseWindow, Window, WindowWait},
    },
};
use domain::{
    MessageId,
    message::{Attempt, Message},
    report::ReportName,
};
use leptos::prelude::*;

pub fn read_window(id: i64) -> AnyView {
    let message = Resource::new_blocking(move || id, |id| message_read(MessageId(id)));
    let refresh = use_refresh();
    // Reading is noted as the message's opening.
    on_cleanup(move || refresh.now());
    view! {
        <Suspense fallback=|| view! { <WindowWait /> }>
            {move || Suspend::new(async move {
                let words = use_words();
                let (subtitle, inside) = match message.await {
                    Ok(message) => (message.subject.clone(), shown(message)),
                    Err(failure) => (String::new(), sorry((words.failure)(&failure.0))),
                };
                let close = closer(ReportName::Outbox, places::OUTBOX);
                view! {
                    <Window id="message" title=words.later().outbox.window subtitle close>
                        <div class="window-body">{inside}</div>
                        <footer class="window-foot">{close_button()}</footer>
                    </Window>
                }
            })}
        </Suspense>
    }
    .into_any()
}

fn close_button() -> AnyView {
    let close = use_context::<CloseWindow>();
    close.map(|close| view! { <Button label=use_words().common.close on_click=close.0 /> }).into_any()
}

fn sorry(text: String) -> AnyView {
    view! {
        <Notice kind="danger" alert=true>
            <p>{text}</p>
        </Notice>
    }
    .into_any()
}

fn shown(message: Message) -> AnyView {
    let all = use_words();
    let words = &all.later().outbox;
    let status = (all.code)(message.status.code()).unwrap_or_default();
    let why = message.reason.as_ref().map(|reason| (all.later().reason)(reason));
    let reply = message.reason.as_ref().map(|reason| reason.reply.clone()).filter(|reply| !reply.is_empty());
    let to = message.recipients.iter().map(|one| one.address.to_string()).collect::<Vec<_>>().join(", ");
    let moment = |at| view! { <Moment at /> }.into_any();
    let mut facts: Vec<(&str, AnyView)> = vec![
        (words.status, status.into_any()),
        ((all.column)(ReportName::Outbox, "to"), to.into_any()),
        ((all.column)(ReportName::Outbox, "from"), message.from.into_any()),
        ((all.column)(ReportName::Outbox, "account"), message.account.into_any()),
        (words.accepted, moment(message.created_at)),
        ((all.column)(ReportName::Outbox, "created_by"), message.created_by.into_any()),
        (words.message_id, view! { <code>{message.message_id}</code> }.into_any()),
    ];
    if let Some(due) = message.due {
        facts.push((words.due, moment(due)));
    }
    if !message.mta.is_empty() {
        facts.push(((all.column)(ReportName::Outbox, "mta"), view! { <code>{message.mta}</code> }.into_any()));
    }
    let facts = facts
        .into_iter()
        .map(|(name, value)| {
            view! {
                <dt>{name}</dt>
                <dd>{value}</dd>
            }
        })
        .collect_view();
    let why = why.map(|text| {
        view! {
            <Notice kind="warning">
                <p>{text}</p>
                {reply.map(|reply| view! { <pre class="reply">{reply}</pre> })}
            </Notice>
        }
    });
    let files = message.attachments.iter().map(|file| format!("{} ({} KB)", file.name, file.octets.div_ceil(1024)));
    let files: Vec<_> = files.map(|file| view! { <li>{file}</li> }).collect();
    let files = (!files.is_empty()).then(|| view! { <ul class="message-files">{files}</ul> });
    let body = if message.text.is_empty() { message.html } else { message.text };
    view! {
        {why}
        <dl class="facts">{facts}</dl>
        <pre class="message-text" tabindex="0" role="region" aria-label=words.content>
            {body}
        </pre>
        {files}
        {tries(&message.history)}
    }
    .into_any()
}

/// Every try, newest last.
fn tries(history: &[Attempt]) -> AnyView {
    let all = use_words();
    let words = &all.later().outbox;
    if history.is_empty() {
        return view! { <p class="faint">{words.no_tries}</p> }.into_any();
    }
    // The mark before the final dot is shown only where nothing came after it.
    let ended = |number| history.iter().any(|attempt| attempt.number == number && attempt.outcome.is_some());
    let rows = history
        .iter()
        .filter(|attempt| attempt.outcome.is_some() || !ended(attempt.number))
        .map(|attempt| {
            let outcome = attempt.outcome.map_or(words.committing, words.outcome);
            let why =
                if attempt.reason.code.is_empty() { String::new() } else { (all.later().reason)(&attempt.reason) };
            let reply = attempt.reason.reply.clone();
            view! {
                <tr>
                    <td>{attempt.number}</td>
                    <td>
                        <Moment at=attempt.at />
                    </td>
                    <td>{attempt.account.clone()}</td>
                    <td>{outcome}</td>
                    <td>
                        <span>{why}</span>
                        {(!reply.is_empty()).then(|| view! { <code class="reply-line">{reply}</code> })}
                    </td>
                    <td>{(all.row.ms)(attempt.ms)}</td>
                </tr>
            }
        })
        .collect_view();
    let heads = words.tries_heads.into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect_view();
    view! {
        <h3 class="section-title">{words.tries}</h3>
        <div class="tries" tabindex="0" role="region" aria-label=words.tries>
            <table class="versions">
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
