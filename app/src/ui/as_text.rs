/// Text for where leptos writes it as it is on the server: a title, a textarea. The browser makes a text of it, which
/// needs nothing.
pub fn as_text(text: &str) -> String {
    if cfg!(feature = "ssr") { text.replace('&', "&amp;").replace('<', "&lt;") } else { text.to_owned() }
}
