/// The load of user `u`, as a column: owned leads whose status is on the queue.
macro_rules! load {
    () => {
        "(SELECT count(*) FROM leads l JOIN statuses s ON s.id = l.status_id AND s.on_queue WHERE l.owner_id = u.id) AS load"
    };
}
