/// Leads to another page of this site: by the response's status on the server, in place in the browser. Unlike the
/// router's `Redirect` it may be called where no route has matched.
pub fn redirect(path: &str) {
    #[cfg(feature = "ssr")]
    leptos_axum::redirect(path);
    #[cfg(not(feature = "ssr"))]
    leptos_router::hooks::use_navigate()(path, leptos_router::NavigateOptions { replace: true, ..Default::default() });
}
