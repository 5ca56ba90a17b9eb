//! `postroom export` and `postroom import`: settings as a readable file; secrets are named in it and found on this machine.

use crate::{command::open, config::Config, problem::field_words};
use domain::{
    Failure, Secret,
    transfer::{Bundle, SecretSource},
};
use service::{Step, StepOutcome};
use std::{collections::HashMap, fs, io::Write as _, path::Path};

const HEADER: &str = "\
# Postroom: credentials, connectors and accounts. `postroom import FILE` makes what is missing and changes what differs;
# what is not named here stays as it is. Applying it twice changes nothing.
#
# No secret stands here. A credential keeps the one stored under its name; where there is none, or another place is to get
# it, say where it is found: secret = \"env:NAME\" or secret = \"file:PATH\".

";

/// To a file that does not exist yet, or to standard output.
pub async fn export(config: &Config, file: Option<&Path>) -> Result<(), String> {
    let service = open(config).await?;
    let result = service.settings_export().await;
    service.close().await;
    let bundle = result.map_err(|failure| words(&failure))?;
    let text = toml::to_string(&bundle).map_err(|error| error.to_string())?;
    let text = format!("{HEADER}{}\n", text.trim_end());
    let Some(file) = file else {
        print!("{text}");
        return Ok(());
    };
    let written = fs::File::create_new(file).and_then(|mut open| open.write_all(text.as_bytes()));
    written.map_err(|error| format!("{}: {error}", file.display()))?;
    println!("postroom: {} written", file.display());
    Ok(())
}

pub async fn import(config: &Config, file: &Path, dry_run: bool) -> Result<(), String> {
    let bundle = read(file)?;
    let secrets = secrets(&bundle, file.parent().unwrap_or_else(|| Path::new("")))?;
    let service = open(config).await?;
    let result = service.settings_import(&bundle, secrets, dry_run).await;
    service.close().await;
    let imported = result.map_err(|failure| format!("{}: {}", file.display(), words(&failure)))?;
    if imported.is_refused() {
        let refused: Vec<_> = imported.steps.iter().filter_map(refusal).collect();
        return Err(format!("{}: nothing was changed\n{}", file.display(), refused.join("\n")));
    }
    for step in &imported.steps {
        println!("{}", line(step));
    }
    let changed = imported.steps.iter().filter(|step| step.outcome != StepOutcome::SecretMissing).count();
    let things = if changed == 1 { "thing" } else { "things" };
    match (changed, dry_run) {
        (0, _) => println!("postroom: nothing to change"),
        (_, true) => println!("postroom: {changed} {things} would change; nothing was done"),
        (_, false) => println!("postroom: {changed} {things} changed"),
    }
    Ok(())
}

/// What can't be read is said by its line, and not quoted.
fn read(file: &Path) -> Result<Bundle, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    toml::from_str(&text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        format!("{}, line {}: {}", file.display(), before.matches('\n').count() + 1, error.message())
    })
}

/// The secrets that the file refers to, by the credential's name. Paths are taken from where the file is.
#[expect(clippy::disallowed_methods, reason = "the file names the variable; it is no setting of ours")]
fn secrets(bundle: &Bundle, folder: &Path) -> Result<HashMap<String, Secret>, String> {
    let mut secrets = HashMap::new();
    for credential in &bundle.credentials {
        let found = match &credential.secret {
            None => continue,
            Some(SecretSource::Env(name)) => std::env::var(name).map_err(|_| format!("the variable {name} is not set")),
            Some(SecretSource::File(path)) => {
                fs::read_to_string(folder.join(path)).map_err(|error| format!("{path}: {error}"))
            }
        };
        let found = found.map_err(|why| format!("credential {}: its secret: {why}", credential.name))?;
        let found = found.strip_suffix('\n').map_or(found.as_str(), |line| line.strip_suffix('\r').unwrap_or(line));
        if found.is_empty() {
            return Err(format!("credential {}: its secret is empty", credential.name));
        }
        secrets.insert(credential.name.clone(), Secret::new(found));
    }
    Ok(secrets)
}

fn line(step: &Step) -> String {
    let Step { what, name, outcome } = step;
    match outcome {
        StepOutcome::Created => format!("{what} {name}: created"),
        StepOutcome::Changed(lines) => format!("{what} {name}: {}", lines.join(", ")),
        StepOutcome::SecretMissing => format!("{what} {name}: as it should be, but needs its secret again"),
        StepOutcome::Refused(failure) => format!("{what} {name}: {}", words(failure)),
    }
}

fn refusal(step: &Step) -> Option<String> {
    matches!(step.outcome, StepOutcome::Refused(_)).then(|| line(step))
}

fn words(failure: &Failure) -> String {
    match failure {
        Failure::Invalid { errors } => {
            let all: Vec<_> = errors.0.iter().map(|error| format!("{}: {}", error.field, field_words(error))).collect();
            all.join(" ")
        }
        other => (words::ENGLISH.failure)(other),
    }
}
