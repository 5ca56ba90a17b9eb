//! Words that are too many for the browser: asked for where somebody reads them.

use super::Answer;
use domain::diagnosis::{Diagnosis, Explanation};
use leptos::{prelude::*, server_fn::codec::Json};

/// A diagnosis in another language.
#[server(prefix = "/api/ui", endpoint = "diagnosis_explain", input = Json, client = super::client::WithSession)]
pub async fn diagnosis_explain(language: String, diagnosis: Diagnosis) -> Answer<Explanation> {
    // Whoever is signed in may read.
    super::ssr::caller()?;
    let language = words::Language::parse(&language).unwrap_or_default();
    // At hand: there is nothing to wait for.
    std::future::ready(Ok(words::diagnosis::explain(language, &diagnosis))).await
}
