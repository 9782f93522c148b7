use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;

use crate::{App, frame::Theme};

/// Addresses of the built files, with their hashes.
#[derive(Clone, Debug)]
pub struct Assets {
    pub css: String,
    pub js: String,
    pub wasm: String,
}

/// The HTML document around [`App`].
pub fn shell(assets: Assets) -> impl IntoView {
    let Assets { css, js, wasm } = assets;
    let start = start_script(&js, &wasm);
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=Theme::requested().attribute()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="color-scheme" content="light dark" />
                <link rel="stylesheet" href=css />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="modulepreload" href=js nonce=use_nonce() />
                <link rel="preload" href=wasm r#as="fetch" type="application/wasm" crossorigin="anonymous" />
                <MetaTags />
                <script type="module" nonce=use_nonce()>
                    {start}
                </script>
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// Loads the program and lets it take over the page.
fn start_script(js: &str, wasm: &str) -> String {
    // A JSON string is a JavaScript string; `<` can't appear in an asset's address, so it can't end the script.
    let (js, wasm) = (serde_json::Value::from(js), serde_json::Value::from(wasm));
    format!("import init, {{ hydrate }} from {js};\nawait init({{ module_or_path: {wasm} }});\nhydrate();")
}
