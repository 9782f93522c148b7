use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use calliyo_app::App;
use leptos_axum::generate_route_list;

use super::{World, written};
use crate::support::Answer;

/// What each address answers to admin, manager, agent, agent with management, banned and anonymous: the status, or `in`
/// for being led to the sign-in. What follows `?` is sent as the form where it is a `post`. One that may is asked for
/// something that isn't there, where doing it would change the world for those who come after. The sixth who tries to
/// sign in with one address is held up.
const TABLE: &str = "
page /                                        302 302 302 302 in  in
page /sign-in                                 302 302 302 302 200 200
page /dashboard                               200 200 200 200 in  in
page /tasks                                   403 403 200 200 in  in
page /calls                                   200 200 200 200 in  in
page /leads                                   200 200 200 200 in  in
page /leads/new                               200 200 403 200 in  in
page /leads/import                            200 200 403 200 in  in
page /leads/import/9                          404 404 403 404 in  in
page /leads/import/drafts/9                   404 404 403 404 in  in
page /leads/9                                 404 404 404 404 in  in
page /leads/9/edit                            404 404 404 404 in  in
page /users                                   200 403 403 403 in  in
page /users/new                               200 403 403 403 in  in
page /users/999                               404 403 403 403 in  in
page /roles                                   200 403 403 403 in  in
page /roles/new                               200 403 403 403 in  in
page /roles/999                               404 403 403 403 in  in
page /account                                 200 200 200 200 in  in
page /customers                               200 200 200 200 in  in
page /customers/9                             404 404 404 404 in  in
page /reports                                 200 200 403 403 in  in
page /settings                                302 302 302 302 in  in
page /settings?tab=general                    200 403 403 403 in  in
page /settings?tab=status                     200 403 403 403 in  in
page /settings?tab=configurations             200 403 403 403 in  in
page /settings?tab=nowhere                    404 404 404 404 in  in
page /settings/runs                           200 403 403 403 in  in
page /settings/runs/9                         404 403 403 403 in  in
page /nowhere                                 404 404 404 404 in  in

file /customers/export.csv                    200 200 200 200 401 401
file /leads/export.csv                        200 200 403 200 401 401
file /reports/report.csv                      200 200 403 403 401 401
file /reports/funnel.csv                      200 200 403 403 401 401
file /leads/import/9/bad-rows.csv             404 404 403 404 401 401

read /api/session                             200 200 200 200 200 200
read /api/account                             200 200 200 200 401 401
read /api/dashboard                           200 200 200 200 401 401
read /api/tasks                               403 403 200 200 401 401
read /api/calls/today                         200 200 200 200 401 401
read /api/leads                               200 200 200 200 401 401
read /api/lead?id=9                           404 404 404 404 401 401
read /api/lead/record?id=9                    404 404 404 404 401 401
read /api/leads/count                         200 200 403 200 401 401
read /api/leads/new                           200 200 403 200 401 401
read /api/leads/imports                       200 200 403 200 401 401
read /api/leads/import?run=9                  404 404 403 404 401 401
read /api/leads/import/draft?id=9             404 404 403 404 401 401
read /api/customers                           200 200 200 200 401 401
read /api/customers/one?id=9                  404 404 404 404 401 401
read /api/reports                             200 200 403 403 401 401
read /api/users                               200 403 403 403 401 401
read /api/users/roles                         200 403 403 403 401 401
read /api/users/record?id=999                 404 403 403 403 401 401
read /api/roles                               200 403 403 403 401 401
read /api/roles/record?id=999                 404 403 403 403 401 401
read /api/statuses                            200 403 403 403 401 401
read /api/settings/section?section=top_up     200 403 403 403 401 401
read /api/jobs/panel?job=top_up               200 403 403 403 401 401
read /api/jobs/preview?job=top_up             200 403 403 403 401 401
read /api/runs                                200 403 403 403 401 401
read /api/runs/run?id=9                       404 403 403 403 401 401

post /api/set-theme?theme=dark                200 200 200 200 200 200
post /api/sign-in?email=x&password=x          401 401 401 401 401 429
post /api/create-first-admin?name=x&email=x@example.com&password=long-enough-one 403 403 403 403 403 403
post /api/calls/log?id=9                      404 404 404 404 401 401
post /api/calls/undo?id=9                     422 422 422 422 401 401
post /api/calls/correct?id=9                  404 404 404 404 401 401
post /api/lead/edit?id=9                      404 404 404 404 401 401
post /api/leads/note?id=9                     404 404 404 404 401 401
post /api/leads/next-call?id=9                404 404 404 404 401 401
post /api/leads/add                           422 422 403 422 401 401
post /api/leads/assign                        422 422 403 422 401 401
post /api/leads/status                        422 422 403 422 401 401
post /api/leads/import/start?id=9             422 422 403 422 401 401
post /api/leads/import/discard?id=9           404 404 403 404 401 401
post /api/leads/views/save                    422 422 403 422 401 401
post /api/leads/views/rename?id=9&name=x      404 404 403 404 401 401
post /api/leads/views/delete?id=9             404 404 403 404 401 401
post /api/users/add                           422 403 403 403 401 401
post /api/users/edit?id=999                   422 403 403 403 401 401
post /api/users/password?id=999               422 403 403 403 401 401
post /api/users/ban?id=999                    404 403 403 403 401 401
post /api/users/unban?id=999                  404 403 403 403 401 401
post /api/users/sessions/revoke?id=999        200 403 403 403 401 401
post /api/roles/add                           422 403 403 403 401 401
post /api/roles/edit?id=999                   422 403 403 403 401 401
post /api/roles/delete?id=999                 404 403 403 403 401 401
post /api/statuses/add                        422 403 403 403 401 401
post /api/statuses/rename?id=999&name=x       422 403 403 403 401 401
post /api/statuses/queue?id=999               422 403 403 403 401 401
post /api/statuses/move?id=999                422 403 403 403 401 401
post /api/statuses/delete?id=999              422 403 403 403 401 401
post /api/settings/save?section=top_up&version=0&password=wrong 403 403 403 403 401 401
post /api/jobs/run?job=top_up                 200 403 403 403 401 401
post /api/account/password?password=wrong      403 403 403 403 401 401
post /api/account/sessions/revoke?session=0   200 200 200 200 401 401
post /api/account/sessions/revoke-others      200 200 200 200 401 401
post /api/sign-out                            200 200 200 200 200 401
";

struct Line<'a> {
    kind: &'a str,
    address: &'a str,
    expected: Vec<&'a str>,
}

fn lines() -> impl Iterator<Item = Line<'static>> {
    TABLE.lines().filter(|line| !line.is_empty()).map(|line| {
        let mut words = line.split_whitespace();
        let line = Line { kind: words.next().unwrap(), address: words.next().unwrap(), expected: words.collect() };
        assert_eq!(line.expected.len(), 6, "{}", line.address);
        line
    })
}

async fn ask(world: &World, line: &Line<'_>, cookie: &str) -> Answer {
    let app = &world.app;
    match line.kind {
        "page" => app.page(line.address, cookie).await,
        "read" | "file" => app.get(line.address, cookie).await,
        "post" => {
            let (path, form) = line.address.split_once('?').unwrap_or((line.address, ""));
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
    for line in lines() {
        for (person, expected) in world.people.iter().zip(&line.expected) {
            // The one write that those who may see anything may always do ends the session: last of all.
            let before = written(&world.app).await;
            let answer = ask(&world, &line, &person.cookie).await;
            let led = answer.status.is_redirection() && answer.header("location").starts_with("/sign-in");
            let got = if led { "in".to_owned() } else { answer.status.as_u16().to_string() };
            if got != *expected {
                wrong.push(format!("{} {} for {:?}: {got}, not {expected}", line.kind, line.address, person.viewer));
            }
            let refused = [StatusCode::FORBIDDEN, StatusCode::UNAUTHORIZED, StatusCode::NOT_FOUND];
            let counts_tries = line.address.contains("password=");
            if refused.contains(&answer.status) && !counts_tries {
                assert_eq!(written(&world.app).await, before, "{} wrote for {:?}", line.address, person.viewer);
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn the_table_has_every_page_and_every_server_function() {
    let path = |line: &Line<'static>| line.address.split('?').next().unwrap();
    let functions: BTreeSet<&str> =
        lines().filter(|line| matches!(line.kind, "read" | "post")).map(|line| path(&line)).collect();
    for (registered, method) in leptos::server_fn::axum::server_fn_paths() {
        assert!(functions.contains(registered), "{method} {registered} is missing from the table");
        let kind = if method == Method::GET { "read" } else { "post" };
        assert!(lines().any(|line| line.kind == kind && path(&line) == registered), "{registered} is a {kind}");
    }
    let pages: Vec<Vec<&str>> =
        lines().filter(|line| line.kind == "page").map(|line| path(&line).split('/').collect()).collect();
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
