use std::{
    net::SocketAddr,
    panic::{AssertUnwindSafe, resume_unwind},
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{Request, StatusCode, header},
};
use calliyo_app::server::{Hub, Passwords, Random, Services};
use calliyo_db::{roles, users};
use calliyo_domain::{clock::Clock, user::NewUser};
use calliyo_server::{
    http::{AppState, router},
    jobs, start,
};
use futures::FutureExt as _;
use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tokio::sync::watch;
use tower::ServiceExt as _;

/// 2026-05-11 09:00 in Kolkata, a Monday.
pub const MONDAY: i64 = 1_778_470_200_000;

const PASSWORD: &str = "a good password";

/// The product in-process, on a database of its own, with a clock that the test moves.
pub struct Company {
    pub services: Services,
    router: Router,
    clock: Arc<AtomicI64>,
    _stop: watch::Sender<bool>,
}

/// An answer's text, the cookie that it sets, and where it leads.
struct Reply {
    text: String,
    cookie: String,
    location: String,
}

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub struct Person {
    pub id: i64,
    pub name: String,
    cookie: String,
}

pub async fn on_sqlite(test: impl AsyncFnOnce(&Company)) {
    let folder = tempfile::tempdir().unwrap();
    run(&format!("sqlite:{}", folder.path().join("calliyo.db").display()), test).await;
}

pub async fn on_postgres(test: impl AsyncFnOnce(&Company)) {
    let server = std::env::var("CALLIYO_TEST_POSTGRES").expect("run through scripts/postgres");
    let name = format!("calliyo_replay_{}", std::process::id());
    let (base, _) = server.rsplit_once('/').expect("postgres://host/database");
    execute(&server, format!("CREATE DATABASE {name}")).await;
    let ended = AssertUnwindSafe(run(&format!("{base}/{name}"), test)).catch_unwind().await;
    execute(&server, format!("DROP DATABASE {name} WITH (FORCE)")).await;
    if let Err(panic) = ended {
        resume_unwind(panic);
    }
}

async fn execute(server: &str, sql: String) {
    let mut connection = PgConnection::connect(server).await.expect("CALLIYO_TEST_POSTGRES answers");
    sqlx::query(AssertSqlSafe(sql)).execute(&mut connection).await.expect("the test server obeys");
}

async fn run(url: &str, test: impl AsyncFnOnce(&Company)) {
    let clock = Arc::new(AtomicI64::new(MONDAY));
    let (hand, draws) = (clock.clone(), AtomicU64::new(0));
    let services = Services {
        db: start::open(url).await.unwrap(),
        clock: Clock::new(move || hand.load(Ordering::Relaxed)),
        random: Random::new(move || {
            let mut bytes = [7; 32];
            bytes[..8].copy_from_slice(&draws.fetch_add(1, Ordering::Relaxed).to_le_bytes());
            bytes
        }),
        passwords: Passwords::new(2, [1; 32]),
        hub: Hub::default(),
        secure: false,
        memo: None,
    };
    let (stop, stopping) = watch::channel(false);
    let router = router(AppState::new(services.clone(), false, stopping));
    let company = Company { services, router, clock, _stop: stop };
    test(&company).await;
    company.services.db.close().await;
}

impl Company {
    pub fn set_clock(&self, at: i64) {
        self.clock.store(at, Ordering::Relaxed);
    }

    /// Adds a user and signs in.
    pub async fn hire(&self, name: &str, role: &str, cap: i64) -> Person {
        let email = format!("{name}@example.com");
        let hash = self.services.passwords.hash(PASSWORD.to_owned(), [3; 32]).await.unwrap();
        let mut tx = self.services.db.write().await.unwrap();
        let role = roles::by_name(&mut tx, role).await.unwrap().unwrap();
        let user = NewUser::new(name, &email, cap).unwrap();
        let id = users::add(&mut tx, &user, role, &hash, MONDAY).await.unwrap();
        tx.commit().await.unwrap();
        let mut person = Person { id, name: name.to_owned(), cookie: String::new() };
        self.sign_in(&mut person).await;
        person
    }

    pub async fn sign_in(&self, person: &mut Person) {
        let email = format!("{}@example.com", person.name);
        let form = form(&[("email", &email), ("password", PASSWORD)]);
        let cookie = self.send(request("/api/sign-in", "", form)).await.cookie;
        person.cookie = cookie.split(';').next().unwrap_or_default().to_owned();
    }

    pub async fn get(&self, path: &str, who: &Person) -> Value {
        serde_json::from_str(&self.text(path, who).await).unwrap()
    }

    pub async fn text(&self, path: &str, who: &Person) -> String {
        let request = Request::get(path).header(header::COOKIE, &who.cookie).header(header::ACCEPT, "application/json");
        self.send(request.body(Body::empty()).unwrap()).await.text
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)], who: &Person) -> Value {
        let answer = self.send(request(path, &who.cookie, form(fields))).await;
        serde_json::from_str(&answer.text).unwrap()
    }

    /// Brings the file, says that its columns are what they are called, and has it taken in.
    pub async fn import(&self, file: &[u8], who: &Person) {
        let head = "--frontier\r\nContent-Disposition: form-data; name=\"file\"; filename=\"leads.csv\"\r\n\
                    Content-Type: text/csv\r\n\r\n";
        let body = [head.as_bytes(), file, b"\r\n--frontier--\r\n"].concat();
        let request = Request::post("/leads/import")
            .header(header::COOKIE, &who.cookie)
            .header("calliyo-for", whose(&who.cookie))
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=frontier");
        let draft = self.send(request.body(body.into()).unwrap()).await.location;
        let draft = draft.strip_prefix("/leads/import/drafts/").expect("the look at the file");
        let columns = ["first_name", "last_name", "phone", "email", "status", "tags"].map(|name| ("columns[]", name));
        self.post("/api/leads/import/start", &[&[("id", draft)][..], &columns].concat(), who).await;
        assert!(jobs::take_next(&self.services).await.unwrap());
    }

    /// Runs a job now.
    pub async fn run(&self, job: &str, who: &Person) {
        let run = self.post("/api/jobs/run", &[("job", job)], who).await["started"]["run"].as_i64().unwrap();
        assert!(jobs::take_up(&self.services, run).await.unwrap());
    }

    async fn send(&self, mut request: Request<Body>) -> Reply {
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([192, 0, 2, 1], 4711))));
        let path = request.uri().clone();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let status = answer.status();
        let head =
            |name| answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        let [cookie, location] = [header::SET_COOKIE, header::LOCATION].map(head);
        let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        let text = String::from_utf8_lossy(&body).into_owned();
        // The file that is posted leads on to the look at it.
        assert!([StatusCode::OK, StatusCode::SEE_OTHER].contains(&status), "{path}: {status} {text}");
        Reply { text, cookie, location }
    }
}

fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// Whose the session of this cookie is, as their pages say it.
fn whose(cookie: &str) -> &str {
    cookie.split_once('=').and_then(|(_, token)| token.split_once('.')).map_or("", |(person, _)| person)
}

fn request(path: &str, cookie: &str, form: String) -> Request<Body> {
    Request::post(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, cookie)
        .header("calliyo-for", whose(cookie))
        .header(header::ACCEPT, "application/json")
        .header(header::REFERER, "http://localhost/")
        .body(form.into())
        .unwrap()
}
