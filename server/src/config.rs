use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, builder::FalseyValueParser};

/// Which database to use.
#[derive(Args, Clone, Debug)]
pub struct DatabaseArgs {
    /// The database: sqlite:FILE or postgres://USER:PASSWORD@HOST/NAME (PostgreSQL 15 or later)
    #[arg(long, env = "DATABASE_URL", default_value = "sqlite:var/calliyo.db", hide_env_values = true, global = true)]
    pub database_url: String,
}

/// How the site is reached.
#[derive(Args, Clone, Debug)]
pub struct ServeArgs {
    /// Where to listen: ADDRESS:PORT
    #[arg(long, env = "CALLIYO_LISTEN", default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,
    /// People reach the site by https, through a proxy: cookies are bound to the host and to https
    #[arg(long, env = "CALLIYO_HTTPS", value_parser = FalseyValueParser::new())]
    pub https: bool,
    /// A proxy in front adds the client's address as the last one of X-Forwarded-For
    #[arg(long, env = "CALLIYO_BEHIND_PROXY", value_parser = FalseyValueParser::new())]
    pub behind_proxy: bool,
    /// For tests: a file with the milliseconds that the clock is ahead of the system's
    #[arg(long, env = "CALLIYO_TEST_CLOCK", hide = true)]
    pub test_clock: Option<PathBuf>,
    /// For tests of many days: look at the clock more often than the schedule's own tick does
    #[arg(long, env = "CALLIYO_TEST_LOOK_OFTEN", hide = true, value_parser = FalseyValueParser::new())]
    pub test_look_often: bool,
}

#[cfg(test)]
mod tests {
    use clap::{Command, FromArgMatches as _};

    use super::*;

    /// What is made of `text` in the variable of the switch `id`. As its default, which clap reads in the same way:
    /// a test's own environment is everybody's.
    fn served(id: &str, text: Option<&'static str>) -> ServeArgs {
        let command = ServeArgs::augment_args(Command::new("serve")).mut_args(|arg| arg.env(None));
        let command = command.mut_arg(id, |arg| match text {
            Some(text) => arg.default_value(text),
            None => arg,
        });
        let matches = command.try_get_matches_from(["serve"]).expect("is understood");
        ServeArgs::from_arg_matches(&matches).expect("is complete")
    }

    #[test]
    fn a_switch_in_the_environment_is_on_or_off_as_people_write_it() {
        for (text, on) in [
            (Some("1"), true),
            (Some("on"), true),
            (Some("true"), true),
            (Some("false"), false),
            (Some("0"), false),
            (Some("off"), false),
            (Some(""), false),
            (None, false),
        ] {
            assert_eq!(served("https", text).https, on, "CALLIYO_HTTPS: {text:?}");
            assert_eq!(served("behind_proxy", text).behind_proxy, on, "CALLIYO_BEHIND_PROXY: {text:?}");
        }
    }
}
