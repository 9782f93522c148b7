use std::{str::FromStr as _, sync::Arc};

use sqlx::postgres::PgConnectOptions;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// Stands between a server and its database, and can cut them off.
pub struct Proxy {
    open: Arc<watch::Sender<bool>>,
}

impl Proxy {
    /// Gives the address of the database through it, too.
    pub async fn before(database: &str) -> (Self, String) {
        let url = PgConnectOptions::from_str(database).unwrap();
        let address = format!("{}:{}", url.get_host(), url.get_port());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let near = listener.local_addr().unwrap().to_string();
        let through = database.replacen(&address, &near, 1);
        let open = Arc::new(watch::Sender::new(true));
        let gate = open.clone();
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                // Cut off, it takes connections only to drop them.
                if *gate.borrow() {
                    tokio::spawn(pass(near, address.clone(), gate.subscribe()));
                }
            }
        });
        (Self { open }, through)
    }

    /// Drops every connection, and each new one, until [`Self::mend`].
    pub fn cut(&self) {
        self.open.send_replace(false);
    }

    pub fn mend(&self) {
        self.open.send_replace(true);
    }
}

async fn pass(mut near: TcpStream, address: String, mut gate: watch::Receiver<bool>) {
    let Ok(mut far) = TcpStream::connect(address).await else { return };
    tokio::select! {
        _ = copy_bidirectional(&mut near, &mut far) => {}
        _ = gate.wait_for(|open| !open) => {}
    }
}
