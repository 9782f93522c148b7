use std::time::Duration;

use calliyo_domain::status::{fixed_on_queue, is_protected, may_delete};
use leptos::prelude::*;

use super::{
    Change, Edit, Edited, Pipeline, StatusRow, add_status, delete_status,
    focus::{close, focus, keep_focus},
    move_status, queue_status, rename_status,
};
use crate::{
    Fault,
    settings::STATUS_TAB,
    ui::{forget_address, json_parameter, problem_in_address},
};

/// How long the page says what was done.
const SAY_FOR: Duration = Duration::from_secs(10);

/// The state of the page.
#[derive(Clone, Copy)]
pub struct Editor {
    /// The newest pipeline that this page knows.
    pub pipeline: RwSignal<Pipeline>,
    /// What was refused last, and why.
    pub refused: RwSignal<Option<(Edit, Fault)>>,
    /// What was done last, while the page says so.
    pub done: RwSignal<Option<Change>>,
    /// The status whose deletion is asked about.
    pub deleting: RwSignal<Option<i64>>,
    /// Grows with each status that was added.
    pub added: RwSignal<u32>,
    edits: Action<(Edit, String), (Edit, Result<Edited, Fault>)>,
}

impl Editor {
    /// Begins with the pipeline as it is, and with what the address brings back of a form posted without JavaScript.
    pub fn of(pipeline: Pipeline) -> Self {
        let editor = Self {
            pipeline: RwSignal::new(pipeline),
            refused: RwSignal::new(json_parameter::<Edit>("draft").zip(problem_in_address())),
            done: RwSignal::new(json_parameter("done")),
            deleting: RwSignal::new(None),
            added: RwSignal::new(0),
            edits: Action::new(|(edit, password): &(Edit, String)| {
                let (edit, password) = (edit.clone(), password.clone());
                async move {
                    let result = send(edit.clone(), password).await;
                    (edit, result)
                }
            }),
        };
        Effect::new(move |_| match editor.edits.value().get() {
            Some((edit, Ok(edited))) => editor.accept(&edit, edited),
            Some((edit, Err(fault))) => editor.refuse(edit, fault),
            None if editor.came_back() => forget_address(STATUS_TAB),
            None => {}
        });
        editor
    }

    /// Asks the server for an edit.
    pub fn send(self, edit: Edit) {
        self.send_confirmed(edit, String::new());
    }

    /// As [`Self::send`], confirmed by the password.
    pub fn send_confirmed(self, edit: Edit, password: String) {
        self.refused.set(None);
        self.edits.dispatch((edit, password));
    }

    pub fn pending(self) -> Memo<bool> {
        self.edits.pending()
    }

    /// The pipeline was read again.
    pub fn hear(self, next: Pipeline) {
        if self.pipeline.with_untracked(|known| *known == next) {
            return;
        }
        let gone = self.about_to_delete().filter(|row| next.row(row.id).is_none());
        keep_focus(|| self.pipeline.set(next));
        if let Some(StatusRow { name, .. }) = gone {
            self.end_question();
            self.say(Change::Gone { name });
        }
    }

    /// The status whose deletion is asked about and not under way.
    fn about_to_delete(self) -> Option<StatusRow> {
        let id = self.deleting.get_untracked().filter(|_| !self.pending().get_untracked())?;
        self.pipeline.with_untracked(|pipeline| pipeline.row(id).cloned())
    }

    /// A status; nothing once it is deleted.
    pub fn row(self, id: i64) -> Memo<Option<StatusRow>> {
        Memo::new(move |_| self.pipeline.with(|pipeline| pipeline.row(id).cloned()))
    }

    /// What is said beside `field` of the form whose edits are `of`.
    pub fn problem(
        self,
        field: &'static str,
        of: impl Fn(&Edit) -> bool + Send + Sync + 'static,
    ) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.refused.with(|refused| {
                let (edit, fault) = refused.as_ref()?;
                fault.at(field).filter(|_| of(edit))
            })
        })
    }

    /// Why nothing was done, where no field is there to say it.
    pub fn refusal(self) -> Signal<Option<Fault>> {
        Signal::derive(move || {
            let refused = self.refused.get();
            refused.filter(|(edit, fault)| !has_place(edit, fault) || self.is_over(edit)).map(|(_, fault)| fault)
        })
    }

    /// Whether it is about a status that is gone, and its form with it.
    fn is_over(self, edit: &Edit) -> bool {
        match edit {
            Edit::Rename { id, .. } | Edit::Delete { id, .. } | Edit::Queue { id, .. } => {
                self.pipeline.with(|pipeline| pipeline.row(*id).is_none())
            }
            Edit::Add { .. } | Edit::Move { .. } => false,
        }
    }

    fn accept(self, edit: &Edit, edited: Edited) {
        keep_focus(|| self.pipeline.set(edited.pipeline));
        if let Some(change) = edited.change {
            self.say(change);
        }
        match edit {
            Edit::Add { .. } => self.added.update(|n| *n += 1),
            Edit::Rename { id, .. } => {
                close(&format!("rename-{id}"));
                focus(format!("rename-{id}-summary"));
            }
            Edit::Move { id, up } => focus(format!("status-{id}-{}", if *up { "up" } else { "down" })),
            Edit::Delete { .. } => self.end_question(),
            Edit::Queue { id, .. } => {
                close(&format!("queue-{id}"));
                focus(format!("queue-{id}-summary"));
            }
        }
    }

    /// The status that was asked about is gone.
    fn end_question(self) {
        self.deleting.set(None);
        // Once the dialog has closed: until then nothing else takes the focus.
        request_animation_frame(|| focus("statuses-title".to_owned()));
    }

    fn say(self, change: Change) {
        self.done.set(Some(change.clone()));
        let still = move || self.done.try_with_untracked(|done| done.as_ref() == Some(&change)) == Some(true);
        set_timeout(
            move || {
                if still() {
                    self.done.set(None);
                }
            },
            SAY_FOR,
        );
    }

    fn refuse(self, edit: Edit, fault: Fault) {
        match &edit {
            Edit::Add { .. } if has_place(&edit, &fault) => focus("add-name".to_owned()),
            Edit::Rename { id, .. } if has_place(&edit, &fault) => focus(format!("rename-{id}-name")),
            Edit::Delete { .. } if fault.field() == Some("to") => focus("dialog-to".to_owned()),
            Edit::Queue { id, .. } if fault.field() == Some("password") => focus(format!("queue-{id}-password")),
            _ => {}
        }
        self.done.set(None);
        self.refused.set(Some((edit, fault)));
    }

    /// Whether a plain form brought something by way of the address.
    fn came_back(self) -> bool {
        self.refused.with_untracked(Option::is_some) || self.done.with_untracked(Option::is_some)
    }
}

/// Whether the form of this edit says the fault itself.
fn has_place(edit: &Edit, fault: &Fault) -> bool {
    match edit {
        Edit::Add { .. } => fault.field() == Some("name"),
        Edit::Rename { id, .. } => fault.field() == Some("name") && !is_protected(*id),
        Edit::Delete { id, .. } => may_delete(*id),
        Edit::Queue { id, .. } => fixed_on_queue(*id).is_none(),
        Edit::Move { .. } => false,
    }
}

async fn send(edit: Edit, password: String) -> Result<Edited, Fault> {
    match edit {
        Edit::Add { name, on_queue } => add_status(name, on_queue).await,
        Edit::Rename { id, name } => rename_status(id, name).await,
        Edit::Queue { id, on_queue } => queue_status(id, on_queue, password).await,
        Edit::Move { id, up } => move_status(id, up).await,
        Edit::Delete { id, to } => delete_status(id, to).await,
    }
}
