use calliyo_domain::counted::listed;
use serde::{Deserialize, Serialize};

/// Some people by name, as far as a sentence has room: ten, or nine and how many more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct People {
    names: Vec<String>,
    more: u64,
}

/// Names at most.
const MOST: usize = 10;

impl People {
    pub fn of(mut names: Vec<String>) -> Self {
        let more = if names.len() > MOST { names.split_off(MOST - 1).len() as u64 } else { 0 };
        Self { names, more }
    }

    /// “Asha, Bela and 5 more”, followed by `one` where it is one, else by `many`; nothing where it is nobody.
    pub fn and(&self, one: &str, many: &str) -> Option<String> {
        let verb = if self.names.len() == 1 { one } else { many };
        self.named().map(|named| format!("{named} {verb}"))
    }

    /// “Asha, Bela and 5 more”; nothing where it is nobody.
    pub fn named(&self) -> Option<String> {
        let more = (self.more > 0).then(|| format!("{} more", self.more));
        let all: Vec<&str> = self.names.iter().map(String::as_str).chain(more.as_deref()).collect();
        (!all.is_empty()).then(|| listed(&all))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_names_as_a_sentence_has_room_for() {
        let said = |names: &[&str]| People::of(names.iter().map(ToString::to_string).collect()).and("is", "are");
        assert_eq!(said(&[]), None);
        assert_eq!(said(&["Asha"]).as_deref(), Some("Asha is"));
        assert_eq!(said(&["Asha", "Bela"]).as_deref(), Some("Asha and Bela are"));
        assert_eq!(said(&["Asha", "Bela", "Chand"]).as_deref(), Some("Asha, Bela and Chand are"));
        let many = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K"];
        assert_eq!(said(&many[..10]).as_deref(), Some("A, B, C, D, E, F, G, H, I and J are"));
        assert_eq!(said(&many).as_deref(), Some("A, B, C, D, E, F, G, H, I and 2 more are"));
    }
}
