use calliyo_db::runs;
use calliyo_domain::job::{Job, RunState};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::{
    company::found,
    lost::Lock,
    world::{World, on_postgres, until},
};

/// A form whose end never comes.
const FORM: &str = "POST /api/sign-in HTTP/1.1\r\nHost: calliyo\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\
                    Content-Type: application/x-www-form-urlencoded\r\n\r\n";

#[tokio::test]
async fn a_server_that_is_told_to_stop_ends_its_run_and_waits_for_nobody_for_ever() {
    on_postgres(async |world: &World| {
        found(&world.db, world.hand.now()).await;
        let server = world.server().await;
        let mut lock = Lock::take(world).await;
        let run = world.run_now(Job::TopUp).await;
        lock.until_waited_for().await;
        let _lingerer = being_answered(&server.address).await;
        server.tell_to_stop().await;
        until("it waits for the run alone", async || world.logged("somebody was still being answered") == 1).await;
        lock.release().await;
        assert!(server.stopped().await.success());
        assert!(matches!(world.outcome(run).await, RunState::Done { .. }));
        assert_eq!(runs::open(&mut world.db.read().await.unwrap()).await.unwrap(), []);
        world.assert_clean().await;
    })
    .await;
}

/// Somebody whom the server has told to go on with what they send.
async fn being_answered(address: &str) -> TcpStream {
    let mut connection = TcpStream::connect(address).await.unwrap();
    connection.write_all(FORM.as_bytes()).await.unwrap();
    let mut told = [0; 25];
    connection.read_exact(&mut told).await.unwrap();
    assert_eq!(told, *b"HTTP/1.1 100 Continue\r\n\r\n");
    connection
}
