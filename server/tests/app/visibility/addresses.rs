use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use calliyo_app::App;
use leptos_axum::generate_route_list;

use super::{
    World,
    table::{Line, lines},
    written,
};
use crate::support::Answer;

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
