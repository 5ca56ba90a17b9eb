//! Stands in until the mailer has its own.

/// Where SMTP and connectors may lead.
#[derive(Debug, Clone, Default)]
pub struct DestinationPolicy;
