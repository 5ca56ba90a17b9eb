//! The frame's half of the talk with its portal: who is listened to, what is told, what is done. How things look or are
//! measured is in the files beside it.

use super::{
    Asking,
    exchange::Exchange,
    looks::{self, Appearance},
    pieces, sight, wanted,
};
use crate::{
    locales::use_words,
    mount::{at, mount},
    page::{
        place::{Page, Place},
        session::Session,
    },
    portal,
    ui::{
        browser,
        guard::{Leaving, ask_first},
        report::{use_refresh, with_query},
        toast::use_toasts,
    },
};
use domain::{
    portal::{MAX_MESSAGE_BYTES, ToFrame, ToPortal, message::Piece},
    report::Query,
};
use leptos::{ev, prelude::*};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use std::{cell::RefCell, rc::Rc};
use web_sys::MessageEvent;

/// So many messages a second are read; what a portal sends beyond that is no talk.
const PER_SECOND: u32 = 200;

/// The portal's exact origin, once it is known. Nothing is said to anybody before.
#[derive(Clone, Default)]
struct Portal(Rc<RefCell<Option<String>>>);

impl Portal {
    fn origin(&self) -> Option<String> {
        self.0.borrow().clone()
    }

    fn tell(&self, said: ToPortal) {
        let (Some(origin), Ok(Some(parent))) = (self.origin(), window().parent()) else { return };
        let message = pieces::object(|put| said.write(put));
        let _ = parent.post_message(&message, &origin);
    }

    /// Whether a message is from the portal. The first origin that is listened to stays the only one.
    fn is_from(&self, event: &MessageEvent, allowed: &[String]) -> bool {
        let parent = window().parent().ok().flatten();
        let from_parent =
            event.source().zip(parent).is_some_and(|(source, parent)| js_sys::Object::is(&source, &parent));
        let origin = event.origin();
        if !from_parent || !browser::is_framed() || !allowed.contains(&origin) {
            return false;
        }
        let mut known = self.0.borrow_mut();
        known.get_or_insert_with(|| origin.clone()) == &origin
    }
}

/// Begins to listen and to tell, in the browser.
pub fn begin(asking: RwSignal<Asking>, gone: RwSignal<bool>) {
    let embed = mount().embed.unwrap_or_default();
    let session = use_context::<Session>();
    let refresh = use_refresh();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let location = use_location();
    let appearance = Appearance::new(embed.looks);
    Effect::new(move |_| {
        if !browser::is_framed() {
            return;
        }
        let allowed = embed.origins.clone();
        let portal = Portal::default();
        *portal.0.borrow_mut() = browser::embedder().filter(|origin| allowed.contains(origin));
        let telling = portal.clone();
        portal::listen(move |said| telling.tell(said));
        let exchange = Exchange::new(asking, session, gone);
        sight::watch();
        looks::check_theme();

        let go = navigate.clone();
        let open = move |to: String| {
            if !ask_first(Leaving::Link(to.clone())) {
                go(&to, NavigateOptions { resolve: false, scroll: false, ..NavigateOptions::default() });
            }
        };
        let greet = {
            let (exchange, path) = (exchange, location.pathname);
            move || {
                portal::tell(ToPortal::Ready {
                    page: page_of(&path.get_untracked()),
                    locale: appearance.locale(),
                    theme: appearance.theme(),
                    density: appearance.density(),
                    title: title(&path.get_untracked()),
                });
                exchange.begin();
            }
        };
        let greeted = Rc::new(RefCell::new(false));
        let greet_once = {
            let (greeted, portal) = (greeted.clone(), portal.clone());
            move || {
                if portal.origin().is_some() && !greeted.replace(true) {
                    greet();
                }
            }
        };
        let heard = Heard::default();
        let path = location.pathname;
        let on_message = {
            let greet_once = greet_once.clone();
            move |event: MessageEvent| {
                let said = if portal.is_from(&event, &allowed) { heard.read(&event) } else { None };
                let Some(said) = said else {
                    heard.dropped();
                    return;
                };
                greet_once();
                match said {
                    ToFrame::Hello { theme, tokens, locale, density, height, sandbox } => {
                        appearance.change("theme", theme.as_deref());
                        appearance.change("locale", locale.as_deref());
                        appearance.change("density", density.as_deref());
                        appearance.change("height", height.as_deref());
                        looks::set_tokens(tokens);
                        wanted::allowed(sandbox);
                        sight::measure();
                    }
                    ToFrame::Theme { theme, tokens } => {
                        appearance.change("theme", theme.as_deref());
                        looks::set_tokens(tokens);
                    }
                    ToFrame::Locale { locale } => appearance.change("locale", Some(&locale)),
                    ToFrame::Density { density } => appearance.change("density", Some(&density)),
                    ToFrame::Token { token } => exchange.redeem(token, portal.origin().unwrap_or_default()),
                    ToFrame::SignOut => exchange.end(),
                    ToFrame::Refresh => refresh.now(),
                    ToFrame::Visible { top, height } => sight::show(top, height),
                    ToFrame::Page { page } => {
                        let place = page.split(['?', '#']).next().and_then(Place::of);
                        if place.is_some() && !page.contains('\\') {
                            open(at(&page));
                        }
                    }
                    ToFrame::Filter { filter } => {
                        let path = path.get_untracked();
                        let report = mount().inside(&path).and_then(Place::of).and_then(|place| place.page.report());
                        if let Some(report) = report {
                            let pairs = filter.iter().map(|(name, value)| (name.as_str(), value.as_str()));
                            open(with_query(&path, &Query::from_pairs(report, pairs)));
                        }
                    }
                }
            }
        };
        let listening = window_event_listener(ev::message, on_message);
        on_cleanup(move || listening.remove());
        let click = wanted::watch(toasts);
        on_cleanup(move || click.remove());
        greet_once();
    });
    tell_where();
}

/// The address below `/embed`, as the portal knows it.
fn page_of(path: &str) -> String {
    let search = window().location().search().unwrap_or_default();
    format!("{}{search}", mount().inside(path).unwrap_or_default())
}

/// What the page calls itself, drawn or not.
fn title(path: &str) -> String {
    let words = use_words();
    let page = mount().inside(path).and_then(Place::of).map(|place| place.page);
    match page.and_then(Page::report) {
        Some(report) => (words.texts)(report).title.to_owned(),
        None if page == Some(Page::Parameters) => words.frame.parameters.to_owned(),
        None => words.frame.settings.to_owned(),
    }
}

/// Tells each address that is come to, once the page that goes with it is drawn.
fn tell_where() {
    let location = use_location();
    let told = StoredValue::new(String::new());
    Effect::new(move |before: Option<()>| {
        location.pathname.track();
        location.search.track();
        if before.is_none() {
            told.set_value(page_of(&location.pathname.get_untracked()));
            return;
        }
        request_animation_frame(move || {
            let Some(path) = location.pathname.try_get_untracked() else { return };
            let page = page_of(&path);
            if told.try_get_value().is_some_and(|told| told != page) {
                told.set_value(page.clone());
                portal::tell(ToPortal::Navigate { page, title: title(&path) });
            }
        });
    });
}

/// What has been heard in the present second, and what was passed over since the page was loaded.
#[derive(Clone, Default)]
struct Heard(Rc<RefCell<(f64, u32, u32)>>);

impl Heard {
    /// A message of ours, whole and of this version; `None` for anything else.
    fn read(&self, event: &MessageEvent) -> Option<ToFrame> {
        let now = js_sys::Date::now();
        {
            let mut state = self.0.borrow_mut();
            if now - state.0 >= 1000.0 {
                (state.0, state.1) = (now, 0);
            }
            state.1 += 1;
            if state.1 > PER_SECOND {
                return None;
            }
        }
        let data = event.data();
        // What is not ours is not even measured.
        let Some(said) = ToFrame::read(&|name| pieces::field(&data, name)) else {
            if pieces::field(&data, "postroom") != Piece::Nothing {
                looks::warn("a message was passed over: see /embed.schema.json for what each field has to be");
            }
            return None;
        };
        let json = js_sys::JSON::stringify(&data).ok()?;
        (json.length() as usize <= MAX_MESSAGE_BYTES).then_some(said)
    }

    /// Counted where whoever wonders can see it.
    fn dropped(&self) {
        let mut state = self.0.borrow_mut();
        state.2 = state.2.saturating_add(1);
        browser::set_root("data-dropped-messages", Some(&state.2.to_string()));
    }
}
