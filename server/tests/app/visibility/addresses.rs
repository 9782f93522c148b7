use std::{
    collections::BTreeSet,
    convert::Infallible,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use calliyo_app::App;
use futures::stream;
use leptos_axum::generate_route_list;

use super::{
    World,
    table::{Line, lines},
    written,
};
use crate::support::{Answer, FOR, whose};

/// The kinds of addresses.
const KINDS: &[&str] = &["page", "file", "read", "post"];

async fn ask(world: &World, line: &Line, cookie: &str) -> Answer {
    let app = &world.app;
    match line.kind {
        "page" => app.page(line.subject, cookie).await,
        "read" | "file" => app.get(line.subject, cookie).await,
        "post" => {
            let (path, form) = line.subject.split_once('?').unwrap_or((line.subject, ""));
            let form: Vec<_> = form.split('&').filter_map(|part| part.split_once('=')).collect();
            app.post(path, &form, cookie).await
        }
        kind => panic!("what is a {kind}?"),
    }
}

#[tokio::test]
async fn each_address_answers_each_viewer_as_the_table_says() {
    let world = World::new().await;
    let mut wrong = Vec::new();
    for line in lines(KINDS) {
        for (person, expected) in world.people.iter().zip(&line.expected) {
            // The one write that those who may see anything may always do ends the session: last of all.
            let before = written(&world.app).await;
            let answer = ask(&world, &line, &person.cookie).await;
            let led = answer.status.is_redirection() && answer.header("location").starts_with("/sign-in");
            let got = if led { "in".to_owned() } else { answer.status.as_u16().to_string() };
            if got != *expected {
                wrong.push(format!("{} {} for {:?}: {got}, not {expected}", line.kind, line.subject, person.viewer));
            }
            let refused = [StatusCode::FORBIDDEN, StatusCode::UNAUTHORIZED, StatusCode::NOT_FOUND];
            let counts_tries = line.subject.contains("password=");
            if refused.contains(&answer.status) && !counts_tries {
                assert_eq!(written(&world.app).await, before, "{} wrote for {:?}", line.subject, person.viewer);
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Where it doesn't matter for whom the page was made.
const ANYBODYS: [&str; 3] = ["/api/sign-in", "/api/create-first-admin", "/api/set-theme"];

#[tokio::test]
async fn no_address_takes_a_form_that_was_made_for_somebody_else() {
    let world = World::new().await;
    let (manager, agent) = (&world.people[1], &world.people[2]);
    let lines: Vec<_> = lines(&["post"]).map(|line| line.subject).chain(["/leads/import?note=secret"]).collect();
    for subject in lines {
        let (path, form) = subject.split_once('?').unwrap_or((subject, ""));
        if ANYBODYS.contains(&path) {
            continue;
        }
        let mut form: Vec<_> = form.split('&').filter_map(|part| part.split_once('=')).collect();
        form.extend([("note", "secret"), ("call[note]", "secret")]);
        let before = written(&world.app).await;
        // Who signed in beside, and whose page says nothing at all.
        for made_for in [Some(whose(&agent.cookie)), Some(""), None] {
            let by_script = (path, "application/json");
            let answer = world.app.post_for(made_for, by_script, &form, &manager.cookie).await;
            assert_eq!(answer.status, StatusCode::CONFLICT, "{path} {made_for:?}: {answer:?}");
            assert_eq!(answer.json()["another_person"]["name"], "manager", "{path}");
            let plain = world.app.post_for(made_for, (path, "text/html"), &form, &manager.cookie).await;
            let location = plain.header("location");
            assert!(location.starts_with("/account?form=whose&problem="), "{path}: {plain:?}");
            assert!(!location.contains("secret"), "{path}: what was typed stays with who typed it");
            let page = world.app.page(location, &manager.cookie).await.body;
            assert!(page.contains("You are signed in as manager now"), "{path}: {page}");
        }
        assert_eq!(written(&world.app).await, before, "{path} has written");
    }
}

/// A browser shows no answer that comes before it has sent everything.
#[tokio::test]
async fn a_file_that_is_refused_is_heard_out() {
    let world = World::new().await;
    let (manager, agent) = (&world.people[1], &world.people[2]);
    let sent = Arc::new(AtomicUsize::new(0));
    let counts = sent.clone();
    let parts = std::iter::repeat_n(vec![b'x'; 100_000], 50);
    let body = Body::from_stream(stream::iter(parts.map(move |part| {
        counts.fetch_add(1, Ordering::SeqCst);
        Ok::<_, Infallible>(part)
    })));
    let request = Request::post("/leads/import")
        .header(header::COOKIE, &manager.cookie)
        .header(FOR, whose(&agent.cookie))
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=frontier");
    let answer = world.app.send(request.body(body).unwrap()).await;
    assert!(answer.header("location").starts_with("/account?form=whose"), "{answer:?}");
    assert_eq!(sent.load(Ordering::SeqCst), 50);
}

#[tokio::test]
async fn another_session_of_the_same_person_takes_the_form() {
    let world = World::new().await;
    let agent = &world.people[2];
    let again = world.app.sign_in("agent@example.com").await;
    assert_ne!(again, agent.cookie);
    let page = world.app.page("/account", &agent.cookie).await.body;
    assert!(page.contains(&format!("data-for=\"{}\"", agent.id)), "{page}");
    assert!(page.contains(&format!("action=\"/api/sign-out?for={}\"", agent.id)), "{page}");
    let out = world.app.post_for(Some(&agent.id.to_string()), ("/api/sign-out", "application/json"), &[], &again).await;
    assert_eq!(out.status, StatusCode::OK, "{out:?}");
}

#[tokio::test]
async fn what_one_typed_is_not_brought_back_to_another() {
    let world = World::new().await;
    let (manager, agent) = (&world.people[1], &world.people[0]);
    let form = [("lead[first_name]", "Typed by one")];
    let back = world.app.post_plain("/api/leads/add", &form, &manager.cookie).await;
    let page = back.header("location");
    assert!(world.app.page(page, &manager.cookie).await.body.contains("Typed by one"));
    let another = world.app.page(page, &agent.cookie).await;
    assert!(another.status.is_redirection() && !another.header("location").contains("Typed"), "{another:?}");
}

#[tokio::test]
async fn the_table_has_every_page_and_every_server_function() {
    let path = |line: &Line| line.subject.split('?').next().unwrap();
    let functions: BTreeSet<&str> = lines(&["read", "post"]).map(|line| path(&line)).collect();
    for (registered, method) in leptos::server_fn::axum::server_fn_paths() {
        assert!(functions.contains(registered), "{method} {registered} is missing from the table");
        let kind = if method == Method::GET { "read" } else { "post" };
        assert!(lines(KINDS).any(|line| line.kind == kind && path(&line) == registered), "{registered} is a {kind}");
    }
    let pages: Vec<Vec<&str>> = lines(&["page"]).map(|line| path(&line).split('/').collect()).collect();
    for route in generate_route_list(App) {
        let route: Vec<&str> = route.path().split('/').collect();
        let listed = pages.iter().any(|page| {
            page.len() == route.len()
                && page
                    .iter()
                    .zip(&route)
                    .all(|(page, part)| page == part || (part.starts_with('{') && !page.is_empty()))
        });
        assert!(listed, "{} is missing from the table", route.join("/"));
    }
}
