use leptos::{ev::SubmitEvent, form::FromFormData, html, prelude::*, server_fn::ServerFn};
use serde::{Serialize, de::DeserializeOwned};

use super::{Refusal, ask_before_leaving, follow, json_parameter, parameter, post, reset_form};
use crate::Fault;

/// How addresses call it, among the forms of its page.
const FORM: &str = "details";

/// A form that edits what others may edit too. What is typed stays while somebody else's edit is read. So does the
/// version that it was typed on: the save is refused, says so, and the next one is made on what is stored now, which is
/// shown.
pub struct VersionedForm<D: Send + Sync + 'static> {
    pub form: NodeRef<html::Form>,
    /// What the fields start with.
    pub start: Memo<D>,
    /// The version that is sent.
    pub version: Memo<i64>,
    /// To be set as something is typed.
    pub touched: RwSignal<bool>,
    pub refusal: Refusal,
    /// Sends it; what was just saved is sent again only once something else is typed.
    pub submit: Callback<SubmitEvent>,
}

impl<D> VersionedForm<D>
where
    D: Clone + PartialEq + DeserializeOwned + Send + Sync + 'static,
{
    /// `stored` is the version and the draft of what `record` reads, and `action` saves; once something is saved, `done`
    /// says `saved`.
    pub fn of<T, F>(
        record: Resource<Result<T, Fault>>,
        stored: Memo<(i64, D)>,
        action: ServerAction<F>,
        done: RwSignal<Option<String>>,
        saved: &'static str,
    ) -> Self
    where
        T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
        F: ServerFn<Error = Fault, Output = ()> + FromFormData + Clone + Send + Sync + 'static,
    {
        let form = NodeRef::new();
        let answer = Signal::from(action.value());
        let refusal = Refusal::of_form(FORM, answer);
        // What a form posted without JavaScript brought back stays until something is saved.
        let here = parameter("form").as_deref() == Some(FORM);
        let typed = RwSignal::new(here.then(|| json_parameter::<D>("draft")).flatten());
        let start = Memo::new(move |_| typed.get().unwrap_or_else(|| stored.with(|(_, draft)| draft.clone())));
        let touched = RwSignal::new(typed.with_untracked(Option::is_some));
        ask_before_leaving(touched.into());
        let version = Memo::new(move |before: Option<&i64>| match before {
            Some(before) if touched.get() && !refusal.is(&Fault::Changed) => *before,
            _ => stored.with(|(version, _)| *version),
        });
        let settled = RwSignal::new(false);
        follow(record, move |_| {
            if settled.get_untracked() {
                settled.set(false);
                // What was typed before the stored is shown again gives way to it, and what was stored may be spelled
                // otherwise than it was typed.
                touched.set(false);
                reset_form(form);
            }
        });
        Effect::new(move |_| match answer.get() {
            Some(Ok(())) => {
                typed.set(None);
                settled.set(true);
                touched.set(false);
                done.set(Some(saved.to_owned()));
                record.refetch();
            }
            Some(Err(fault)) => {
                done.set(None);
                if fault == Fault::Changed {
                    record.refetch();
                }
            }
            None => {}
        });
        let send = post(action);
        let submit = Callback::new(move |event: SubmitEvent| {
            if settled.get_untracked() && !touched.get_untracked() {
                event.prevent_default();
            } else {
                send(event);
            }
        });
        Self { form, start, version, touched, refusal, submit }
    }
}
