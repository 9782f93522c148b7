use std::{str::FromStr as _, sync::Arc};

use sqlx::postgres::PgConnectOptions;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional},
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// How a proxy treats connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    Open,
    /// Each is dropped, the new ones too.
    Cut,
    /// Each is dropped, and new ones are told that they may not sign in.
    Locked,
}

/// Stands between a server and its database.
pub struct Proxy(Arc<watch::Sender<Gate>>);

impl Proxy {
    /// Gives the address of the database through it, too.
    pub async fn before(database: &str) -> (Self, String) {
        let url = PgConnectOptions::from_str(database).unwrap();
        let address = format!("{}:{}", url.get_host(), url.get_port());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let near = listener.local_addr().unwrap().to_string();
        let through = database.replacen(&address, &near, 1);
        let gate = Arc::new(watch::Sender::new(Gate::Open));
        let state = gate.clone();
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                tokio::spawn(treat(near, address.clone(), state.subscribe()));
            }
        });
        (Self(gate), through)
    }

    pub fn set(&self, gate: Gate) {
        self.0.send_replace(gate);
    }
}

async fn treat(near: TcpStream, address: String, gate: watch::Receiver<Gate>) {
    let now = *gate.borrow();
    match now {
        Gate::Open => pass(near, address, gate).await,
        Gate::Cut => {}
        Gate::Locked => {
            // It may well be gone by now.
            let _ = refuse(near).await;
        }
    }
}

async fn pass(mut near: TcpStream, address: String, mut gate: watch::Receiver<Gate>) {
    let Ok(mut far) = TcpStream::connect(address).await else { return };
    tokio::select! {
        _ = copy_bidirectional(&mut near, &mut far) => {}
        _ = gate.wait_for(|gate| *gate != Gate::Open) => {}
    }
}

/// As PostgreSQL does while a role may not sign in: an answer after which nobody waits before the next try.
async fn refuse(mut near: TcpStream) -> std::io::Result<()> {
    let mut asked = [0; 1024];
    // A connection may ask for encryption first: eight bytes.
    let mut length = near.read(&mut asked).await?;
    if length == 8 {
        near.write_all(b"N").await?;
        length = near.read(&mut asked).await?;
    }
    if length == 0 {
        return Ok(());
    }
    let said = b"SFATAL\0VFATAL\0C28000\0Mrole is not permitted to log in\0\0";
    near.write_all(b"E").await?;
    near.write_all(&u32::try_from(said.len() + 4).unwrap().to_be_bytes()).await?;
    near.write_all(said).await
}
