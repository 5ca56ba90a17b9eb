//! The views that there are, and what can be done with each.

use super::{Face, Panel, has_links, refusal};
use crate::{
    locales::use_words,
    ui::{
        button::{Button, IconButton},
        icon::{Glyph, Icon},
    },
};
use domain::view::{View, Views};
use leptos::{ev::MouseEvent, prelude::*};

pub fn list(panel: &Panel, views: &Views) -> AnyView {
    let panel = *panel;
    let words = &use_words().later().comforts;
    let (shared, own): (Vec<_>, Vec<_>) = views.all.iter().cloned().partition(|view| view.shared);
    let is_usual = Memo::new(move |_| panel.state.settled.with(|query| *query == domain::report::Query::default()));
    let leave = Callback::new(move |()| panel.leave());
    let save = Callback::new(move |()| panel.show(Face::Save));
    let none = views.all.is_empty().then(|| view! { <p class="popup-note">{words.no_views}</p> });
    let may_save = views.may_keep || views.may_share;
    view! {
        {none}
        {group(&panel, words.shared_views, shared, views)}
        {group(&panel, words.own_views, own, views)}
        {move || panel.failure.get().map(|failure| refusal(&failure))}
        <div class="popup-foot">
            {update(&panel, views)} {may_save.then(|| view! { <Button label=words.save_view on_click=save icon=Icon::Plus /> })}
            <Button label=words.usual_view on_click=leave variant="quiet" disabled=is_usual />
        </div>
    }
    .into_any()
}

/// Where what is looked at began as a view and has been changed.
fn update(panel: &Panel, views: &Views) -> impl IntoView + use<> {
    let panel = *panel;
    let words = &use_words().later().comforts;
    let may_share = views.may_share;
    move || {
        let view = panel.state.view.get()?;
        let changed = panel.state.settled.with(|query| query.view == Some(view.id) && !query.shows_as(&view.query));
        if !changed || (view.shared && !may_share) {
            return None;
        }
        let (id, label) = (view.id, (words.update_view)(view.name.as_str()));
        let run = Callback::new(move |()| panel.update(id));
        Some(view! { <Button label on_click=run variant="primary" disabled=panel.busy /> })
    }
}

fn group(panel: &Panel, title: &'static str, views: Vec<View>, all: &Views) -> AnyView {
    let panel = *panel;
    if views.is_empty() {
        return ().into_any();
    }
    let rows = views.into_iter().map(|view| row(&panel, all.may_change(&view), view)).collect_view();
    view! {
        <h3 class="popup-group">{title}</h3>
        <ul class="views">{rows}</ul>
    }
    .into_any()
}

fn row(panel: &Panel, may_change: bool, view: View) -> AnyView {
    let panel = *panel;
    let words = &use_words().later().comforts;
    let name = view.name.to_string();
    let id = view.id;
    let current = move || panel.state.settled.with(|query| query.view == Some(id)).then_some("true");
    let href = panel.link(&view);
    let (opened, linked, renamed, deleted) = (view.clone(), view.clone(), view.clone(), view);
    let open = move |event: MouseEvent| {
        if !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key()) {
            event.prevent_default();
            event.stop_propagation();
            panel.open(&opened);
        }
    };
    let copy = Callback::new(move |()| panel.copy_link(&linked));
    let rename = Callback::new(move |()| panel.show(Face::Rename(renamed.clone())));
    let delete = Callback::new(move |()| panel.show(Face::Delete(deleted.clone())));
    let button = |label: String, icon, run| view! { <IconButton label icon on_click=run /> };
    view! {
        <li class="view">
            <a class="view-link" href=href aria-current=current on:click=open>
                <Glyph icon=Icon::Bookmark />
                <span>{name.clone()}</span>
            </a>
            {has_links().then(|| button((words.copy_link)(&name), Icon::Link, copy))}
            {may_change.then(|| button((words.rename_view)(&name), Icon::Pencil, rename))}
            {may_change.then(|| button((words.delete_view)(&name), Icon::Trash, delete))}
        </li>
    }
    .into_any()
}
