//! Small parts that several pages share.

mod address;
mod count;
mod countdown;
mod fault_note;
mod follow;
mod icon;
mod input_field;
mod keys;
mod leave_guard;
mod moment;
mod outdated;
mod page_head;
mod redirect;
mod status;

pub use address::{json_parameter, parameter, problem_in_address, sign_in_again};
pub use count::count;
pub use countdown::Countdown;
pub use fault_note::FaultNote;
pub use follow::follow;
pub use icon::{Icon, Symbol};
pub use input_field::{FieldProblem, InputField, described_by};
pub use keys::on_keys;
pub use leave_guard::ask_before_leaving;
pub use moment::{Moment, MomentView};
pub use outdated::outdated;
pub use page_head::PageHead;
pub use redirect::redirect;
pub use status::set_status;
