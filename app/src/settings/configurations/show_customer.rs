use calliyo_domain::settings::SectionKey;

use crate::settings::{
    CONFIGURATIONS,
    sections::{Choice, Field, Kind, SectionForm},
};

pub static SHOW_CUSTOMER: SectionForm = SectionForm {
    key: SectionKey::ShowCustomer,
    title: "Show customer to",
    purpose: "Who can see the Customers page?",
    fields: &[Field {
        name: "show_customer",
        label: "Show customer to",
        help: "Pick Agent Only if you want agents to focus on their own conversions and not see the wider customer base.",
        kind: Kind::Choice(&[
            Choice {
                value: "all",
                label: "All",
                help: "every user with the management permission sees every customer.",
            },
            Choice {
                value: "agent_only",
                label: "Agent Only",
                help: "agents only see customers whose original lead was assigned to them.",
            },
        ]),
    }],
    notes: &[],
    takes_effect: "Who sees customers has changed at once.",
    page: CONFIGURATIONS,
    job: None,
};
