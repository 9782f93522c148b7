//! What a form is told of whose fields are wrong: of each of them, in the form's order, and of nothing twice.
#![cfg(feature = "server")]

use calliyo_domain::{
    Invalid,
    call::{CallForm, LeadState},
    import::Mapping,
    lead::NewLead,
    report::Range,
    settings::{AutoAssignment, AutoRemoval, General},
    status::{ASSIGNED, CUSTOMER, Status, UNASSIGNED},
    user::NewUser,
};
use chrono::NaiveDate;
use chrono_tz::Asia::Kolkata;

/// 2026-05-11 12:00 in Kolkata.
const NOW: i64 = 1_778_481_000_000;

/// The fields that are told of, as often as they are.
fn told<T>(judged: Result<T, Invalid>) -> String {
    let Err(invalid) = judged else { return String::new() };
    invalid.problems().map(|problem| problem.field.as_str()).collect::<Vec<_>>().join(" ")
}

fn statuses() -> Vec<Status> {
    [UNASSIGNED, ASSIGNED, CUSTOMER].map(|id| Status { id, name: format!("Status {id}"), on_queue: true }).to_vec()
}

#[test]
fn a_lead() {
    let long = "x".repeat(300);
    for (first, last, email, tags, expected) in [
        ("Asha", "Rao", "asha@example.com", "web", ""),
        ("", "Rao", "asha@example.com", "web", "first_name"),
        ("", "Rao", "asha", "web", "first_name email"),
        (&long, &long, "", "", "first_name last_name"),
        (" ", &long, &long, &long, "first_name last_name email tags"),
        ("Asha", "a\tb", "asha", "web", "last_name email"),
        ("Asha", "Rao", "asha@", &long, "email tags"),
    ] {
        let lead = NewLead::new(first, last, String::new(), email, tags);
        assert_eq!(told(lead), expected, "{first:?} {last:?} {email:?} {tags:?}");
    }
    let both = NewLead::new("", "", String::new(), "asha", "").expect_err("refused");
    assert_eq!(both.to_string(), "The first name is required. The email must look like name@example.com.");
}

#[test]
fn a_user() {
    for (name, email, cap, expected) in [
        ("Asha", "asha@example.com", 40, ""),
        ("", "asha@example.com", 40, "name"),
        ("", "asha", 40, "name email"),
        ("Asha", "asha", -1, "email lead_cap"),
        (" ", "@", 100_001, "name email lead_cap"),
    ] {
        assert_eq!(told(NewUser::new(name, email, cap)), expected, "{name:?} {email:?} {cap}");
    }
}

#[test]
fn a_call() {
    let busy = CallForm { status: "busy", ..CallForm::default() };
    let agreed = CallForm { status: "follow_up", ..CallForm::default() };
    let long = "x".repeat(2001);
    for (form, expected) in [
        (busy, ""),
        (CallForm { duration: "soon", ..busy }, "duration"),
        (CallForm { follow_up: "soon", ..busy }, ""),
        (CallForm { follow_up: "soon", ..agreed }, "follow_up"),
        (CallForm { duration: "soon", note: &long, ..CallForm::default() }, "status duration note"),
        (CallForm { follow_up: "2026-05-11T09:00", duration: "1:99", ..agreed }, "follow_up duration"),
        (CallForm { lead_status: "x", seen_status: "y", ..busy }, "lead_status"),
        (
            CallForm {
                status: "follow_up",
                direction: "up",
                duration: "-",
                note: &long,
                follow_up: "x",
                lead_status: "x",
                seen_status: "",
            },
            "follow_up direction duration lead_status note",
        ),
    ] {
        assert_eq!(told(form.check(NOW, Kolkata, "IN")), expected, "{form:?}");
    }
}

#[test]
fn a_call_whose_lead_can_not_take_the_status() {
    let lead = LeadState { status: UNASSIGNED, owner: None, converter: None, converted_at: None };
    let agreed = CallForm { status: "follow_up", ..CallForm::default() };
    for (form, expected) in [
        (CallForm { status: "busy", ..CallForm::default() }, ""),
        (CallForm { lead_status: "77", ..CallForm::default() }, "lead_status"),
        (CallForm { lead_status: "2", duration: "soon", ..CallForm::default() }, "lead_status"),
        (CallForm { follow_up: "soon", ..agreed }, "status"),
        (CallForm { lead_status: "x", ..agreed }, "lead_status"),
    ] {
        assert_eq!(told(form.effect(&lead, &statuses(), true, NOW)), expected, "{form:?}");
    }
}

#[test]
fn a_correction() {
    let form = CallForm { status: "?", direction: "?", duration: "?", follow_up: "?", ..CallForm::default() };
    assert_eq!(told(form.record()), "status direction duration");
}

#[test]
fn the_sections_of_settings() {
    for (on, selected, at, expected) in [
        (true, vec![ASSIGNED], "09:00", ""),
        (true, vec![], "9", "statuses at"),
        (false, vec![], "24:00", "at"),
        (true, vec![CUSTOMER, 77], "", "statuses at"),
    ] {
        let section = AutoAssignment::from_form(on, selected.clone(), at, &statuses());
        assert_eq!(told(section), expected, "{on} {selected:?} {at:?}");
    }
    for (selected, days, at, expected) in [
        (vec![ASSIGNED], "7", "20:00", ""),
        (vec![ASSIGNED], "0", "20.00", "days at"),
        (vec![UNASSIGNED], "366", "20:00", "statuses days"),
        (vec![], "", "", "statuses days at"),
    ] {
        let section = AutoRemoval::from_form(true, selected.clone(), days, at, &statuses());
        assert_eq!(told(section), expected, "{selected:?} {days:?} {at:?}");
    }
    for (company, country, zone, expected) in [
        ("Acme", "IN", "Asia/Kolkata", ""),
        ("", "XX", "Asia/Kolkata", "company country"),
        ("Acme", "IN", "IST!", "time_zone"),
        (" ", "", "", "company country time_zone"),
    ] {
        assert_eq!(told(General::from_form(company, country, zone)), expected, "{company:?} {country:?} {zone:?}");
    }
    let removal = AutoRemoval::from_form(true, Vec::new(), "x", "x", &statuses()).expect_err("refused");
    let said = [
        "Select at least one status, or switch Auto removal off.",
        "After days is a whole number from 1 to 365.",
        "Remove at is a time of day from 00:00 to 23:59, such as 09:00.",
    ];
    assert!(removal.problems().map(|problem| problem.message.as_str()).eq(said), "{removal:?}");
}

#[test]
fn the_days_of_a_report() {
    let today = NaiveDate::from_ymd_opt(2026, 5, 11).expect("a date");
    for (from, to, expected) in [
        ("2026-05-01", "2026-05-11", ""),
        ("soon", "later", "from to"),
        ("1999-12-31", "x", "from to"),
        ("2026-05-11", "2026-05-01", "to"),
        ("x", "", "from"),
    ] {
        assert_eq!(told(Range::from_address(from, to, today)), expected, "{from:?} {to:?}");
    }
}

#[test]
fn the_columns_of_an_import() {
    for (columns, expected) in [
        ("first_name,phone", ""),
        ("tags,ignore", "Choose which column is the first name. Choose which column is the phone."),
        (
            "phone,phone,tags,tags",
            "Phone is chosen for two columns. Choose one of them. Tags is chosen for two columns. Choose one of them. \
             Choose which column is the first name.",
        ),
    ] {
        let said = Mapping::read(columns).check().map_or_else(|invalid| invalid.to_string(), |()| String::new());
        assert_eq!(said, expected, "{columns}");
    }
}
