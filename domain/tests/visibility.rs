//! Which leads and customers somebody may see (PRODUCT.md, "Show customer to"): the whole truth tables.

use calliyo_domain::{
    call::LeadState,
    permission::Permissions,
    settings::ShowCustomer::{self, AgentOnly, All},
    status,
    visibility::{Customers, customers, lead, may_see_customers},
};

const VIEWER: i64 = 7;

#[test]
fn management_and_tasks_decide_with_the_setting() {
    let own = Some(Customers::ConvertedBy(VIEWER));
    let everyone = Some(Customers::All);
    let table: [(bool, bool, ShowCustomer, Option<Customers>); 8] = [
        // management, tasks
        (false, false, All, None),
        (false, false, AgentOnly, None),
        (true, false, All, everyone),
        (true, false, AgentOnly, everyone),
        (false, true, All, own),
        (false, true, AgentOnly, own),
        (true, true, All, everyone),
        (true, true, AgentOnly, own),
    ];
    for (management, tasks, setting, expected) in table {
        // What else a role allows makes no difference.
        for others in 0..8 {
            let permissions = Permissions {
                management,
                tasks,
                reports: others & 1 > 0,
                users: others & 2 > 0,
                settings: others & 4 > 0,
            };
            assert_eq!(customers(&permissions, setting, VIEWER), expected, "{permissions:?} {setting:?}");
            assert_eq!(may_see_customers(&permissions), expected.is_some(), "{permissions:?}");
        }
    }
}

#[test]
fn a_lead_is_seen_by_its_owner_and_by_management_and_a_customer_as_customers_are() {
    const OTHER: i64 = 8;
    let role = |management, tasks| Permissions { management, tasks, ..Permissions::default() };
    let viewers = [role(true, false), role(false, true), role(true, true), role(false, false)];
    // Who owns it, who converted it; then who sees it of management, tasks, both under All, both under Agent Only.
    let table = [
        (Some(VIEWER), None, [true, true, true, true]),
        (Some(OTHER), None, [true, false, true, true]),
        (None, None, [true, false, true, true]),
        (Some(VIEWER), Some(Some(VIEWER)), [true, true, true, true]),
        (Some(OTHER), Some(Some(VIEWER)), [true, false, true, true]),
        (Some(VIEWER), Some(Some(OTHER)), [true, false, true, false]),
        (Some(OTHER), Some(Some(OTHER)), [true, false, true, false]),
        (None, Some(None), [true, false, true, false]),
    ];
    for (owner, converted, expected) in table {
        let state = LeadState {
            status: if converted.is_some() { status::CUSTOMER } else { status::ASSIGNED },
            owner,
            converter: converted.flatten(),
            converted_at: converted.map(|_| 1),
        };
        let sees = |role: &Permissions, setting| lead(role, setting, VIEWER, &state);
        let [management, tasks, both, neither] = &viewers;
        for setting in ShowCustomer::ALL {
            assert_eq!(sees(management, setting), expected[0], "{state:?}");
            assert_eq!(sees(tasks, setting), expected[1], "{state:?}");
            assert!(!sees(neither, setting), "{state:?}");
        }
        assert_eq!([sees(both, All), sees(both, AgentOnly)], expected[2..], "{state:?}");
    }
}
