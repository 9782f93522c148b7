//! Which customers somebody may see (PRODUCT.md, "Show customer to"): the whole truth table.

use calliyo_domain::{
    permission::Permissions,
    settings::ShowCustomer::{self, AgentOnly, All},
    visibility::{Customers, customers, may_see_customers},
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
