//! Listening, saying so, and ending well: what is under way is finished, then the store is closed.

use crate::{command::open, config::Config, metrics, router::router};
use std::{net::SocketAddr, time::Duration};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};
use tokio_util::sync::CancellationToken;

/// How long a request may go on after SIGTERM before the process ends all the same.
const GRACE: Duration = Duration::from_secs(20);

pub async fn serve(config: Config) -> Result<(), String> {
    let service = open(&config).await?;
    let listener = bind("--listen (POSTROOM_LISTEN)", config.listen).await?;
    let metrics = match config.metrics_listen {
        Some(address) => Some(bind("--metrics-listen (POSTROOM_METRICS_LISTEN)", address).await?),
        None => None,
    };
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let url = config.site.address().unwrap_or_else(|| format!("http://{address}{}", config.site.base));
    say_hello(&service, &url).await;

    let stopping = CancellationToken::new();
    if let Some(listener) = metrics {
        let address = listener.local_addr().map_err(|error| error.to_string())?;
        println!("Metrics are at http://{address}/metrics");
        let server = axum::serve(listener, metrics::routes(service.clone()));
        tokio::spawn(server.with_graceful_shutdown(stopping.clone().cancelled_owned()).into_future());
    }
    let (worker, stop) = (service.clone(), stopping.clone());
    let worker = tokio::spawn(async move {
        tokio::join!(worker.outbox_run(stop.clone()), worker.schedules_run(stop.clone()), worker.health_run(stop))
    });
    let reports = service.clone();
    tokio::spawn(async move { reports.reports_prepare().await });
    if config.deaf {
        tracing::warn!(
            "--embed-origins lets portals frame the pages, but nobody can sign in there: a token's key or a proxy's header is missing"
        );
    }
    let app = router(service.clone(), config.site.clone(), config.portal, stopping.clone());
    let server = axum::serve(listener, app.into_make_service_with_connect_info::<SocketAddr>())
        .with_graceful_shutdown(stopping.clone().cancelled_owned());
    let mut running = tokio::spawn(async move { server.await });
    tokio::select! {
        ended = &mut running => return Err(format!("stopped listening: {ended:?}")),
        () = asked_to_stop() => stopping.cancel(),
    }
    if tokio::time::timeout(GRACE, running).await.is_err() {
        tracing::warn!("some requests did not end in {} s and were cut", GRACE.as_secs());
    }
    if tokio::time::timeout(GRACE, worker).await.is_err() {
        tracing::warn!("some messages were being sent after {} s and were cut off", GRACE.as_secs());
    }
    service.close().await;
    Ok(())
}

async fn bind(setting: &str, address: SocketAddr) -> Result<TcpListener, String> {
    TcpListener::bind(address).await.map_err(|error| format!("{setting}: {address}: {error}"))
}

/// Where it is and, while nobody can sign in, how to begin. On standard output: the log is on the other stream.
async fn say_hello(service: &service::Service, url: &str) {
    println!("Postroom listens on {url}");
    match service.setup_token().await {
        Ok(Some(token)) => println!("Set-up link, works once: {url}/setup?token={token}"),
        Ok(None) => {}
        Err(failure) => tracing::error!(?failure, "no set-up link"),
    }
}

async fn asked_to_stop() {
    let terminate = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = terminate => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
