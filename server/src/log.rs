use std::{
    env::{self, VarError},
    io::{IsTerminal as _, stderr},
};

use anyhow::{Context as _, bail};
use tracing_subscriber::EnvFilter;

/// Says what the log holds, as tracing filters say it.
const VARIABLE: &str = "CALLIYO_LOG";

const UNLESS_SAID: &str = "info,sqlx=warn,apalis_core=warn,memory_serve=warn";

/// From now on what happens is logged to standard error.
pub fn begin() -> anyhow::Result<()> {
    tracing_subscriber::fmt()
        .with_writer(stderr)
        .with_ansi(stderr().is_terminal())
        .with_env_filter(filter(env::var(VARIABLE))?)
        .init();
    Ok(())
}

/// What is asked for; a mistyped filter is no reason to log something else.
fn filter(asked: Result<String, VarError>) -> anyhow::Result<EnvFilter> {
    let filter = match asked {
        Ok(filter) => filter,
        Err(VarError::NotPresent) => UNLESS_SAID.to_owned(),
        Err(error) => bail!("{VARIABLE}: {error}"),
    };
    EnvFilter::builder()
        .parse(&filter)
        .with_context(|| format!("{VARIABLE}: {filter:?} is no filter such as info or warn,sqlx=debug"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_where_nothing_is_asked_for_it_is_the_default() {
        let shown = |asked| filter(asked).map(|filter| filter.to_string());
        assert_eq!(shown(Ok("warn,sqlx=debug".to_owned())).expect("a filter"), "sqlx=debug,warn");
        let default = shown(Err(VarError::NotPresent)).expect("a filter");
        assert_eq!(default.split(',').count(), UNLESS_SAID.split(',').count(), "{default}");
        let refused = shown(Ok("info,sqlx=wran".to_owned())).expect_err("mistyped").to_string();
        assert!(refused.starts_with("CALLIYO_LOG: ") && refused.contains("sqlx=wran"), "{refused}");
        assert!(shown(Err(VarError::NotUnicode("\u{fffd}".into()))).is_err());
    }
}
