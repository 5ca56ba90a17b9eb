//! The first page of a report, where the server draws it and where it doesn't: in a frame, or after another page.

use super::{changes::can_change, drawing::ON_SERVER, query_of_address};
use crate::{
    api::{
        Answer, ApiFailure,
        held::{Fetched, address, report_held},
        reports::report_page,
    },
    ui::browser::sleep,
};
use domain::{
    Failure,
    report::{HELD_ROWS_MAX, Held, Page, Query, ReportName},
};
use futures::{
    channel::oneshot::{self, Receiver},
    future::{Either, select},
};
use js_sys::{Function, Promise, Reflect};
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use std::{cell::RefCell, pin::pin};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Up to here all rows are as fast as a page of them, and filters work as soon as they are read.
const AT_ONCE: u64 = 1_000;

const PATIENCE_MS: i32 = 100;

/// All rows, as far as the browser may hold them.
const ALL: u64 = HELD_ROWS_MAX;

thread_local! {
    /// From the answer to the report that it is for.
    static COME: RefCell<Option<(ReportName, Held, String)>> = const { RefCell::new(None) };
    /// What has been asked for before there was a report.
    static AHEAD: RefCell<Option<(ReportName, Receiver<Answer<Fetched>>)>> = const { RefCell::new(None) };
}

/// Where a document's rows are, for the browser to fetch while the program is on its way.
pub fn address_ahead(name: ReportName) -> String {
    address(name, AT_ONCE)
}

/// Fetches the rows that the document names, before it is taken over: the first key finds them here.
pub fn fetch_ahead() {
    let named =
        document().query_selector("link[data-rows]").ok().flatten().and_then(|link| link.get_attribute("data-rows"));
    let Some(name) = named.and_then(|code| ReportName::parse(&code)) else { return };
    let (tell, told) = oneshot::channel();
    AHEAD.set(Some((name, told)));
    // Before there is anything of the framework's.
    spawn_local(async move {
        let _ = tell.send(report_held(name, AT_ONCE, "", false).await);
    });
}

/// The page is not taken over before they are here, if they are as good as here: what has been typed is answered with it.
pub async fn await_ahead() {
    let Some((name, told)) = AHEAD.take() else { return };
    match select(told, pin!(sleep(PATIENCE_MS))).await {
        Either::Left((Ok(answer), _)) => {
            let (tell, told) = oneshot::channel();
            let _ = tell.send(answer);
            AHEAD.set(Some((name, told)));
        }
        Either::Left(_) => {}
        Either::Right(((), told)) => AHEAD.set(Some((name, told))),
    }
}

/// What is typed is answered here from now on; what has been, is in sight first (`frontend/early.js`).
pub async fn end_early() {
    let end = Reflect::get(&window(), &"endEarly".into()).ok().and_then(|end| end.dyn_into::<Function>().ok());
    let ended = end.and_then(|end| end.call0(&JsValue::UNDEFINED).ok()).map(JsCast::unchecked_into::<Promise>);
    if let Some(ended) = ended {
        let _ = JsFuture::from(ended).await;
    }
}

/// The rows of a report, as far as the browser may hold them: those that are on their way already, or else fetched.
pub async fn all_rows(name: ReportName, known: &str) -> Answer<Fetched> {
    let ahead = AHEAD.take().filter(|(of, _)| *of == name);
    if let Some((_, told)) = ahead {
        match told.await.unwrap_or(Err(ApiFailure(Failure::Unreachable))) {
            Ok(Fetched::TooMany) => {}
            answer => return answer,
        }
    }
    report_held(name, ALL, known, !known.is_empty() && can_change()).await
}

/// The first page, fetched while the server renders.
pub fn first_page(name: ReportName) -> Resource<Answer<Page>> {
    let query = query_of_address(name);
    COME.take();
    Resource::new_blocking(
        || (),
        move |()| {
            let query = query.clone();
            async move {
                if ON_SERVER || name.only_grows() {
                    report_page(name, query).await
                } else {
                    SendWrapper::new(short_or_page(name, query)).await
                }
            }
        },
    )
}

async fn short_or_page(name: ReportName, query: Query) -> Answer<Page> {
    match report_held(name, AT_ONCE, "", false).await? {
        Fetched::Rows(held, revision) => {
            let page = held.page(&query);
            COME.set(Some((name, *held, revision)));
            Ok(page)
        }
        Fetched::TooMany | Fetched::Unchanged | Fetched::Changes(..) => report_page(name, query).await,
    }
}

/// The rows that came in place of the first page or ahead of it, and their revision.
pub fn come(name: ReportName) -> Option<(Held, String)> {
    if let Some((of, mut told)) = AHEAD.take() {
        match told.try_recv() {
            Ok(Some(Ok(Fetched::Rows(held, revision)))) => COME.set(Some((of, *held, revision))),
            // They are waited for by whoever asks for all.
            Ok(None) => AHEAD.set(Some((of, told))),
            // What there is to say is said to whoever asks again.
            _ => {}
        }
    }
    COME.take().filter(|(of, ..)| *of == name).map(|(_, held, revision)| (held, revision))
}
