use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use calliyo_app::server::{Hub, Passwords, Random, Services};
use calliyo_db::{Tx, import, roles, users};
use calliyo_domain::{clock::Clock, lead::NewLead, status, user::NewUser};
use calliyo_server::{
    http::{AppState, router},
    start,
};
use serde_json::Value;
use tokio::sync::watch;
use tower::ServiceExt as _;

pub const PASSWORD: &str = "a good password";

/// Where sections are saved, and jobs are run.
pub const SAVE: &str = "/api/settings/save";
pub const RUN: &str = "/api/jobs/run";

/// The form of Run Now.
pub const ASSIGNMENT: [(&str, &str); 1] = [("job", "auto_assignment")];

/// A form without fields.
pub const NOTHING: [(&str, &str); 0] = [];

/// The form of a section; `values` by field name.
pub fn section<'a>(
    section: &'a str,
    version: &'a str,
    values: &[(&str, &'a str)],
    password: &'a str,
) -> Vec<(String, &'a str)> {
    let head = [("section", section), ("version", version), ("password", password)];
    let head = head.map(|(name, value)| (name.to_owned(), value));
    head.into_iter().chain(values.iter().map(|(name, value)| (format!("values[{name}][]"), *value))).collect()
}

/// 2026-05-11 09:00 in Kolkata.
const START: i64 = 1_778_470_200_000;

/// Puts into the database what the product has no way for.
pub async fn execute(tx: &mut Tx, sql: impl Into<String>) {
    let Tx::Sqlite(tx) = tx else { panic!("these tests are on SQLite") };
    sqlx::query(sqlx::AssertSqlSafe(sql.into())).execute(&mut **tx).await.unwrap();
}

/// The whole app on a database of its own, with a clock that stands still until it is moved.
pub struct TestApp {
    pub services: Services,
    router: Router,
    clock: Arc<AtomicI64>,
    /// The cookie that came with the last redirect and vouches for its address.
    voucher: Mutex<String>,
    /// Where its database is.
    pub url: String,
    _stop: watch::Sender<bool>,
    _folder: Option<tempfile::TempDir>,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.body))
    }

    pub fn header(&self, name: impl header::AsHeaderName) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The session cookie as a browser would send it back.
    pub fn cookie(&self) -> String {
        self.header(header::SET_COOKIE).split(';').next().unwrap_or_default().to_owned()
    }
}

impl TestApp {
    pub async fn new() -> Self {
        Self::with(false).await
    }

    /// As reached by https or not.
    pub async fn with(secure: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("test.db").display());
        Self { _folder: Some(folder), ..Self::on(&url, secure).await }
    }

    /// On the database at `url`.
    pub async fn on(url: &str, secure: bool) -> Self {
        let db = start::open(url).await.unwrap();
        let clock = Arc::new(AtomicI64::new(START));
        let draws = AtomicU64::new(0);
        let hand = clock.clone();
        let services = Services {
            db,
            clock: Clock::new(move || hand.load(Ordering::Relaxed)),
            random: Random::new(move || {
                let mut bytes = [7; 32];
                bytes[..8].copy_from_slice(&draws.fetch_add(1, Ordering::Relaxed).to_le_bytes());
                bytes
            }),
            passwords: Passwords::new(2, [1; 32]),
            hub: Hub::default(),
            secure,
            memo: None,
        };
        let (stop, stopping) = watch::channel(false);
        let router = router(AppState::new(services.clone(), false, stopping));
        Self { services, router, clock, voucher: Mutex::default(), url: url.to_owned(), _stop: stop, _folder: None }
    }

    pub fn pass(&self, milliseconds: i64) {
        self.clock.fetch_add(milliseconds, Ordering::Relaxed);
    }

    /// Adds a user named like the address, `role@example.com` and so on, and gives the id.
    pub async fn user(&self, email: &str, role: &str, cap: i64) -> i64 {
        let hash = self.services.passwords.hash(PASSWORD.to_owned(), [3; 32]).await.unwrap();
        let mut tx = self.services.db.write().await.unwrap();
        let role = roles::by_name(&mut tx, role).await.unwrap().unwrap();
        let user = NewUser::new(email.split('@').next().unwrap(), email, cap).unwrap();
        let id = users::add(&mut tx, &user, role, &hash, START).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// Adds a user of this role and signs in; gives the cookie.
    pub async fn signed_in(&self, role: &str) -> String {
        let email = format!("{}@example.com", role.to_lowercase().replace(' ', "."));
        self.user(&email, role, 100).await;
        self.sign_in(&email).await
    }

    pub async fn sign_in(&self, email: &str) -> String {
        let answer = self.post("/api/sign-in", &[("email", email), ("password", PASSWORD)], "").await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
        answer.cookie()
    }

    /// Adds unassigned leads.
    pub async fn leads(&self, count: usize) {
        self.leads_from(0, count).await;
    }

    /// Adds unassigned leads, numbered from `first` on.
    pub async fn leads_from(&self, first: usize, count: usize) {
        let lead = |n: usize| import::Incoming {
            lead: NewLead::new(&format!("Lead {n}"), "", format!("+1872555{n:04}"), "", "tag").unwrap(),
            status: status::UNASSIGNED,
            why: "Imported".to_owned(),
        };
        let leads: Vec<_> = (first..first + count).map(lead).collect();
        let mut tx = self.services.db.write().await.unwrap();
        import::add(&mut tx, &leads, "test", None, START, |_| {}).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub async fn get(&self, path: &str, cookie: &str) -> Answer {
        let request = Request::get(path).header(header::COOKIE, cookie).header(header::ACCEPT, "application/json");
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Opens a page as a browser does.
    pub async fn page(&self, path: &str, cookie: &str) -> Answer {
        let cookies = [cookie, &self.voucher.lock().unwrap()].join("; ");
        let request = Request::get(path).header(header::COOKIE, cookies).header(header::ACCEPT, "text/html");
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Posts a form as the page's script does.
    pub async fn post(&self, path: &str, form: &[(impl AsRef<str>, &str)], cookie: &str) -> Answer {
        self.send(form_request(path, form, cookie, "application/json")).await
    }

    /// Posts a form of a page that was made for somebody else, or that doesn't say for whom; in the manner of `accept`.
    pub async fn post_for(
        &self,
        made_for: Option<&str>,
        (path, accept): (&str, &str),
        form: &[(&str, &str)],
        cookie: &str,
    ) -> Answer {
        let mut request = form_request(path, form, cookie, accept);
        request.headers_mut().remove(FOR);
        if let Some(person) = made_for {
            request.headers_mut().insert(FOR, person.parse().unwrap());
        }
        self.send(request).await
    }

    /// Posts a form as a browser without JavaScript does.
    pub async fn post_plain(&self, path: &str, form: &[(impl AsRef<str>, &str)], cookie: &str) -> Answer {
        self.send(form_request(path, form, cookie, "text/html")).await
    }

    pub async fn send(&self, mut request: Request<Body>) -> Answer {
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([192, 0, 2, 1], 4711))));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let mut cookies = parts.headers.get_all(header::SET_COOKIE).iter().filter_map(|cookie| cookie.to_str().ok());
        if let Some(cookie) = cookies.find(|cookie| cookie.starts_with("calliyo-said=")) {
            *self.voucher.lock().unwrap() = cookie.split(';').next().unwrap_or_default().to_owned();
        }
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() }
    }

    /// The answer's head, its body still to come: for streams.
    pub async fn open(&self, path: &str, cookie: &str) -> axum::response::Response {
        let request = Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap();
        self.router.clone().oneshot(request).await.unwrap()
    }
}

/// Runs a statement of the test's own.
pub async fn sql(app: &TestApp, statement: &'static str) {
    let mut tx = app.services.db.write().await.unwrap();
    let Tx::Sqlite(conn) = &mut tx else { panic!("on SQLite") };
    sqlx::raw_sql(statement).execute(&mut **conn).await.unwrap();
    tx.commit().await.unwrap();
}

/// The header that says for whom the page was made.
pub const FOR: &str = "calliyo-for";

/// Whose the session of this cookie is, as pages that are made for them say it.
pub fn whose(cookie: &str) -> &str {
    let token = cookie.split_once('=').map_or("", |(_, token)| token);
    token.split_once('.').map_or("", |(person, _)| person)
}

fn form_request(path: &str, form: &[(impl AsRef<str>, &str)], cookie: &str, accept: &str) -> Request<Body> {
    let mut text = form_urlencoded::Serializer::new(String::new());
    text.extend_pairs(form);
    Request::builder()
        .method(Method::POST)
        .uri(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, cookie)
        .header(header::ACCEPT, accept)
        .header(header::HOST, "localhost")
        .header(header::REFERER, "http://localhost/")
        .header(FOR, whose(cookie))
        .body(Body::from(text.finish()))
        .unwrap()
}
