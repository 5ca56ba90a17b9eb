//! The usual verbs, written once for every resource: list, make, read, replace, patch, delete.

use super::{
    auth::Asker,
    body::{Body as JsonBody, merge},
    fields::{Field, Object, check},
    list::{Asked, asked},
    precondition::{may_match, must_match, tag},
};
use crate::{problem::Problem, router::AppState};
use axum::{
    body::Body,
    extract::{FromRequestParts, Path, Query, State, rejection::QueryRejection},
    http::{HeaderMap, HeaderValue, Response, StatusCode, header, request::Parts},
};
use domain::{Action, Failure, report::ReportName};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use service::{Actor, Answer, Service};

/// One of the things there are, as the API shows it.
pub struct Shown {
    pub id: i64,
    pub version: i64,
    pub object: Object,
}

/// What makes one resource differ from another.
pub trait Resource: 'static {
    /// Its place below `/api/v1`.
    const NAME: &'static str;
    const REPORT: ReportName;
    /// What one must be allowed to do to change it. Asked here for the order of refusals alone; `service` decides.
    const CHANGE: Action;
    const FIELDS: &'static [Field];
    /// What the server sets itself, besides id and version.
    const READ_ONLY: &'static [&'static str];
    type Draft: DeserializeOwned + Send;

    /// Fields that follow others where they are left out.
    fn complete(_checked: &mut Object) {}

    fn list(
        service: &Service,
        actor: &Actor,
        filter: &domain::report::Query,
        after: i64,
        limit: u32,
    ) -> impl Future<Output = Answer<Vec<Shown>>> + Send;

    fn get(service: &Service, actor: &Actor, id: i64) -> impl Future<Output = Answer<Shown>> + Send;

    fn create(service: &Service, actor: &Actor, draft: Self::Draft) -> impl Future<Output = Answer<Shown>> + Send;

    fn update(
        service: &Service,
        actor: &Actor,
        id: i64,
        version: i64,
        draft: Self::Draft,
    ) -> impl Future<Output = Answer<Shown>> + Send;

    fn delete(
        service: &Service,
        actor: &Actor,
        id: i64,
        version: Option<i64>,
    ) -> impl Future<Output = Answer<()>> + Send;
}

pub type Outcome = Result<Response<Body>, Problem>;

pub async fn list<R: Resource>(State(state): State<AppState>, Asker(actor): Asker, query: AskedQuery) -> Outcome {
    let asked = asked_of(R::REPORT, query)?;
    // One more than asked for says whether there is more.
    let found = R::list(&state.service, &actor, &asked.filter, asked.after, asked.limit + 1).await?;
    Ok(page(R::NAME, &asked, found.into_iter().map(|shown| (shown.id, shown.object)).collect()))
}

/// A query string's pairs, or why it has none.
pub type AskedQuery = Result<Query<Vec<(String, String)>>, QueryRejection>;

pub fn asked_of(report: ReportName, query: AskedQuery) -> Result<Asked, Problem> {
    let Query(pairs) = query.map_err(|rejection| {
        Problem::new(rejection.status(), "query", "The query can't be read", "It is not percent-encoded UTF-8.")
    })?;
    asked(report, &pairs)
}

/// A page of a list, and the way to the next one. `found` is one more than asked for where there is more.
pub fn page(name: &str, asked: &Asked, mut found: Vec<(i64, Object)>) -> Response<Body> {
    let more = found.len() > asked.limit as usize;
    found.truncate(asked.limit as usize);
    let next = found.last().filter(|_| more).map(|(id, _)| *id);
    let items: Vec<_> = found.into_iter().map(|(_, object)| Value::Object(object)).collect();
    let mut response = answer(StatusCode::OK, &json!({ "items": items, "next_after": next }));
    if let Some(next) = next {
        let link = format!("</api/v1/{name}?{}&after={next}>; rel=\"next\"", asked.rest);
        response.headers_mut().extend(HeaderValue::from_str(&link).ok().map(|link| (header::LINK, link)));
    }
    response
}

pub async fn get<R: Resource>(State(state): State<AppState>, Asker(actor): Asker, Id(id): Id) -> Outcome {
    Ok(one(StatusCode::OK, R::get(&state.service, &actor, id).await?))
}

pub async fn create<R: Resource>(
    State(state): State<AppState>,
    Asker(actor): Asker,
    JsonBody(body): JsonBody,
) -> Outcome {
    may_change::<R>(&actor)?;
    let draft = draft::<R>(body, None)?;
    let shown = R::create(&state.service, &actor, draft).await?;
    let place = format!("/api/v1/{}/{}", R::NAME, shown.id);
    Ok(located(one(StatusCode::CREATED, shown), &place))
}

/// The answer with where the thing is.
pub fn located(mut response: Response<Body>, place: &str) -> Response<Body> {
    response.headers_mut().extend(HeaderValue::from_str(place).ok().map(|place| (header::LOCATION, place)));
    response
}

/// Done, and nothing to say.
pub fn nothing() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response
}

/// What is left out takes its default.
pub async fn replace<R: Resource>(
    state: State<AppState>,
    Asker(actor): Asker,
    Id(id): Id,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Outcome {
    change::<R>(&state, &actor, id, &headers, |_| body).await
}

/// What is left out stays; null takes its default.
pub async fn patch<R: Resource>(
    state: State<AppState>,
    Asker(actor): Asker,
    Id(id): Id,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Outcome {
    change::<R>(&state, &actor, id, &headers, |current| merge(current, body)).await
}

pub async fn delete<R: Resource>(
    State(state): State<AppState>,
    Asker(actor): Asker,
    Id(id): Id,
    headers: HeaderMap,
) -> Outcome {
    may_change::<R>(&actor)?;
    let mut meant = None;
    if headers.contains_key(header::IF_MATCH) {
        let version = R::get(&state.service, &actor, id).await?.version;
        may_match(&headers, version)?;
        meant = Some(version);
    }
    R::delete(&state.service, &actor, id, meant).await.map_err(moved)?;
    Ok(nothing())
}

async fn change<R: Resource>(
    state: &AppState,
    actor: &Actor,
    id: i64,
    headers: &HeaderMap,
    body: impl FnOnce(Object) -> Object,
) -> Outcome {
    may_change::<R>(actor)?;
    let before = R::get(&state.service, actor, id).await?;
    must_match(headers, before.version)?;
    let draft = draft::<R>(body(before.object.clone()), Some(&before.object))?;
    let shown = R::update(&state.service, actor, id, before.version, draft).await.map_err(moved)?;
    Ok(one(StatusCode::OK, shown))
}

fn draft<R: Resource>(body: Object, current: Option<&Object>) -> Result<R::Draft, Problem> {
    let mut checked =
        check(R::FIELDS.iter(), body, current, R::READ_ONLY).map_err(|errors| Failure::Invalid { errors })?;
    R::complete(&mut checked);
    read(checked)
}

/// Tables and drafts agree, which a test holds; an object that was checked can be read.
pub fn read<T: DeserializeOwned>(checked: Object) -> Result<T, Problem> {
    serde_json::from_value(Value::Object(checked)).map_err(|_| {
        tracing::error!("a checked body is not a draft");
        Failure::Internal { reference: "draft".to_owned() }.into()
    })
}

fn may_change<R: Resource>(actor: &Actor) -> Result<(), Problem> {
    if actor.role.may(R::CHANGE) { Ok(()) } else { Err(Failure::Forbidden.into()) }
}

/// The version moved between our look and the change.
fn moved(failure: Failure) -> Problem {
    if matches!(failure, Failure::Conflict { .. }) { Problem::version_moved() } else { failure.into() }
}

/// An id from the path. What is no number is no id of anything.
pub struct Id(pub i64);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let text = Path::<String>::from_request_parts(parts, state).await.ok();
        text.and_then(|Path(text)| text.parse().ok()).map(Self).ok_or_else(|| Failure::NotFound.into())
    }
}

fn one(status: StatusCode, shown: Shown) -> Response<Body> {
    let version = shown.version;
    let mut response = answer(status, &Value::Object(shown.object));
    response.headers_mut().insert(header::ETAG, tag(version));
    response
}

pub fn answer(status: StatusCode, body: &Value) -> Response<Body> {
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
