//! What the sections of Settings → Configurations take and refuse (PRODUCT.md, "The Configurations tab").

use calliyo_domain::{
    Invalid,
    job::Job,
    settings::{
        AutoAssignment, AutoRemoval, DailyJob as _, DailyTarget, General, Section, ShowCustomer, TopUp, may_select,
    },
    status::{ASSIGNED, CUSTOMER, FOLLOWUPS, Status, UNASSIGNED},
    time_of_day::TimeOfDay,
};
use serde_json::{Value, from_value, json, to_value};

const NOT_PICKED: i64 = 8;

fn statuses() -> Vec<Status> {
    let status = |id| Status { id, name: format!("Status {id}"), on_queue: true };
    [UNASSIGNED, ASSIGNED, FOLLOWUPS, CUSTOMER, NOT_PICKED].map(status).to_vec()
}

fn at(text: &str) -> TimeOfDay {
    text.parse().expect("a time of day")
}

#[track_caller]
fn refused<S: std::fmt::Debug>(result: Result<S, Invalid>, field: &str, message: &str) {
    assert_eq!(result.expect_err("refused"), Invalid::new(field, message));
}

#[track_caller]
fn stored<S: Section + std::fmt::Debug>(value: &S, key: &str, json: Value) {
    assert_eq!(S::KEY.as_str(), key);
    assert_eq!(to_value(value).expect("JSON"), json);
    assert_eq!(&from_value::<S>(json).expect("a section"), value);
}

#[test]
fn daily_call_target() {
    for (text, calls) in [("1", 1), (" 80 ", 80), ("1000", 1000), ("080", 80)] {
        assert_eq!(DailyTarget::from_form(text), Ok(DailyTarget { calls }));
    }
    for text in ["", "0", "1001", "-1", "+80", "80.5", "1e2", "8 0", "eighty", "99999999999"] {
        refused(DailyTarget::from_form(text), "calls", "Daily call target is a whole number from 1 to 1000.");
    }
    stored(&DailyTarget { calls: 80 }, "daily_target", json!({ "calls": 80 }));
}

#[test]
fn show_customer_to() {
    assert_eq!(ShowCustomer::ALL.map(ShowCustomer::title), ["All", "Agent Only"]);
    for choice in ShowCustomer::ALL {
        assert_eq!(ShowCustomer::from_form(choice.key()), Ok(choice));
        stored(&choice, "show_customer", json!(choice.key()));
    }
    for text in ["", "All", "agents", "Agent Only"] {
        let message = "Show customer to is either All or Agent Only.";
        refused(ShowCustomer::from_form(text), "show_customer", message);
    }
}

#[test]
fn auto_lead_assignment() {
    let form = |enabled, ids: &[i64], at: &str| AutoAssignment::from_form(enabled, ids.to_vec(), at, &statuses());
    let value = AutoAssignment { enabled: true, statuses: vec![UNASSIGNED, NOT_PICKED], at: at("09:00") };
    assert_eq!(form(true, &[NOT_PICKED, UNASSIGNED, NOT_PICKED], "09:00"), Ok(value.clone()));
    assert!(form(false, &[], "09:00").is_ok());
    refused(form(true, &[CUSTOMER], "09:00"), "statuses", "Customers are in no job: Customer can't be selected.");
    let gone = "One of the selected statuses no longer exists. Choose from the list.";
    refused(form(true, &[NOT_PICKED, 99], "09:00"), "statuses", gone);
    let none = "Select at least one status, or switch Auto lead assignment off.";
    refused(form(true, &[], "09:00"), "statuses", none);
    let time = "Reassign at is a time of day from 00:00 to 23:59, such as 09:00.";
    refused(form(true, &[NOT_PICKED], "24:00"), "at", time);
    stored(&value, "auto_assignment", json!({ "enabled": true, "statuses": [1, 8], "at": "09:00" }));
    assert_eq!((AutoAssignment::JOB, value.daily_at()), (Job::AutoAssignment, Some(at("09:00"))));
    assert_eq!(AutoAssignment { enabled: false, ..value }.daily_at(), None);
}

#[test]
fn daily_lead_top_up() {
    let value = TopUp { enabled: true, at: at("09:15") };
    assert_eq!(TopUp::from_form(true, "09:15"), Ok(value));
    for time in ["", "9:15", "24:00", "noon"] {
        let message = "Top-up at is a time of day from 00:00 to 23:59, such as 09:00.";
        refused(TopUp::from_form(false, time), "at", message);
    }
    stored(&value, "top_up", json!({ "enabled": true, "at": "09:15" }));
    assert_eq!((TopUp::JOB, value.daily_at()), (Job::TopUp, Some(at("09:15"))));
    assert_eq!(TopUp { enabled: false, ..value }.daily_at(), None);
}

#[test]
fn auto_removal() {
    let form = |enabled, ids: &[i64], days: &str, at: &str| {
        AutoRemoval::from_form(enabled, ids.to_vec(), days, at, &statuses())
    };
    let value = AutoRemoval { enabled: true, statuses: vec![ASSIGNED, NOT_PICKED], days: 2, at: at("20:00") };
    assert_eq!(form(true, &[NOT_PICKED, ASSIGNED, ASSIGNED], "2", "20:00"), Ok(value.clone()));
    assert_eq!(form(false, &[], "1", "20:00").map(|value| value.days), Ok(1));
    assert_eq!(form(false, &[], "365", "20:00").map(|value| value.days), Ok(365));

    let customer = "Customers are in no job: Customer can't be selected.";
    refused(form(false, &[ASSIGNED, CUSTOMER], "2", "20:00"), "statuses", customer);
    let unassigned = "Unassigned leads have no agent to be removed from: Unassigned can't be selected.";
    refused(form(false, &[UNASSIGNED, ASSIGNED], "2", "20:00"), "statuses", unassigned);
    let gone = "One of the selected statuses no longer exists. Choose from the list.";
    refused(form(true, &[99], "2", "20:00"), "statuses", gone);
    let none = "Select at least one status, or switch Auto removal off.";
    refused(form(true, &[], "2", "20:00"), "statuses", none);
    for days in ["", "0", "366", "1.5", "-1", "two"] {
        refused(form(false, &[ASSIGNED], days, "20:00"), "days", "After days is a whole number from 1 to 365.");
    }
    let time = "Remove at is a time of day from 00:00 to 23:59, such as 09:00.";
    refused(form(false, &[ASSIGNED], "2", "20:60"), "at", time);

    let json = json!({ "enabled": true, "statuses": [2, 8], "days": 2, "at": "20:00" });
    stored(&value, "auto_removal", json);
    assert_eq!((AutoRemoval::JOB, value.daily_at()), (Job::AutoRemoval, Some(at("20:00"))));
    assert_eq!(AutoRemoval { enabled: false, ..value }.daily_at(), None);
    let offered: Vec<i64> =
        statuses().iter().map(|status| status.id).filter(|id| may_select(Job::AutoRemoval, *id)).collect();
    assert_eq!(offered, [ASSIGNED, FOLLOWUPS, NOT_PICKED]);
}

#[test]
fn general() {
    let value = General::from_form(" Acme ", "gb", "Europe/London").expect("valid");
    let json = json!({ "company": "Acme", "country": "GB", "time_zone": "Europe/London" });
    stored(&value, "general", json);
    refused(General::from_form(" ", "GB", "UTC"), "company", "Company name is required, 120 characters at most.");
    for country in ["", "ZZ", "Britain"] {
        refused(General::from_form("Acme", country, "UTC"), "country", "Choose a country from the list.");
    }
    for zone in ["", "IST", "Asia/Atlantis"] {
        let message = "Time zone is a name from the list, such as Asia/Kolkata.";
        refused(General::from_form("Acme", "GB", zone), "time_zone", message);
    }
}
