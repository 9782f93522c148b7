use crate::{
    days::{ON_TIME, assert_exactly_once, lateness},
    journey::{Journey, TIMES},
    world::{World, on_sqlite},
};

/// In how many days the machine is to be free enough once.
const DAYS: usize = 5;

/// As the product runs: nothing looks at the clock but the schedule itself.
#[tokio::test]
async fn a_server_by_its_own_tick_begins_a_run_in_time() {
    on_sqlite(async |world: &World| {
        let days = Journey::of(world, DAYS).await;
        let _server = world.server().await;
        let mut moments = days.part(world, 0, TIMES[0]).await;
        let mut late = Vec::new();
        for moment in &moments {
            world.hand.set(moment.at - 100);
            world.until_ended(&moment.due).await;
            late.push(lateness(&world.runs().await, moment));
            if late.last().is_some_and(|late| *late <= ON_TIME) {
                break;
            }
        }
        moments.truncate(late.len());
        assert_exactly_once(&world.runs().await, &moments);
        assert!(late.iter().any(|late| *late <= ON_TIME), "none of {late:?} milliseconds late is in time");
        println!("SQLite, by the schedule's own tick: {late:?} ms late");
    })
    .await;
}
