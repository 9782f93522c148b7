use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version, password_hash::SaltString,
};
use calliyo_domain::text::composed;
use tokio::{sync::Semaphore, task::spawn_blocking};

use crate::Fault;

/// Hashes and verifies passwords with Argon2id (OWASP Password Storage Cheat Sheet: 19 MiB, 2 passes, 1 lane), away
/// from the async threads and only a few at a time: each takes 19 MiB and some 50 ms of a core.
#[derive(Clone, Debug)]
pub struct Passwords {
    permits: Arc<Semaphore>,
    /// Verified where there is no user, so that an unknown email costs what a known one does.
    nobody: Arc<str>,
}

fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::DEFAULT)
}

fn hash(password: &str, salt: [u8; 32]) -> Result<String, argon2::password_hash::Error> {
    let salt = SaltString::encode_b64(&salt[..16])?;
    Ok(argon2().hash_password(password.as_bytes(), &salt)?.to_string())
}

fn matches(password: &str, stored: &str) -> bool {
    PasswordHash::new(stored).is_ok_and(|stored| argon2().verify_password(password.as_bytes(), &stored).is_ok())
}

/// Keyboards differ in how they compose letters: in NFC all type the same (NIST SP 800-63B, 3.1.1.2). What was hashed
/// before is known as it is typed.
fn matches_in_any_form(typed: &str, stored: &str) -> bool {
    let composed = composed(typed);
    matches(&composed, stored) || composed != typed && matches(typed, stored)
}

impl Passwords {
    /// At most `at_once` at the same time. `salt` only has to be the server's own.
    #[must_use]
    pub fn new(at_once: usize, salt: [u8; 32]) -> Self {
        let nobody = hash("nobody's password", salt).unwrap_or_default();
        Self { permits: Arc::new(Semaphore::new(at_once)), nobody: nobody.into() }
    }

    /// The text to store for `password`; `salt` must be fresh.
    ///
    /// # Errors
    /// [`Fault::Unavailable`] when the work was cancelled.
    pub async fn hash(&self, password: String, salt: [u8; 32]) -> Result<String, Fault> {
        self.blocking(move || hash(&composed(&password), salt)).await?.map_err(|_| Fault::Unavailable)
    }

    /// Whether `password` is the one of `stored`; without a stored one it takes as long, and isn't.
    ///
    /// # Errors
    /// [`Fault::Unavailable`] when the work was cancelled.
    pub async fn verify(&self, password: String, stored: Option<String>) -> Result<bool, Fault> {
        let nobody = self.nobody.clone();
        self.blocking(move || match stored {
            Some(stored) => matches_in_any_form(&password, &stored),
            None => {
                matches_in_any_form(&password, &nobody);
                false
            }
        })
        .await
    }

    async fn blocking<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Fault> {
        let permit = self.permits.clone().acquire_owned().await.map_err(|_| Fault::Unavailable)?;
        // The permit goes with the work: a request that is given up doesn't let another begin early.
        spawn_blocking(move || {
            let _permit = permit;
            work()
        })
        .await
        .map_err(|_| Fault::Unavailable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What was set, and what is typed for it.
    #[test]
    fn a_password_is_known_in_any_composition() {
        let (composed_e, decomposed) = ("caf\u{e9} at noon", "cafe\u{301} at noon");
        for (set, typed, known) in [
            (composed_e, decomposed, true),
            (decomposed, decomposed, true),
            (composed_e, composed_e, true),
            (composed_e, "cafe at noon", false),
            ("two  spaces kept", "two spaces kept", false),
        ] {
            let stored = hash(&composed(set), [7; 32]).expect("hashes");
            assert_eq!(matches_in_any_form(typed, &stored), known, "{set:?} {typed:?}");
        }
        let before = hash(decomposed, [7; 32]).expect("hashes");
        assert!(matches_in_any_form(decomposed, &before), "as it was hashed before");
    }
}
