/// What came of a call: as stored, and what people call it, in the order of PRODUCT.md.
pub const OUTCOMES: [(&str, &str); 7] = [
    ("called", "Called"),
    ("busy", "Busy"),
    ("no_answer", "No Answer"),
    ("missed", "Missed"),
    ("in_progress", "In-progress"),
    ("follow_up", "Follow up"),
    ("rescheduled", "Rescheduled"),
];
