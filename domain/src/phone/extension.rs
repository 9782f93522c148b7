//! What sets an extension off from the number before it.

use super::{
    judge::digit_count,
    reason::Reason,
    written::{SHORT, letters_of},
};

/// Words that come before an extension, by language, composed and in lower case; “x” as in `x12`.
const WORDS: [(&str, &str); 14] = [
    ("English", "ext exten extn extension x xt option opt"),
    ("Spanish, Portuguese", "extensión extensao extensão ampliación ampliacion anexo anx interno ramal"),
    ("French, Italian", "poste interne int interno"),
    ("German", "durchwahl durchw dw app apparat nst nebenstelle klappe kl"),
    ("Dutch and the North's", "toestel tst anknytning ankn lokal lokalnummer alanumero alanro"),
    ("Polish, Czech, Hungarian, Croatian", "wew wewn wewnętrzny klapka linka mellék lokal lok"),
    ("Russian, Ukrainian, Bulgarian", "доб добавочный вн внутр внутренний дод внутрішній вътр"),
    ("Greek", "εσωτ εσωτερικό"),
    ("Turkish", "dahili dah"),
    ("Arabic, Persian, Hebrew", "تحويلة داخلي داخلی שלוחה"),
    ("Hindi", "एक्सटेंशन एक्स"),
    ("Thai", "ต่อ"),
    ("Indonesian", "pes pesawat"),
    ("Chinese, Japanese, Korean", "内線 內線 内线 分机 分機 转 轉 转分机 내선"),
];

/// Whether an extension follows the word, in lower case.
pub fn is_word(word: &str) -> bool {
    WORDS.iter().any(|(_, words)| words.split(' ').any(|known| known == word))
}

/// Whether an extension stands before the number (“ext 12, …”), given what comes before the first digit.
pub fn is_label(label: &str) -> bool {
    let label = label.trim_end_matches(|c: char| !c.is_alphanumeric());
    is_word(&letters_of(label.split(|c: char| c.is_whitespace() || c.is_ascii_punctuation()).next_back().unwrap_or("")))
}

/// What a telephone dials after a pause, or on being asked (`,12`, `*12`, `#12`), is an extension.
pub fn dialled(number: &str) -> Result<(), Reason> {
    let signs = [',', ';', '*', '#'];
    let Some((before, rest)) = number.split_once(signs) else { return Ok(()) };
    let behind = digit_count(rest.trim_start_matches(signs));
    let is_one = behind < SHORT || number.contains(['*', '#']) && digit_count(before) >= SHORT && behind < 8;
    Err(if is_one { Reason::Extension } else { Reason::Two })
}
