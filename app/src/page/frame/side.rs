//! The side menu: the settings pages by group. A page that the reader's role may not open is not named.

use crate::{
    locales::use_words,
    mount::mount,
    page::{access::is_let, places},
    ui::icon::{Glyph, Icon},
};
use domain::{Action, report::ReportName};
use leptos::{html::Nav, prelude::*};
use leptos_router::hooks::use_location;
use web_sys::Element;

#[component]
pub fn Side() -> impl IntoView {
    let words = use_words();
    let title = |name: ReportName| (words.texts)(name).title;
    let bar = NodeRef::<Nav>::new();
    let path = use_location().pathname;
    Effect::new(move |_| {
        path.track();
        if let Some(bar) = bar.get() {
            // Once the page is laid out anyway.
            request_animation_frame(move || show_current(&bar));
        }
    });
    view! {
        <nav class="side" node_ref=bar aria-label=words.frame.side>
            <Group name=words.frame.email>
                <Entry to=places::ACCOUNTS label=title(ReportName::Accounts) icon=Icon::Mail />
                <Entry to=places::OUTBOX label=title(ReportName::Outbox) icon=Icon::Send />
                <Entry to=places::SCHEDULES label=title(ReportName::Schedules) icon=Icon::Clock />
            </Group>
            <Group name=words.frame.connections>
                <Entry to=places::CREDENTIALS label=title(ReportName::Credentials) icon=Icon::Key />
                <Entry to=places::CONNECTORS label=title(ReportName::Connectors) icon=Icon::Route />
            </Group>
            <Group name=words.frame.system>
                <Suspense>
                    {move || Suspend::new(async move {
                        let (sees_users, sees_audit) =
                            (is_let(Action::UsersRead).await, is_let(Action::AuditRead).await);
                        let users = sees_users
                            .then(|| {
                                view! { <Entry to=places::USERS label=title(ReportName::Users) icon=Icon::People /> }
                            });
                        let audit = sees_audit
                            .then(|| {
                                view! { <Entry to=places::AUDIT label=title(ReportName::Audit) icon=Icon::List /> }
                            });
                        view! {
                            {users}
                            {audit}
                        }
                    })}
                </Suspense>
                <Entry to=places::PARAMETERS label=words.frame.parameters icon=Icon::Sliders />
            </Group>
        </nav>
    }
    .into_any()
}

/// On a narrow screen the menu is a bar that scrolls: the page one is on stands in its middle.
fn show_current(bar: &Element) {
    let Ok(Some(current)) = bar.query_selector("[aria-current]") else { return };
    let (bar_place, place) = (bar.get_bounding_client_rect(), current.get_bounding_client_rect());
    let off = (place.left() + place.right() - bar_place.left() - bar_place.right()) / 2.0;
    #[expect(clippy::cast_possible_truncation, reason = "pixels of a screen")]
    bar.set_scroll_left(bar.scroll_left() + off as i32);
}

#[component]
fn Group(name: &'static str, children: Children) -> impl IntoView {
    view! {
        <div class="side-group">
            <h2>{name}</h2>
            <ul>{children()}</ul>
        </div>
    }
    .into_any()
}

#[component]
fn Entry(to: &'static str, label: &'static str, icon: Icon) -> impl IntoView {
    let path = use_location().pathname;
    let mount = mount();
    let current = move || {
        path.with(|path| {
            let inside = mount.inside(path).and_then(|path| path.strip_prefix(to));
            inside.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
        .then_some("page")
    };
    view! {
        <li>
            <a href=places::at(to) aria-current=current>
                <Glyph icon />
                <span>{label}</span>
            </a>
        </li>
    }
    .into_any()
}
