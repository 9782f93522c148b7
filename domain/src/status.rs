//! The pipeline's statuses (PRODUCT.md, "Leads"). Companies edit them; four are known to the rules by their id.

use serde::{Deserialize, Serialize};

use crate::{
    Invalid,
    text::{self, plain},
};

/// Without an owner (customers aside). Protected.
pub const UNASSIGNED: i64 = 1;
/// What a lead becomes when a job gives it to an agent. May be renamed, not deleted.
pub const ASSIGNED: i64 = 2;
/// A call back is agreed. Protected.
pub const FOLLOWUPS: i64 = 3;
/// Converted. Protected; in no job and on no queue.
pub const CUSTOMER: i64 = 4;

/// The longest name.
pub const NAME: usize = 60;

/// A status of the pipeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    pub id: i64,
    pub name: String,
    /// Whether its leads count toward the owner's lead cap and are listed as tasks.
    pub on_queue: bool,
}

/// Whether the status keeps its name and can't be deleted.
#[must_use]
pub fn is_protected(id: i64) -> bool {
    matches!(id, UNASSIGNED | FOLLOWUPS | CUSTOMER)
}

/// Whether the status may be deleted.
#[must_use]
pub fn may_delete(id: i64) -> bool {
    !is_protected(id) && id != ASSIGNED
}

/// Whether leads of a deleted status may go to this one. Nobody becomes a customer by housekeeping.
#[must_use]
pub fn may_take_in(id: i64) -> bool {
    id != CUSTOMER
}

/// Whether the status is on the queue for good (`Some(true)`), never is (`Some(false)`), or as the company likes.
#[must_use]
pub fn fixed_on_queue(id: i64) -> Option<bool> {
    match id {
        UNASSIGNED | CUSTOMER => Some(false),
        ASSIGNED => Some(true),
        _ => None,
    }
}

/// Checks the name that a new status is to have.
///
/// # Errors
/// Names the field (`name`) and what is allowed.
pub fn new_name(text: &str, pipeline: &[Status]) -> Result<String, Invalid> {
    let name = &text::line(text);
    if !(1..=NAME).contains(&name.chars().count()) {
        return Err(Invalid::new("name", format!("A status name has 1 to {NAME} characters.")));
    }
    let name = plain("name", "A status name", name)?;
    if named(&name, pipeline).is_some() {
        return Err(name_taken(&name));
    }
    Ok(name)
}

/// The status of this name, however it is written ([`text::key`]).
#[must_use]
pub fn named<'a>(name: &str, pipeline: &'a [Status]) -> Option<&'a Status> {
    let sought = text::key(name);
    pipeline.iter().find(|status| text::key(&status.name) == sought)
}

/// Says that another status has the name.
#[must_use]
pub fn name_taken(name: &str) -> Invalid {
    Invalid::new("name", format!("There is a status named \"{}\" already. Choose another name.", name.trim()))
}

/// Checks another name for a status.
///
/// # Errors
/// Names the field (`name`) and what is allowed.
pub fn rename(id: i64, text: &str, pipeline: &[Status]) -> Result<String, Invalid> {
    let status = find(id, pipeline)?;
    if is_protected(id) {
        return Err(Invalid::new("name", format!("{} is protected: it keeps its name.", status.name)));
    }
    let others: Vec<Status> = pipeline.iter().filter(|other| other.id != id).cloned().collect();
    new_name(text, &others)
}

/// Checks whether a status may be put on the queue, or taken off it.
///
/// # Errors
/// Names the field (`on_queue`) and what is allowed.
pub fn set_on_queue(id: i64, on: bool, pipeline: &[Status]) -> Result<(), Invalid> {
    let status = find(id, pipeline)?;
    match fixed_on_queue(id) {
        Some(fixed) if fixed != on => {
            let always = if fixed { "always" } else { "never" };
            Err(Invalid::new("on_queue", format!("{} is {always} on the queue.", status.name)))
        }
        _ => Ok(()),
    }
}

/// The pipeline's ids with `id` one place further up or down; nothing where it is at the end already.
///
/// # Errors
/// Says where the status is gone.
pub fn moved(id: i64, up: bool, pipeline: &[Status]) -> Result<Option<Vec<i64>>, Invalid> {
    find(id, pipeline)?;
    let mut ids: Vec<i64> = pipeline.iter().map(|status| status.id).collect();
    let Some(at) = ids.iter().position(|other| *other == id) else { return Ok(None) };
    let neighbour = if up { at.checked_sub(1) } else { Some(at + 1).filter(|next| *next < ids.len()) };
    Ok(neighbour.map(|neighbour| {
        ids.swap(at, neighbour);
        ids
    }))
}

/// The status with this id, which may be deleted.
///
/// # Errors
/// Says where it is gone, or that the rules need it.
pub fn deletable(id: i64, pipeline: &[Status]) -> Result<&Status, Invalid> {
    let status = find(id, pipeline)?;
    if may_delete(id) {
        Ok(status)
    } else {
        Err(Invalid::new("to", format!("{} can't be deleted: Calliyo's own rules need it.", status.name)))
    }
}

/// Checks whether a status that `leads` leads are on may be deleted, and where they go: `to` is the id of the chosen
/// status as a form brings it, empty where none was chosen.
///
/// # Errors
/// Names the field (`to`) and what is allowed.
pub fn new_home(id: i64, to: &str, leads: i64, pipeline: &[Status]) -> Result<Option<Status>, Invalid> {
    let status = deletable(id, pipeline)?;
    if to.trim().is_empty() {
        return if leads == 0 { Ok(None) } else { Err(Invalid::new("to", homeless(status, leads))) };
    }
    let found = pipeline.iter().find(|other| to.trim().parse() == Ok(other.id) && other.id != id);
    match found {
        Some(home) if may_take_in(home.id) => Ok(Some(home.clone())),
        Some(_) => Err(Invalid::new("to", "Leads become customers one by one: choose another status than Customer.")),
        None => Err(Invalid::new("to", "The chosen status no longer exists. Choose from the list.")),
    }
}

fn homeless(status: &Status, leads: i64) -> String {
    let (are, they) =
        if leads == 1 { ("1 lead is".to_owned(), "it goes") } else { (format!("{leads} leads are"), "they go") };
    format!("{are} on {}. Choose the status {they} to.", status.name)
}

/// Why a lead was moved off a deleted status, as its timeline says.
#[must_use]
pub fn deleted(name: &str) -> String {
    format!("Status \"{name}\" was deleted")
}

/// The status with this id.
///
/// # Errors
/// Says where it is gone.
pub fn find(id: i64, pipeline: &[Status]) -> Result<&Status, Invalid> {
    let found = pipeline.iter().find(|status| status.id == id);
    found.ok_or_else(|| Invalid::new("", "This status no longer exists: somebody deleted it meanwhile."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pipeline() -> Vec<Status> {
        let status = |id, name: &str, on_queue| Status { id, name: name.to_owned(), on_queue };
        vec![
            status(UNASSIGNED, "Unassigned", false),
            status(ASSIGNED, "Assigned", true),
            status(FOLLOWUPS, "Followups", true),
            status(7, "Busy", true),
            status(CUSTOMER, "Customer", false),
        ]
    }

    fn refused<T>(result: Result<T, Invalid>) -> String {
        result.err().expect("refused").field
    }

    #[test]
    fn names_have_1_to_60_characters_and_no_control_characters() {
        assert_eq!(new_name("  Call back ", &pipeline()).as_deref(), Ok("Call back"));
        assert!(new_name(&"ü".repeat(60), &pipeline()).is_ok());
        for name in ["", "  ", "\u{200b}", &"a".repeat(61), "Call\tback", "Call\nback", "Call\u{7}"] {
            assert_eq!(refused(new_name(name, &pipeline())), "name", "{name:?}");
        }
    }

    #[test]
    fn names_are_unique_whatever_their_case() {
        let mut pipeline = pipeline();
        pipeline.push(Status { id: 11, name: "Später".to_owned(), on_queue: false });
        for name in ["Busy", "BUSY", " busy ", "SPÄTER", "Busy\u{200b}", "Bu\u{ad}sy", "ＢＵＳＹ", "Spa\u{308}ter"]
        {
            assert_eq!(refused(new_name(name, &pipeline)), "name", "{name}");
        }
        assert_eq!(rename(7, "BUSY", &pipeline).as_deref(), Ok("BUSY"), "its own name in another case");
        assert_eq!(refused(rename(7, "assigned", &pipeline)), "name");
    }

    #[test]
    fn protected_ones_keep_their_name() {
        for id in [UNASSIGNED, FOLLOWUPS, CUSTOMER] {
            assert_eq!(refused(rename(id, "Other", &pipeline())), "name");
        }
        assert_eq!(rename(ASSIGNED, "Given", &pipeline()).as_deref(), Ok("Given"));
        assert_eq!(refused(rename(99, "Other", &pipeline())), "", "it is gone");
    }

    #[test]
    fn the_queue_is_fixed_for_three() {
        for (id, fixed) in [(UNASSIGNED, false), (ASSIGNED, true), (CUSTOMER, false)] {
            assert!(set_on_queue(id, fixed, &pipeline()).is_ok());
            assert_eq!(refused(set_on_queue(id, !fixed, &pipeline())), "on_queue");
        }
        for id in [FOLLOWUPS, 7] {
            assert!(set_on_queue(id, false, &pipeline()).is_ok() && set_on_queue(id, true, &pipeline()).is_ok());
        }
    }

    #[test]
    fn moving_swaps_neighbours_and_stops_at_the_ends() {
        assert_eq!(moved(7, true, &pipeline()), Ok(Some(vec![1, 2, 7, 3, 4])));
        assert_eq!(moved(7, false, &pipeline()), Ok(Some(vec![1, 2, 3, 4, 7])));
        assert_eq!(moved(1, true, &pipeline()), Ok(None));
        assert_eq!(moved(4, false, &pipeline()), Ok(None));
        assert_eq!(refused(moved(99, true, &pipeline())), "");
    }

    #[test]
    fn four_are_never_deleted() {
        for id in [UNASSIGNED, ASSIGNED, FOLLOWUPS, CUSTOMER] {
            assert_eq!(refused(new_home(id, "7", 0, &pipeline())), "to", "{id}");
        }
        assert_eq!(refused(new_home(99, "", 0, &pipeline())), "");
    }

    #[test]
    fn leads_need_a_home_that_exists_and_is_not_customer() {
        let home = |to: &str, leads| new_home(7, to, leads, &pipeline()).map(|home| home.map(|status| status.id));
        assert_eq!(home("", 0), Ok(None));
        assert_eq!(home("1", 3), Ok(Some(UNASSIGNED)));
        assert_eq!(home(" 3 ", 0), Ok(Some(FOLLOWUPS)), "a lead may come meanwhile");
        for to in ["", "4", "7", "99", "x"] {
            assert_eq!(refused(home(to, 1)), "to", "{to:?}");
        }
        assert_eq!(home("", 1).expect_err("homeless").message, "1 lead is on Busy. Choose the status it goes to.");
        assert_eq!(home("", 2).expect_err("homeless").message, "2 leads are on Busy. Choose the status they go to.");
    }
}
