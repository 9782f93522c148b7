use leptos::{either::Either, prelude::*};
use leptos_meta::Title;

use super::{PageHead, Refused, SubmitButton};
use crate::Fault;

/// A page with one form, which starts with what `start` gives. It is built once, so that nothing typed is lost.
#[component]
pub fn FormPage<T, V>(
    title: &'static str,
    purpose: &'static str,
    /// Where it leads back to, and what that is called.
    back: (&'static str, &'static str),
    start: Resource<Result<T, Fault>>,
    form: impl FnOnce(T) -> V + Send + 'static,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let content = async move {
        match start.await {
            Ok(start) => Either::Left(form(start)),
            Err(fault) => Either::Right(view! { <Refused fault /> }),
        }
    };
    view! {
        <Title text=title />
        <p class="back"><a href=back.0>{back.1}</a></p>
        <PageHead title purpose />
        <Transition fallback=|| view! { <div class="skeleton" data-kind="section"></div> }>{Suspend::new(content)}</Transition>
    }
    .into_any()
}

/// What a form ends with: the button that sends it, and the way out.
#[component]
pub fn FormButtons(
    label: &'static str,
    busy: &'static str,
    #[prop(into)] pending: Signal<bool>,
    #[prop(into)] cancel: String,
) -> impl IntoView {
    view! {
        <div class="form-buttons">
            <SubmitButton label busy pending />
            <a class="button" href=cancel>
                "Cancel"
            </a>
        </div>
    }
}

/// Whether a form that leads to another page is under way: after success too, until that page has loaded.
pub fn leaving<T: Send + Sync + 'static>(
    pending: Memo<bool>,
    answer: Signal<Option<Result<T, Fault>>>,
) -> Signal<bool> {
    Signal::derive(move || pending.get() || answer.with(|answer| matches!(answer, Some(Ok(_)))))
}
