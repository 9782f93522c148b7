use calliyo_domain::settings::SectionKey;

use crate::settings::{
    CONFIGURATIONS,
    sections::{Choice, Field, Kind, SectionForm},
};

pub static SHOW_CUSTOMER: SectionForm = SectionForm {
    key: SectionKey::ShowCustomer,
    title: "Show customer to",
    purpose: "Who can see the Customers page, and which customers on it.",
    fields: &[Field {
        name: "show_customer",
        label: "Show customer to",
        help: "Pick Agent Only if agents are to focus on their own conversions and not see the wider customer base.",
        kind: Kind::Choice(&[
            Choice {
                value: "all",
                label: "All",
                help: "Every user with the management permission sees every customer.",
            },
            Choice {
                value: "agent_only",
                label: "Agent Only",
                help: "Agents only see customers whose original lead was assigned to them.",
            },
        ]),
    }],
    takes_effect: "Who sees customers has changed at once.",
    page: CONFIGURATIONS,
    job: None,
};
