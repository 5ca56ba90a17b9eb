//! Answers that are told line by line while something runs: one JSON object each, sent when it is there, with a sign of life in
//! between. Closing the connection ends what runs.

use axum::{
    body::{Body, Bytes},
    http::{HeaderValue, Response, header},
};
use domain::Failure;
use futures::stream;
use serde::Serialize;
use std::{future::Future, sync::Arc, time::Duration};
use tokio::{
    sync::mpsc::{UnboundedReceiver, unbounded_channel},
    task::JoinHandle,
    time::timeout,
};
use tokio_util::sync::{CancellationToken, DropGuard};

const HEARTBEAT: Duration = Duration::from_secs(5);

/// Where what runs puts its lines.
pub type Tell = Arc<dyn Fn(Bytes) + Send + Sync>;

/// Starts something; a refusal before its first line is an ordinary refusal, everything later is a line. `beat` is what is
/// said, with its number, while nothing is.
pub async fn respond<T, F>(
    stopping: &CancellationToken,
    beat: fn(u64) -> Bytes,
    run: impl FnOnce(Tell, CancellationToken) -> F,
) -> Result<Response<Body>, Failure>
where
    T: Send + 'static,
    F: Future<Output = Result<T, Failure>> + Send + 'static,
{
    let cancel = stopping.child_token();
    let (sender, mut receiver) = unbounded_channel();
    let tell: Tell = Arc::new(move |line| {
        let _ = sender.send(line);
    });
    let guard = cancel.clone().drop_guard();
    let running = tokio::spawn(run(tell, cancel));
    let Some(first) = receiver.recv().await else {
        return Err(match running.await {
            Ok(Err(failure)) => failure,
            Ok(Ok(_)) | Err(_) => Failure::Internal { reference: "lines".to_owned() },
        });
    };
    let live = Live { first: Some(first), receiver, running, beat, beats: 0, _guard: guard };
    let lines =
        stream::unfold(live, |mut live| async move { Some((Ok::<_, std::io::Error>(live.next().await?), live)) });
    let mut response = Response::new(Body::from_stream(lines));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-ndjson"));
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

pub fn line(event: &impl Serialize) -> Bytes {
    let mut text = serde_json::to_vec(event).unwrap_or_default();
    text.push(b'\n');
    text.into()
}

/// What runs. Dropped with the connection, it ends that.
struct Live<T> {
    first: Option<Bytes>,
    receiver: UnboundedReceiver<Bytes>,
    running: JoinHandle<Result<T, Failure>>,
    beat: fn(u64) -> Bytes,
    beats: u64,
    _guard: DropGuard,
}

impl<T> Live<T> {
    async fn next(&mut self) -> Option<Bytes> {
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        match timeout(HEARTBEAT, self.receiver.recv()).await {
            Ok(Some(event)) => Some(event),
            Ok(None) => {
                // The result is in its last line already; what is left is to let the task end.
                let _ = (&mut self.running).await;
                None
            }
            Err(_) => {
                self.beats += 1;
                Some((self.beat)(self.beats))
            }
        }
    }
}
