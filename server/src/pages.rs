//! The pages: rendered whole by the server, so that they can be read before any script runs, and without one.

use crate::{document::document, language, mount::prefixed, router::AppState};
use app::{
    api::ssr::Caller,
    mount::{EMBED, Embed, Mount},
};
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, Response, StatusCode, Uri, header},
    routing::get,
};
use domain::{
    portal::{Looks, Origin},
    report::ReportName,
    taste::Tastes,
};
use leptos::prelude::provide_context;
use service::Actor;
use words::Language;

/// Where one arrives.
const HOME: &str = "/settings/email/smtp";

/// The application answers at its own addresses, and at the same ones in a frame; what it does not know is answered with its
/// "not found".
pub fn routes() -> Router<AppState> {
    // Asked for what comes with it: from then on tokio runs what rendering spawns.
    drop(leptos_axum::generate_route_list(app::App));
    let home = || async { found(HOME.to_owned()) };
    let framed = |uri: Uri| async move {
        let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
        found(format!("{EMBED}{HOME}{query}"))
    };
    let mut router = Router::new();
    for path in ["/", "/settings"] {
        router = router.route(path, get(home));
    }
    for path in ["/embed", "/embed/", "/embed/settings"] {
        router = router.route(path, get(framed));
    }
    for path in ["/sign-in", "/setup"] {
        router = router.route(path, get(page));
    }
    router.route("/settings/{*place}", get(place)).route("/embed/settings/{*place}", get(place)).fallback(missing)
}

fn found(to: String) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::FOUND;
    response.headers_mut().extend(HeaderValue::from_str(&to).ok().map(|to| (header::LOCATION, to)));
    response
}

async fn place(state: State<AppState>, request: Request) -> Response<Body> {
    let path = request.uri().path();
    if app::Place::of(path.strip_prefix(EMBED).unwrap_or(path)).is_some() {
        page(state, request).await
    } else {
        missing(state, request).await
    }
}

async fn page(State(state): State<AppState>, mut request: Request) -> Response<Body> {
    let AppState { service, site, portal, .. } = state;
    let mount = Mount {
        base: site.base.clone(),
        embed: embed(request.uri(), &portal.origins),
        single_sign_on: service.oidc_on(),
        theme: site.theme.is_some(),
    };
    if !site.base.is_empty()
        && let Some(uri) = prefixed(request.uri(), &site.base)
    {
        *request.uri_mut() = uri;
    }
    let language = request.extensions().get::<Language>().copied().unwrap_or_default();
    let tastes = request.extensions().get::<Tastes>().copied().unwrap_or_default();
    let caller = request.extensions().get::<Caller>().and_then(|caller| caller.0.as_ref());
    let ahead = rows_ahead(request.uri().path(), &mount, caller);
    let theme = site.theme.as_ref().map(|theme| theme.version.clone());
    let render = leptos_axum::render_app_async_with_context(
        move || {
            provide_context(service.clone());
            provide_context(mount.clone());
            provide_context(words::words(language));
        },
        move || document(theme.clone(), tastes, ahead),
    );
    let mut response = render(request).await;
    response.headers_mut().insert(header::VARY, language::VARY);
    response
}

/// The report whose rows the browser may fetch along with the page. A frame is nobody's until the portal has signed somebody in.
fn rows_ahead(path: &str, mount: &Mount, caller: Option<&Actor>) -> Option<ReportName> {
    let place = mount.inside(path).and_then(app::Place::of).filter(|_| mount.embed.is_none())?;
    let report = place.page.report().filter(|report| !report.only_grows());
    report.filter(|report| caller.is_some_and(|caller| caller.may(report.read_action())))
}

/// How a frame is to look stands in its address; who may frame it, in the settings.
fn embed(uri: &Uri, origins: &[Origin]) -> Option<Embed> {
    uri.path().strip_prefix(EMBED).filter(|rest| rest.starts_with('/'))?;
    let pairs: Vec<(String, String)> = axum::extract::Query::try_from_uri(uri).map(|query| query.0).unwrap_or_default();
    let looks = Looks::of(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    Some(Embed { origins: origins.iter().map(ToString::to_string).collect(), looks })
}

async fn missing(state: State<AppState>, request: Request) -> Response<Body> {
    let mut response = page(state, request).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}
