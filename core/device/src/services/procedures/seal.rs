//! Handing in, signing off, giving back.

use frontline_domain::EntryType;
use frontline_domain::document::RunState;
use frontline_domain::fact::{Fact, MAX_COMMENT, Returned, RunSealed};
use frontline_domain::permission::Role;

use super::{Opened, Procedures, open};
use crate::capture::Pen;
use crate::error::{Error, Fault, Lock};
use crate::project::Tally;

impl Procedures<'_> {
    /// Hands the run in, over the answers as they are here. It locks nothing.
    pub fn submit(&self, run: &str) -> Result<(), Error> {
        self.0.capture(|pen| {
            let opened = open(pen.tx, run)?;
            if opened.is_locked(pen.tx)? {
                return Err(Fault::invalid("run", "locked", "this run is signed off; it cannot be handed in again before it is returned"));
            }
            whole(&Tally::of(&opened.filled(pen.tx, pen.now_ms())?))?;
            let sealed = RunSealed { run: opened.id, answers: opened.run.answers_hash() };
            pen.fact(opened.scope, &Fact::RunSubmitted(sealed))?;
            Ok(())
        })
    }

    /// Signs off the answers as they are here. Whoever has a PIN gives it (`sync.md` 14).
    pub fn sign_off(&self, run: &str, pin: Option<&str>) -> Result<(), Error> {
        let signer = self.0.signer(pin)?;
        self.0.capture(|pen| {
            if pen.me.person != signer {
                // Somebody else was signed in meanwhile.
                return Err(Fault::Locked(Lock::Pin));
            }
            let opened = open(pen.tx, run)?;
            let Some(role) = opened.procedure.sign_off else {
                return Err(Fault::invalid("run", "no-sign-off", "this procedure ends when it is handed in; nobody signs it off"));
            };
            if !may_sign(pen, &opened, role) {
                return Err(Fault::Forbidden);
            }
            match opened.status(pen.tx)? {
                RunState::Submitted | RunState::Lapsed => {}
                RunState::Open => return Err(Fault::invalid("run", "submitted", "hand the run in first, then it can be signed off")),
                RunState::SignedOff => return Err(Fault::invalid("run", "locked", "this run is signed off already")),
            }
            // Answers that came, or were changed, since it was handed in.
            whole(&Tally::of(&opened.filled(pen.tx, pen.now_ms())?))?;
            let sealed = RunSealed { run: opened.id, answers: opened.run.answers_hash() };
            pen.fact(opened.scope, &Fact::SignedOff(sealed))?;
            Ok(())
        })
    }

    /// Gives the run back, with the reason: it takes answers again.
    pub fn return_(&self, run: &str, reason: &str) -> Result<(), Error> {
        self.0.capture(|pen| {
            let opened = open(pen.tx, run)?;
            let reason = reason.trim();
            if reason.is_empty() {
                return Err(Fault::invalid("reason", "required", "say why the run is given back"));
            }
            if reason.len() > MAX_COMMENT {
                return Err(Fault::invalid("reason", "length", format!("a reason has at most {MAX_COMMENT} bytes")));
            }
            if opened.status(pen.tx)? == RunState::Open {
                return Err(Fault::invalid("run", "submitted", "this run is open; only one that was handed in can be given back"));
            }
            pen.fact(opened.scope, &Fact::Returned(Returned { run: opened.id, reason: reason.to_owned() }))?;
            pen.hand_in(&format!("return/{}", opened.id))?;
            Ok(())
        })
    }
}

/// Whether nothing is in the way of handing it in, or signing it off.
fn whole(counted: &Tally) -> Result<(), Fault> {
    let said = |items: &[String], rule, words: &str| match items {
        [] => Ok(()),
        items => Err(Fault::invalid("run", rule, format!("{words}: {}", items.join(", ")))),
    };
    said(&counted.missing, "required", "these items need an answer, or photos beside it, first")?;
    said(&counted.clashes, "clash", "people answered differently; pick a value first for")?;
    said(&counted.wrong, "constraint", "these answers have to be put right first")
}

/// Whether the person may write a sign-off there, in the role that the procedure asks for or one above.
pub(super) fn may_sign(pen: &Pen<'_>, opened: &Opened, role: Role) -> bool {
    pen.may_write_as(EntryType::SIGNED_OFF, opened.scope, role)
}
