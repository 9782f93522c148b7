//! What a role must be (PRODUCT.md, "Who uses it").

use crate::{Invalid, permission::Permissions, text};

/// A named set of permissions, checked; for adding one and for editing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRole {
    pub name: String,
    pub permissions: Permissions,
}

impl NewRole {
    /// # Errors
    /// Says what a name may be.
    pub fn new(name: &str, permissions: Permissions) -> Result<Self, Invalid> {
        Ok(Self { name: text::required("name", "The name", name, 60)?, permissions })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_has_a_short_name() {
        let name = |text: &str| NewRole::new(text, Permissions::default()).map(|role| role.name);
        assert_eq!(name(" Team lead ").as_deref(), Ok("Team lead"));
        assert!(name(&"é".repeat(60)).is_ok());
        for text in ["", "  ", "a\nb", &"é".repeat(61)] {
            assert_eq!(name(text).expect_err(text).field, "name");
        }
    }
}
