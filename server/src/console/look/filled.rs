//! A run's form as it is filled, of a procedure that was read.

use std::sync::Arc;

use frontline_domain::document::Run;
use frontline_domain::form::Plan;
use frontline_domain::form::response::Response;
use frontline_domain::permission::Role;
use frontline_domain::release::Procedure;

use crate::console::errors::Failure;
use crate::filled;
pub use crate::filled::Records;

/// `now_ms` is the time that the form is read at: of a run that is done the time of its last answer. `asked`: the signers
/// whose sections are there, which are those of a run that was handed in.
pub fn of_run(run: &Run, procedure: &Procedure, about: Records<'_>, now_ms: i64, asked: &[Role]) -> Result<Response, Failure> {
    let plan = Plan::of(procedure.form.clone()).map_err(|flaws| {
        Failure::Failed(format!("the form of run {} has {} expressions that this build does not understand", run.id(), flaws.len()))
    })?;
    Ok(filled::of_run(run, &Arc::new(plan), about, now_ms, asked))
}
