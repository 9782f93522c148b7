use http::request::Parts;
use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;

use crate::{
    App,
    frame::Theme,
    live::event::HEARD,
    server::Services,
    sign_in::{SIGN_IN, TOLD},
    ui::made_for,
};

/// Addresses of the built files, with their hashes.
#[derive(Clone, Debug)]
pub struct Assets {
    pub css: String,
    pub js: String,
    pub wasm: String,
}

/// The HTML document around [`App`].
pub fn shell(assets: Assets) -> impl IntoView {
    // Before anything of the page is read.
    let heard = Services::current().map(|services| services.hub.mark()).unwrap_or_default();
    let Assets { css, js, wasm } = assets;
    let program = if is_plain() { fetched_for_later(js, wasm).into_any() } else { started(js, wasm).into_any() };
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=Theme::requested().attribute() data-for=made_for()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="color-scheme" content="light dark" />
                <meta name=HEARD content=heard />
                <link rel="stylesheet" href=css />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <MetaTags />
                {program}
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// Who signs in has a form that needs no program: it comes while one types.
fn is_plain() -> bool {
    use_context::<Parts>().is_some_and(|parts| parts.uri.path() == SIGN_IN)
}

fn started(js: String, wasm: String) -> impl IntoView {
    let start = start_script(&js, &wasm);
    view! {
        <link rel="modulepreload" href=js nonce=use_nonce() />
        <link rel="preload" href=wasm r#as="fetch" type="application/wasm" crossorigin="anonymous" />
        <script nonce=use_nonce()>{SAY_FOR_WHOM}</script>
        <script nonce=use_nonce()>{WATCH_ADDRESS}</script>
        <script type="module" nonce=use_nonce()>
            {start}
        </script>
    }
}

fn fetched_for_later(js: String, wasm: String) -> impl IntoView {
    let tell = format!("const told = {};{PLAIN_FORM}", serde_json::Value::from(TOLD));
    view! {
        <link rel="prefetch" href=js r#as="script" />
        <link rel="prefetch" href=wasm r#as="fetch" crossorigin="anonymous" />
        <script type="module" nonce=use_nonce()>
            {tell}
        </script>
    }
}

/// What the program does for other forms: the focus stands where something is to be typed, a form is sent once, and the
/// browser's other tabs hear that nobody is signed in here. A page that could not be read is asked for again.
const PLAIN_FORM: &str = r#"
try { localStorage.setItem(told, `.${Date.now()}`); } catch {}
const form = document.querySelector("main form");
const inputs = [...form?.querySelectorAll("input:not([type=hidden])") ?? []];
(inputs.find((input) => input.ariaInvalid === "true") ?? inputs.find((input) => !input.value))?.focus();
const button = form?.querySelector("[type=submit]");
form?.addEventListener("submit", (event) => {
  if (button.ariaDisabled === "true") event.preventDefault();
  button.ariaDisabled = "true";
});
addEventListener("pageshow", (event) => event.persisted && button?.removeAttribute("aria-disabled"));
if (!form) setTimeout(() => location.reload(), 20_000);
"#;

/// All writes of the program go through `fetch`: here each is told for whom this document was made.
const SAY_FOR_WHOM: &str = r#"
const send = fetch.bind(window);
window.fetch = (request, ...options) => {
  if (request instanceof Request && request.method !== "GET") {
    request.headers.set("calliyo-for", document.documentElement.dataset.for);
  }
  return send(request, ...options);
};
"#;

/// Back and Forward change the address of a page that the program hasn't taken over yet, and nothing that it shows: then
/// it is loaded as the address says.
const WATCH_ADDRESS: &str = r#"
const address = () => location.pathname + location.search;
const loaded = address();
const hasMoved = () => address() !== loaded;
addEventListener("popstate", () => {
  if (!("hydrated" in document.documentElement.dataset) && hasMoved()) location.reload();
});
"#;

/// Loads the program and lets it take over the page, unless the address has become another's meanwhile: browsers tell of
/// that only once all is loaded.
fn start_script(js: &str, wasm: &str) -> String {
    // A JSON string is a JavaScript string; `<` can't appear in an asset's address, so it can't end the script.
    let (js, wasm) = (serde_json::Value::from(js), serde_json::Value::from(wasm));
    format!(
        "import init, {{ hydrate }} from {js};\nawait init({{ module_or_path: {wasm} }});\nif (hasMoved()) location.reload();\nelse hydrate();"
    )
}
