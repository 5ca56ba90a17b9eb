//! What somebody likes, told to the server: it keeps that and renders the next page so.

use super::{Answer, ApiFailure, fetch::fetch, problem::failure_of};
use crate::mount::beside;
use domain::{Failure, taste::Choice};

/// The page looks like that already.
pub async fn taste_choose(choice: Choice) -> Answer<()> {
    let body = format!("{}={}", choice.name(), choice.code());
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    let asked = fetch(&beside("/taste"), &headers, Some(&body), None).await;
    let response = asked.map_err(|_| ApiFailure(Failure::Unreachable))?;
    if response.ok() { Ok(()) } else { Err(ApiFailure(failure_of(&response).await)) }
}
