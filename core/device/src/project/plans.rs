//! Procedures that were read and compiled: the last few, by their release. A release never changes, so neither does what is
//! made of it; an answer, a keystroke in a list or a change that arrives does not read the whole form again.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use frontline_domain::document::RunState;
use frontline_domain::form::{Form, Plan};
use frontline_domain::permission::Role;
use frontline_domain::release::Signers;
use frontline_domain::{ReleaseHash, Slug, Text};

use crate::store::{Db, StoreError, releases};

/// As many as somebody goes back and forth between.
const KEPT: usize = 8;

static PROCEDURES: Mutex<VecDeque<(ReleaseHash, Arc<Prepared>)>> = Mutex::new(VecDeque::new());

/// A procedure, ready to be filled.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub name: Slug,
    pub title: Text,
    /// Who signs off; nobody: handing in is the end.
    pub sign_off: Signers,
    /// It is not published, and tried: nothing is asked of anybody by its runs.
    pub is_try: bool,
    /// Only the form where this app does not understand an expression of it.
    plan: Result<Arc<Plan>, Form>,
}

impl Prepared {
    pub fn form(&self) -> &Form {
        match &self.plan {
            Ok(plan) => plan.form(),
            Err(form) => form,
        }
    }
    /// Those who are asked something while a run is so far: its signers once it was handed in.
    pub fn asked(&self, status: RunState) -> Vec<Role> {
        if matches!(status, RunState::Open | RunState::Withdrawn) { Vec::new() } else { self.sign_off.roles().to_vec() }
    }
    /// None where this app does not understand an expression of it: the server that published it was newer.
    pub fn plan(&self) -> Option<&Arc<Plan>> {
        self.plan.as_ref().ok()
    }
}

/// A procedure of the store, where it has arrived.
pub(crate) fn prepared(db: &Db<'_>, release: &ReleaseHash) -> Result<Option<Arc<Prepared>>, StoreError> {
    let kept = || PROCEDURES.lock().unwrap_or_else(PoisonError::into_inner);
    let found = kept().iter().find(|(hash, _)| hash == release).map(|(_, procedure)| procedure.clone());
    if let Some(procedure) = found {
        // Others' stores, in the same process, and what was withdrawn from this one.
        return Ok(releases::has(db, release)?.then_some(procedure));
    }
    let Some(content) = releases::get(db, release)? else { return Ok(None) };
    let Some((procedure, is_try)) = content.content.into_filling() else { return Ok(None) };
    let plan = Plan::of(procedure.form.clone()).map(Arc::new).map_err(|flaws| {
        tracing::error!(%release, flaws = flaws.len(), "a form has expressions that this app does not understand");
        procedure.form
    });
    let prepared = Arc::new(Prepared { name: content.slug, title: content.title, sign_off: procedure.sign_off, is_try, plan });
    let mut procedures = kept();
    procedures.retain(|(hash, _)| hash != release);
    procedures.truncate(KEPT - 1);
    procedures.push_front((*release, prepared.clone()));
    Ok(Some(prepared))
}
