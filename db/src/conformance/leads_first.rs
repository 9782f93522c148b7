use calliyo_domain::{lead_order::LeadOrder, search::Search};

use super::{
    fixtures::*,
    leads::{all, from_the_web, some_leads},
};
use crate::{
    Db,
    leads::{First, LeadFilter, OwnerFilter, first::Asked},
};

on_both!(what_the_fewest_leads_meet_is_read_first);

async fn what_the_fewest_leads_meet_is_read_first(db: &Db) {
    // 135 leads on nine statuses, ten of nobody's on Customer and thirty on Unassigned; 58 from the web.
    some_leads(db).await;
    from_the_web(db).await;
    let mut tx = read(db).await;
    let web = LeadFilter { source: Some("Web".to_owned()), ..all() };
    let found = LeadFilter { search: Search::of("lead"), ..web.clone() };
    let busy = LeadFilter { statuses: vec![BUSY], ..found.clone() };
    let nobodys = LeadFilter { owner: OwnerFilter::Nobody, ..busy.clone() };
    let old = LeadFilter { since_at_latest: Some(NOW), ..web.clone() };
    let nobody_has_it = LeadFilter { tags: vec!["nobody has it".to_owned()], ..nobodys.clone() };
    let agents = LeadFilter { owner: OwnerFilter::Agent(2), ..nobody_has_it.clone() };
    let nothing_typed = LeadFilter { search: Search::of("…"), ..busy.clone() };
    for (filter, few, first) in [
        (all(), 100, First::Leads),
        (web.clone(), 100, First::Leads),
        (found.clone(), 100, First::Few(Asked::Source)),
        (found, 20, First::Words),
        (busy, 100, First::Few(Asked::Statuses)),
        (nobodys.clone(), 100, First::Few(Asked::Statuses)),
        (LeadFilter { statuses: (1..=10).collect(), ..nobodys }, 50, First::Few(Asked::Owners)),
        (old.clone(), 20, First::Source),
        (nobody_has_it, 100, First::Few(Asked::Tag)),
        (nothing_typed, 100, First::Few(Asked::Words)),
        (agents, 100, First::Leads),
    ] {
        let found = filter.first_if(&mut tx, LeadOrder::Newest, few).await.expect("counts");
        assert_eq!(found, first, "{filter:?}");
    }
    // No index has these in the order of the time on their status.
    for (filter, few, first) in [
        (web.clone(), 100, First::Few(Asked::Source)),
        (web, 20, First::Leads),
        (old, 20, First::Leads),
        (LeadFilter { statuses: vec![BUSY], ..all() }, 100, First::Leads),
    ] {
        let found = filter.first_if(&mut tx, LeadOrder::Longest, few).await.expect("counts");
        assert_eq!(found, first, "{filter:?}");
    }
}
