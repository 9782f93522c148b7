//! What stands around every page: navigation, account, theme.

mod account;
mod company;
mod connection;
mod guard;
mod hidden;
mod layout;
mod navigation;
mod theme;
mod theme_switch;

pub use layout::{Frame, FramedPage};
pub use theme::Theme;
