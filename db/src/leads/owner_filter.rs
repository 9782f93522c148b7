/// Whose leads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum OwnerFilter {
    #[default]
    Anyone,
    Nobody,
    Agent(i64),
    /// Any of these agents', or besides nobody's.
    Among {
        agents: Vec<i64>,
        nobody: bool,
    },
}

impl OwnerFilter {
    /// Any of these agents', and nobody's where that is asked for; anyone's where nothing is.
    #[must_use]
    pub fn any_of(agents: &[i64], nobody: bool) -> Self {
        match (agents, nobody) {
            ([], false) => Self::Anyone,
            ([], true) => Self::Nobody,
            ([agent], false) => Self::Agent(*agent),
            (agents, nobody) => Self::Among { agents: agents.to_vec(), nobody },
        }
    }

    /// Whether they are several agents, whose leads one index gives; nobody's are in another.
    pub(crate) fn is_several_agents(&self) -> bool {
        matches!(self, Self::Among { nobody: false, .. })
    }

    /// Each by itself, where they are several.
    pub(super) fn each(&self) -> Vec<Self> {
        match self {
            Self::Among { agents, nobody } => {
                agents.iter().map(|agent| Self::Agent(*agent)).chain(nobody.then_some(Self::Nobody)).collect()
            }
            one => vec![one.clone()],
        }
    }
}
