//! Parameters.

use crate::{Actor, Answer, Service};
use domain::{Failure, parameters::Parameters};

impl Service {
    pub async fn parameters_get(&self, actor: &Actor) -> Answer<Parameters> {
        let _ = (actor,);
        Err(Failure::Internal { reference: String::new() })
    }

    pub async fn parameters_update(&self, actor: &Actor, parameters: Parameters) -> Answer<()> {
        let _ = (actor, parameters);
        Err(Failure::Internal { reference: String::new() })
    }
}
