//! Small parts that several pages share.

mod address;
mod card;
mod confirm_form;
mod count;
mod countdown;
mod done_note;
mod fault_note;
mod follow;
mod icon;
mod input_field;
mod leave_guard;
mod moment;
mod page_head;
mod redirect;
mod refusal;
mod refused;
mod status;
mod submit_button;

pub use address::{json_parameter, parameter, problem_in_address, sign_in_again};
pub use card::Card;
pub use confirm_form::ConfirmForm;
pub use count::count;
pub use countdown::Countdown;
pub use done_note::DoneNote;
pub use fault_note::FaultNote;
pub use follow::follow;
pub use icon::{Icon, Symbol};
pub use input_field::{FieldProblem, InputField, described_by};
pub use leave_guard::ask_before_leaving;
pub use moment::{Moment, MomentView};
pub use page_head::PageHead;
pub use redirect::redirect;
pub use refusal::{Refusal, problem_of_form};
pub use refused::Refused;
pub use status::set_status;
pub use submit_button::SubmitButton;
