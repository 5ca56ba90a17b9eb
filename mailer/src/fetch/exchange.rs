//! One request and its answer over a connection that is there. Nothing is decoded and no cookie is kept.

use super::{FetchError, Fetched, Form, MAX_FILE_BYTES};
use http::{Method, Request, StatusCode, Uri, header};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::{body::Bytes, client::conn::http1};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};

/// No honest answer has more header fields or a longer header.
const MAX_FIELDS: usize = 64;
const MAX_HEADER_BYTES: usize = 16 * 1024;

pub(super) enum Answer {
    File(Fetched),
    /// A redirect, to this `Location`.
    Elsewhere(String),
}

/// With a form it is a POST of it, without one a GET.
pub(super) async fn ask(
    stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
    url: &Uri,
    form: Option<Form>,
) -> Result<Answer, FetchError> {
    let mut builder = http1::Builder::new();
    builder.max_headers(MAX_FIELDS).max_buf_size(MAX_HEADER_BYTES);
    let (mut sender, connection) =
        builder.handshake::<_, Full<Bytes>>(TokioIo::new(stream)).await.map_err(|error| no_answer(&error))?;
    let request = request(url, form)?;
    let work = async {
        let answer = sender.send_request(request).await.map_err(|error| no_answer(&error))?;
        let field = |name| {
            let value = answer.headers().get(name).and_then(|value| value.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        let status = answer.status();
        if status.is_redirection() && status != StatusCode::NOT_MODIFIED {
            return Ok(Answer::Elsewhere(field(header::LOCATION)));
        }
        let content_type = field(header::CONTENT_TYPE);
        let body = Limited::new(answer.into_body(), MAX_FILE_BYTES)
            .collect()
            .await
            .map_err(|error| if error.is::<LengthLimitError>() { FetchError::TooLarge } else { FetchError::Cut })?;
        let body = body.to_bytes().to_vec();
        Ok(Answer::File(Fetched { url: url.to_string(), status: status.as_u16(), content_type, body }))
    };
    // Dropped together: when the answer is there, so is the end of the connection.
    tokio::pin!(connection);
    tokio::pin!(work);
    let mut open = true;
    loop {
        tokio::select! {
            biased;
            answer = &mut work => return answer,
            _ = &mut connection, if open => open = false,
        }
    }
}

fn request(url: &Uri, form: Option<Form>) -> Result<Request<Full<Bytes>>, FetchError> {
    let path = url.path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
    let host = url.authority().map(http::uri::Authority::as_str).unwrap_or_default();
    let mut request = Request::builder()
        .uri(path)
        .header(header::HOST, host)
        .header(header::USER_AGENT, "Postroom")
        .header(header::CONNECTION, "close");
    if let Some(authorization) = form.as_ref().and_then(|form| form.authorization.clone()) {
        request = request.header(header::AUTHORIZATION, authorization);
    }
    request = match &form {
        Some(_) => request
            .method(Method::POST)
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded"),
        None => request.header(header::ACCEPT, "*/*"),
    };
    request.body(Full::new(form.map(|form| form.body).unwrap_or_default())).map_err(|_| FetchError::Url)
}

/// What makes no sense is no HTTP; all else is a connection that did not last.
fn no_answer(error: &hyper::Error) -> FetchError {
    if error.is_parse() { FetchError::NotHttp } else { FetchError::Cut }
}
