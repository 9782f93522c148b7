use calliyo_domain::{job::Job, settings::SectionKey};

/// What a section shows, and what can be set in it.
#[derive(Debug)]
pub struct SectionForm {
    pub key: SectionKey,
    pub title: &'static str,
    /// What it changes, and for whom.
    pub purpose: &'static str,
    pub fields: &'static [Field],
    /// What there is to know besides.
    pub notes: &'static [&'static str],
    /// From when a save counts.
    pub takes_effect: &'static str,
    /// The address of the page it is on.
    pub page: &'static str,
    /// The job that it sets.
    pub job: Option<Job>,
}

/// One setting.
#[derive(Debug)]
pub struct Field {
    /// Its name in the stored section and in forms.
    pub name: &'static str,
    pub label: &'static str,
    pub help: &'static str,
    pub kind: Kind,
}

/// How a setting is typed in.
#[derive(Debug)]
pub enum Kind {
    /// On or off.
    Switch,
    /// Those statuses of the pipeline that may be selected for this job.
    Statuses(Job),
    /// A time of day in the company's zone.
    Time,
    /// A whole number, and what it counts.
    Number(&'static str),
    /// One of a few.
    Choice(&'static [Choice]),
    Text,
    Country,
    TimeZone,
}

/// One choice.
#[derive(Debug)]
pub struct Choice {
    pub value: &'static str,
    pub label: &'static str,
    pub help: &'static str,
}

impl SectionForm {
    /// The form of a section.
    #[must_use]
    pub fn of(key: SectionKey) -> &'static Self {
        use crate::settings::{configurations, general};
        match key {
            SectionKey::General => &general::GENERAL,
            SectionKey::DailyTarget => &configurations::DAILY_TARGET,
            SectionKey::ShowCustomer => &configurations::SHOW_CUSTOMER,
            SectionKey::AutoAssignment => &configurations::AUTO_ASSIGNMENT,
            SectionKey::TopUp => &configurations::TOP_UP,
            SectionKey::AutoRemoval => &configurations::AUTO_REMOVAL,
        }
    }

    /// The id of the element that holds `field`.
    #[must_use]
    pub fn id(&self, field: &str) -> String {
        format!("{}-{field}", self.key.as_str())
    }

    /// Whether a fault that names `field` is shown beside one of this form's inputs.
    #[must_use]
    pub fn has(&self, field: &str) -> bool {
        field == "password" || self.fields.iter().any(|known| known.name == field)
    }
}

impl Field {
    /// How its values are called in a form.
    #[must_use]
    pub fn input_name(&self) -> String {
        format!("values[{}][]", self.name)
    }
}
