use std::{net::SocketAddr, process::ExitCode, time::Duration};

use anyhow::Context as _;
use calliyo_app::server::Services;
use tokio::{
    net::{TcpListener, TcpSocket},
    signal,
    sync::watch,
    time::{sleep, timeout},
};

use crate::{
    clock,
    config::ServeArgs,
    http::{AppState, router},
    jobs, log, start,
};

/// How long a stopping server waits for a run at work to end.
const GRACE: Duration = Duration::from_secs(30);

/// How long it waits for those who are still being answered; some never take what they asked for.
const LINGER: Duration = Duration::from_secs(5);

/// Serves until told to stop.
pub async fn serve(url: &str, args: ServeArgs) -> anyhow::Result<ExitCode> {
    log::begin()?;
    let (db, alone) = start::open_to_serve(url).await?;
    let version = db.version().await?;
    let listener = listen_on(args.listen).with_context(|| format!("can't listen on {}", args.listen))?;
    let address = listener.local_addr()?;
    let mut services = start::services(db, args.https);
    if let Some(file) = args.test_clock {
        tracing::warn!(file = %file.display(), "a test moves the clock");
        services.clock = clock::moved_by(file);
    }
    if args.test_look_often {
        tokio::spawn(jobs::look_often(services.clone()));
    }
    let (stop, stopping) = watch::channel(false);
    let state = AppState::new(services.clone(), args.behind_proxy, stopping.clone());

    let workshop = Services { db: services.db.for_jobs(), ..services.clone() };
    let mut work = tokio::spawn(jobs::work(workshop.clone(), stopped(stopping.clone())));
    let background = [
        tokio::spawn(jobs::schedule(workshop.clone(), stopped(stopping.clone()))),
        tokio::spawn(jobs::watch(workshop.clone())),
        tokio::spawn(jobs::listen(workshop.clone())),
        tokio::spawn(jobs::housekeeping(workshop.clone())),
    ];

    println!("Calliyo {} on {version}: http://{address}", env!("CARGO_PKG_VERSION"));
    tokio::spawn(async move {
        interrupted().await;
        tracing::info!("stopping");
        stop.send_replace(true);
    });
    let site = router(state).into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, site).with_graceful_shutdown(stopped(stopping.clone()));
    tokio::select! {
        ended = serving.into_future() => ended?,
        () = patience(stopping) => tracing::warn!("somebody was still being answered"),
    }
    if timeout(GRACE, &mut work).await.is_err() {
        work.abort();
        tracing::warn!("a run was still at work; it is taken up again at the next start");
    }
    background.iter().for_each(tokio::task::JoinHandle::abort);
    workshop.db.close().await;
    services.db.close().await;
    drop(alone);
    Ok(ExitCode::SUCCESS)
}

/// How many connections may wait to be taken in: after an interruption every open page connects at once.
const WAITING: u32 = 4096;

fn listen_on(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(WAITING)
}

/// Ends some time after the server was told to stop.
async fn patience(stopping: watch::Receiver<bool>) {
    stopped(stopping).await;
    sleep(LINGER).await;
}

async fn stopped(mut stopping: watch::Receiver<bool>) {
    // An error means that the sender is gone, and the server with it.
    let _ = stopping.wait_for(|stop| *stop).await;
}

/// Ctrl-C, or the signal by which service managers stop a program.
async fn interrupted() {
    let terminate = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut terminate) => {
                terminate.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = signal::ctrl_c() => {}
        () = terminate => {}
    }
}
