//! The whole truth of who may see and do what.

use calliyo_domain::settings::ShowCustomer;

use super::VIEWERS;

/// What comes of it for admin, manager, agent, agent with management, banned and anonymous.
///
/// - A page, file, read or post is an address: its cells are the status that it answers, or `in` for being led to the
///   sign-in. What follows `?` is sent as the form where it is a `post`. One that may is asked for something that isn't
///   there, where doing it would change the world for those who come after. The sixth who tries to sign in with one
///   address is held up.
/// - A lead is one as the viewer sees it, under a setting of Show customer to: who `sees` it does so on lists, in search,
///   counts, downloads and on its pages, and may log, note, agree on the next call and edit; for the others it isn't there.
/// - A customer is such a lead on the customers' pages, list, search, count and download.
/// - An event is one of the live stream.
const TABLE: &str = "
page /                                        302 302 302 302 in  in
page /sign-in                                 302 302 302 302 200 200
page /dashboard                               200 200 200 200 in  in
page /tasks                                   403 403 200 200 in  in
page /calls                                   200 200 200 200 in  in
page /leads                                   200 200 200 200 in  in
page /leads/new                               200 200 403 200 in  in
page /leads/import                            200 200 403 200 in  in
page /leads/import/9                          404 404 403 404 in  in
page /leads/import/drafts/9                   404 404 403 404 in  in
page /leads/9                                 404 404 404 404 in  in
page /leads/9/edit                            404 404 404 404 in  in
page /users                                   200 403 403 403 in  in
page /users/new                               200 403 403 403 in  in
page /users/999                               404 403 403 403 in  in
page /roles                                   200 403 403 403 in  in
page /roles/new                               200 403 403 403 in  in
page /roles/999                               404 403 403 403 in  in
page /account                                 200 200 200 200 in  in
page /customers                               200 200 200 200 in  in
page /customers/9                             404 404 404 404 in  in
page /reports                                 200 200 403 403 in  in
page /settings                                302 302 302 302 in  in
page /settings?tab=general                    200 403 403 403 in  in
page /settings?tab=status                     200 403 403 403 in  in
page /settings?tab=configurations             200 403 403 403 in  in
page /settings?tab=nowhere                    404 404 404 404 in  in
page /settings/runs                           200 403 403 403 in  in
page /settings/runs/9                         404 403 403 403 in  in
page /nowhere                                 404 404 404 404 in  in

file /customers/export.csv                    200 200 200 200 401 401
file /leads/export.csv                        200 200 403 200 401 401
file /reports/report.csv                      200 200 403 403 401 401
file /reports/funnel.csv                      200 200 403 403 401 401
file /leads/import/9/bad-rows.csv             404 404 403 404 401 401

read /api/session                             200 200 200 200 200 200
read /api/account                             200 200 200 200 401 401
read /api/dashboard                           200 200 200 200 401 401
read /api/tasks                               403 403 200 200 401 401
read /api/calls/today                         200 200 200 200 401 401
read /api/leads                               200 200 200 200 401 401
read /api/lead?id=9                           404 404 404 404 401 401
read /api/lead/record?id=9                    404 404 404 404 401 401
read /api/leads/count                         200 200 403 200 401 401
read /api/leads/new                           200 200 403 200 401 401
read /api/leads/imports                       200 200 403 200 401 401
read /api/leads/import?run=9                  404 404 403 404 401 401
read /api/leads/import/draft?id=9             404 404 403 404 401 401
read /api/customers                           200 200 200 200 401 401
read /api/customers/one?id=9                  404 404 404 404 401 401
read /api/reports                             200 200 403 403 401 401
read /api/users                               200 403 403 403 401 401
read /api/users/new                           200 403 403 403 401 401
read /api/users/record?id=999                 404 403 403 403 401 401
read /api/roles                               200 403 403 403 401 401
read /api/roles/record?id=999                 404 403 403 403 401 401
read /api/statuses                            200 403 403 403 401 401
read /api/settings/section?section=top_up     200 403 403 403 401 401
read /api/jobs/panel?job=top_up               200 403 403 403 401 401
read /api/jobs/preview?job=top_up             200 403 403 403 401 401
read /api/runs                                200 403 403 403 401 401
read /api/runs/run?id=9                       404 403 403 403 401 401

post /api/set-theme?theme=dark                200 200 200 200 200 200
post /api/sign-in?email=x&password=x          401 401 401 401 401 429
post /api/create-first-admin?name=x&email=x@example.com&password=long-enough-one 403 403 403 403 403 403
post /api/calls/log?id=9                      404 404 404 404 401 401
post /api/calls/undo?id=9                     422 422 422 422 401 401
post /api/calls/correct?id=9                  404 404 404 404 401 401
post /api/lead/edit?id=9                      404 404 404 404 401 401
post /api/leads/note?id=9                     404 404 404 404 401 401
post /api/leads/next-call?id=9                404 404 404 404 401 401
post /api/leads/add                           422 422 403 422 401 401
post /api/leads/assign                        422 422 403 422 401 401
post /api/leads/status                        422 422 403 422 401 401
post /api/leads/import/start?id=9             404 404 403 404 401 401
post /api/leads/import/discard?id=9           404 404 403 404 401 401
post /api/leads/views/save                    422 422 403 422 401 401
post /api/leads/views/rename?id=9&name=x      404 404 403 404 401 401
post /api/leads/views/delete?id=9             404 404 403 404 401 401
post /api/users/add                           422 403 403 403 401 401
post /api/users/edit?id=999                   422 403 403 403 401 401
post /api/users/password?id=999               422 403 403 403 401 401
post /api/users/ban?id=999                    404 403 403 403 401 401
post /api/users/unban?id=999                  404 403 403 403 401 401
post /api/users/sessions/revoke?id=999        200 403 403 403 401 401
post /api/roles/add                           422 403 403 403 401 401
post /api/roles/edit?id=999                   422 403 403 403 401 401
post /api/roles/delete?id=999                 404 403 403 403 401 401
post /api/statuses/add                        422 403 403 403 401 401
post /api/statuses/rename?id=999&name=x       422 403 403 403 401 401
post /api/statuses/queue?id=7&password=wrong  403 403 403 403 401 401
post /api/statuses/move?id=999                422 403 403 403 401 401
post /api/statuses/delete?id=999              422 403 403 403 401 401
post /api/settings/save?section=top_up&version=0&password=wrong 403 403 403 403 401 401
post /api/jobs/run?job=top_up                 200 403 403 403 401 401
post /api/account/password?password=wrong      403 403 403 403 401 401
post /api/account/sessions/revoke?session=0   200 200 200 200 401 401
post /api/account/sessions/revoke-others      200 200 200 200 401 401
post /api/sign-out                            200 200 200 200 200 401

lead own all                                  sees sees sees sees 401  401
lead anothers all                             sees sees -    sees 401  401
lead unassigned all                           sees sees -    sees 401  401
lead reassigned all                           sees sees -    sees 401  401
lead by-me all                                sees sees sees sees 401  401
lead by-another all                           sees sees -    sees 401  401
lead by-me-once all                           sees sees -    sees 401  401
lead by-another-once all                      sees sees -    sees 401  401
lead by-nobody all                            sees sees -    sees 401  401
lead own agent_only                           sees sees sees sees 401  401
lead anothers agent_only                      sees sees -    sees 401  401
lead unassigned agent_only                    sees sees -    sees 401  401
lead reassigned agent_only                    sees sees -    sees 401  401
lead by-me agent_only                         sees sees sees sees 401  401
lead by-another agent_only                    sees sees -    -    401  401
lead by-me-once agent_only                    sees sees -    sees 401  401
lead by-another-once agent_only               sees sees -    -    401  401
lead by-nobody agent_only                     sees sees -    -    401  401

customer own all                              -    -    -    -    401  401
customer anothers all                         -    -    -    -    401  401
customer unassigned all                       -    -    -    -    401  401
customer reassigned all                       -    -    -    -    401  401
customer by-me all                            sees sees sees sees 401  401
customer by-another all                       sees sees -    sees 401  401
customer by-me-once all                       sees sees sees sees 401  401
customer by-another-once all                  sees sees -    sees 401  401
customer by-nobody all                        sees sees -    sees 401  401
customer own agent_only                       -    -    -    -    401  401
customer anothers agent_only                  -    -    -    -    401  401
customer unassigned agent_only                -    -    -    -    401  401
customer reassigned agent_only                -    -    -    -    401  401
customer by-me agent_only                     sees sees sees sees 401  401
customer by-another agent_only                sees sees -    -    401  401
customer by-me-once agent_only                sees sees sees sees 401  401
customer by-another-once agent_only           sees sees -    -    401  401
customer by-nobody agent_only                 sees sees -    -    401  401

event settings/general                        hears hears hears hears 401   401
event settings/daily_target                   hears hears hears hears 401   401
event settings/show_customer                  hears hears hears hears 401   401
event settings/auto_assignment                hears -     -     -     401   401
event settings/top_up                         hears -     -     -     401   401
event settings/auto_removal                   hears -     -     -     401   401
event statuses                                hears hears hears hears 401   401
event runs                                    hears hears -     hears 401   401
event progress/auto_assignment                hears -     -     -     401   401
event progress/top_up                         hears -     -     -     401   401
event progress/auto_removal                   hears -     -     -     401   401
event progress/lead_import                    hears hears -     hears 401   401
event leads                                   hears hears hears hears 401   401
event leads-of/another                        hears hears -     hears 401   401
event leads-of/me                             hears hears hears hears 401   401
event users                                   hears hears -     hears 401   401
event sessions/another                        -     -     -     -     401   401
event sessions/me                             hears hears hears hears 401   401
event calls/another                           hears hears -     hears 401   401
event calls/me                                hears hears hears hears 401   401
event calls/anybody                           hears hears hears hears 401   401
";

pub struct Line {
    pub kind: &'static str,
    /// The address, the lead or the event.
    pub subject: &'static str,
    /// For leads and customers.
    pub setting: Option<ShowCustomer>,
    /// By viewer.
    pub expected: Vec<&'static str>,
}

/// Those of these kinds.
pub fn lines(kinds: &'static [&'static str]) -> impl Iterator<Item = Line> {
    TABLE.lines().map(str::split_whitespace).filter_map(move |mut words| {
        let kind = words.next().filter(|kind| kinds.contains(kind))?;
        let subject = words.next().unwrap();
        let of_leads = matches!(kind, "lead" | "customer");
        let setting = of_leads.then(|| match words.next() {
            Some("all") => ShowCustomer::All,
            Some("agent_only") => ShowCustomer::AgentOnly,
            other => panic!("{subject}: {other:?}"),
        });
        let expected: Vec<_> = words.collect();
        assert_eq!(expected.len(), VIEWERS.len(), "{subject}");
        Some(Line { kind, subject, setting, expected })
    })
}
