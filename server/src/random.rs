use calliyo_app::server::Random;
use rand::RngCore as _;

/// The system's random source: the one place that draws from it.
#[must_use]
pub fn system() -> Random {
    Random::new(|| {
        let mut bytes = [0; 32];
        #[expect(clippy::disallowed_methods, reason = "this is the one place")]
        rand::rng().fill_bytes(&mut bytes);
        bytes
    })
}
