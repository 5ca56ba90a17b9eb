//! What the binary was asked to do.

use crate::{
    config::{Cli, Command, Config, KeyCommand, TokenCommand, UserCommand},
    log::OneLine,
    serve::serve,
    transfer,
};
use domain::{Failure, Role, Secret};
use service::{Clock, Service};
use std::{io::Read, path::Path};
use tracing_subscriber::{EnvFilter, fmt};

pub async fn run(cli: Cli) -> Result<(), String> {
    let config = cli.config()?;
    start_log(&config.log)?;
    match cli.command {
        None | Some(Command::Serve) => serve(config).await,
        Some(Command::Check) => check(&config).await,
        Some(Command::Backup { file }) => backup(&config, &file).await,
        Some(Command::Key { command: KeyCommand::Rotate }) => rotate_key(&config).await,
        Some(Command::Export { file }) => transfer::export(&config, file.as_deref()).await,
        Some(Command::Import { file, dry_run }) => transfer::import(&config, &file, dry_run).await,
        Some(Command::User { command: UserCommand::Add { name, role, .. } }) => add_user(&config, &name, role).await,
        Some(Command::Token { command: TokenCommand::Add { name, role } }) => add_token(&config, &name, role).await,
    }
}

pub async fn open(config: &Config) -> Result<Service, String> {
    Service::open(config.service.clone(), Clock::system()).await.map_err(|error| error.to_string())
}

async fn check(config: &Config) -> Result<(), String> {
    let service = open(config).await?;
    let log = service.audit_check().await;
    service.close().await;
    let log = log.map_err(|failure| refusal(&failure))?;
    if let Some(fault) = log.fault {
        return Err(format!("audit log: {fault}; {} lines are as they were written", log.lines));
    }
    println!("postroom: settings, key and store are well");
    println!("postroom: audit log: {} lines, chained up to {}", log.lines, log.head);
    Ok(())
}

async fn backup(config: &Config, file: &Path) -> Result<(), String> {
    if file.exists() {
        return Err(format!("{}: exists already; a backup never writes over anything", file.display()));
    }
    let service = open(config).await?;
    let result = service.backup(file).await;
    service.close().await;
    result.map_err(|failure| refusal(&failure))?;
    println!("postroom: {} written; keep the master key apart from it", file.display());
    Ok(())
}

async fn add_user(config: &Config, name: &str, role: Role) -> Result<(), String> {
    let mut password = String::new();
    std::io::stdin().read_to_string(&mut password).map_err(|error| format!("--password-stdin: {error}"))?;
    let password =
        Secret::new(password.strip_suffix('\n').map_or(password.as_str(), |p| p.strip_suffix('\r').unwrap_or(p)));
    let service = open(config).await?;
    let result = service.user_create_from_command_line(name, role, &password).await;
    service.close().await;
    match result {
        Ok(user) => {
            println!("postroom: user {} added as {}", user.name, user.role.code());
            Ok(())
        }
        Err(failure) => Err(refusal(&failure)),
    }
}

async fn rotate_key(config: &Config) -> Result<(), String> {
    let service = open(config).await?;
    let result = service.key_rotate().await;
    service.close().await;
    let wrapped = result.map_err(|failure| refusal(&failure))?;
    let file = config.service.master_key.name();
    println!("postroom: {file} holds a new master key ({wrapped} data keys); older backups still need the old one");
    Ok(())
}

/// The token goes to standard output and nothing else does, so that a script can keep it.
async fn add_token(config: &Config, name: &str, role: Role) -> Result<(), String> {
    let service = open(config).await?;
    let result = service.token_create_from_command_line(name, role).await;
    service.close().await;
    let made = result.map_err(|failure| refusal(&failure))?;
    eprintln!("postroom: token {} added as {}; it is shown this once", made.token.name, made.token.role.code());
    println!("{}", made.secret.expose());
    Ok(())
}

/// A refusal in words for a terminal.
fn refusal(failure: &Failure) -> String {
    match failure {
        Failure::Invalid { errors } => {
            let lines: Vec<_> = errors.0.iter().map(|e| format!("--{}: {}", e.field, field_words(&e.code))).collect();
            lines.join("; ")
        }
        Failure::Refused { code, .. } if code == "key_not_in_file" => {
            "the master key comes from POSTROOM_MASTER_KEY, which can't be rewritten from here; only one in a file \
             (--master-key-file) can be rotated"
                .to_owned()
        }
        Failure::Internal { reference } => {
            format!("{}; the log says what, beside {reference}", crate::problem::title(failure))
        }
        other => crate::problem::title(other).to_owned(),
    }
}

fn field_words(code: &str) -> &str {
    match code {
        "required" => "is empty",
        "password_short" => "is too short: at least 12 characters",
        "too_long" => "is too long",
        "name_taken" => "is taken",
        "control_character" => "has a control character",
        other => other,
    }
}

fn start_log(filter: &str) -> Result<(), String> {
    let filter =
        EnvFilter::try_new(filter).map_err(|_| format!("--log (POSTROOM_LOG): '{filter}' is not a log filter"))?;
    fmt().with_env_filter(filter).with_writer(OneLine::of(std::io::stderr)).with_ansi(false).init();
    Ok(())
}
