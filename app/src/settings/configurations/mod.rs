//! Settings → Configurations: its five sections.

mod auto_assignment;
mod auto_removal;
mod daily_target;
mod page;
mod show_customer;
mod top_up;

pub use auto_assignment::AUTO_ASSIGNMENT;
pub use auto_removal::AUTO_REMOVAL;
pub use daily_target::DAILY_TARGET;
pub use page::Configurations;
pub use show_customer::SHOW_CUSTOMER;
pub use top_up::TOP_UP;
