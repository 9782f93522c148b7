use std::{io::Read as _, process::ExitCode};

use anyhow::{Context as _, anyhow, bail};
use calliyo_db::{roles, users};
use calliyo_domain::{
    Invalid, Together as _, company,
    password::{self, About},
    quoted::quoted,
    user::NewUser,
};
use clap::{Args, Subcommand};

use crate::start;

#[derive(Subcommand, Debug)]
pub enum UserCommand {
    /// Add a user
    Add(AddArgs),
    /// List where a user is signed in, or sign them out there
    Sessions(SessionsArgs),
}

#[derive(Args, Debug)]
pub struct SessionsArgs {
    #[arg(long)]
    email: String,
    /// End this session
    #[arg(long, value_name = "ID", conflicts_with = "revoke_all")]
    revoke: Option<i64>,
    /// End all of them
    #[arg(long)]
    revoke_all: bool,
}

#[derive(Args, Debug)]
pub struct AddArgs {
    #[arg(long)]
    name: String,
    /// Used to sign in
    #[arg(long)]
    email: String,
    /// The role's name, such as "Company Admin", Manager or Agent
    #[arg(long)]
    role: String,
    /// How many leads the user's queue may hold
    #[arg(long, default_value_t = 0)]
    lead_cap: i64,
    /// Read the password from standard input
    #[arg(long, required = true)]
    password_stdin: bool,
}

pub async fn user(url: &str, command: UserCommand) -> anyhow::Result<ExitCode> {
    match command {
        UserCommand::Add(args) => add(url, args).await,
        UserCommand::Sessions(args) => sessions(url, args).await,
    }
}

async fn add(url: &str, args: AddArgs) -> anyhow::Result<ExitCode> {
    let password = password_from_stdin()?;
    let user = NewUser::new(&args.name, &args.email, args.lead_cap);
    let about = About { name: &args.name, email: &args.email, company: "" };
    let (user, ()) = (user, password::check(&password, about)).together().map_err(|invalid| anyhow!(each(&invalid)))?;
    let services = start::services(start::open(url).await?, false);
    let hash = services.passwords.hash(password, services.random.bytes()).await?;
    let mut tx = services.db.write().await?;
    let taken = format!("--email: {} is another user's already", user.email);
    let is_taken = users::by_email(&mut tx, &user.email).await?.is_some();
    let Some(role) = roles::by_name(&mut tx, &args.role).await? else {
        let names = roles::names(&mut tx).await?.join(", ");
        let unknown = format!("--role: there is no role {}; there are {names}", quoted(&args.role));
        bail!(if is_taken { format!("{taken}\n{unknown}") } else { unknown });
    };
    let id = match users::add(&mut tx, &user, role, &hash, services.clock.now()).await {
        Err(error) if error.is_duplicate() => bail!(taken),
        added => added?,
    };
    tx.commit().await?;
    services.db.close().await;
    println!("added {} <{}> as user {id}", user.name, user.email);
    Ok(ExitCode::SUCCESS)
}

async fn sessions(url: &str, args: SessionsArgs) -> anyhow::Result<ExitCode> {
    let db = start::open_existing(url).await?;
    let mut tx = db.write().await?;
    let user = users::by_email(&mut tx, &args.email).await?;
    let user = user.ok_or_else(|| anyhow!("--email: there is no user {}", args.email))?;
    if let Some(id) = args.revoke {
        if !calliyo_db::sessions::revoke(&mut tx, user.id, id).await? {
            bail!("--revoke: {} has no session {id}", user.email);
        }
        println!("session {id} ended");
    } else if args.revoke_all {
        println!("{} sessions ended", calliyo_db::sessions::end_all(&mut tx, user.id).await?);
    } else {
        for session in calliyo_db::sessions::of_user(&mut tx, user.id).await? {
            let seen = company::minute(session.last_seen_at, chrono_tz::UTC);
            println!("{}  {}  last seen {seen}  {}", session.id, session.address, session.browser);
        }
    }
    tx.commit().await?;
    db.close().await;
    Ok(ExitCode::SUCCESS)
}

/// A line for each argument that is wrong.
fn each(invalid: &Invalid) -> String {
    let line = |problem: &Invalid| match problem.field.as_str() {
        "password" => format!("the password on standard input: {}", problem.message),
        field => format!("--{}: {}", field.replace('_', "-"), problem.message),
    };
    invalid.problems().map(line).collect::<Vec<_>>().join("\n")
}

/// All of standard input but a line end at its end.
fn password_from_stdin() -> anyhow::Result<String> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).context("the password can't be read from standard input")?;
    let password = text.strip_suffix('\n').map_or(text.as_str(), |text| text.strip_suffix('\r').unwrap_or(text));
    Ok(password.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_argument_that_is_wrong_has_a_line() {
        let wrong = (NewUser::new("Asha", "asha", -1), password::check("short", About::default()))
            .together()
            .expect_err("refused");
        assert_eq!(
            each(&wrong),
            "--email: The email must look like name@example.com.\n\
             --lead-cap: The lead cap is a whole number from 0 to 100000.\n\
             the password on standard input: The password needs 10 characters at least and may have 200."
        );
    }
}
