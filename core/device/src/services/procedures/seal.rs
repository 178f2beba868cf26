//! Handing in, signing off, giving back.

use frontline_domain::EntryType;
use frontline_domain::document::RunState;
use frontline_domain::fact::{Fact, MAX_COMMENT, Returned, RunSealed, SignedOff};

use super::{Procedures, open, read_heads, withdrawn};
use crate::error::{Error, Fault, Lock};
use crate::project::Tally;

impl Procedures<'_> {
    /// Hands the run in, over the answers as they are here. It locks nothing.
    pub fn submit(&self, run: &str) -> Result<(), Error> {
        self.0.capture(|pen| {
            let opened = open(pen.tx, run)?;
            let said = opened.said(pen.tx)?;
            withdrawn::refuse(pen.tx, &opened, said.status())?;
            if said.locks(&opened.procedure.sign_off, None) {
                return Err(Fault::invalid("run", "locked", "this run is signed off; it cannot be handed in again before it is returned"));
            }
            // What its signers are asked is not theirs to answer who hand it in.
            whole(&Tally::of(&opened.filled(pen.tx, pen.now_ms(), &[])?))?;
            let sealed = RunSealed { run: opened.id, answers: said.covers.handed_in() };
            pen.fact(opened.scope, &Fact::RunSubmitted(sealed))?;
            Ok(())
        })
    }

    /// Signs off the answers as they are here. Whoever has a PIN gives it (`sync.md` 14). `seen` is the run as the signer's
    /// screen showed it: an answer that came since then is not signed unseen.
    pub fn sign_off(&self, run: &str, pin: Option<&str>, seen: Option<&str>) -> Result<(), Error> {
        let signer = self.0.signer(pin)?;
        self.0.capture(|pen| {
            if pen.me.person != signer {
                // Somebody else was signed in meanwhile.
                return Err(Fault::Locked(Lock::Pin));
            }
            let opened = open(pen.tx, run)?;
            if let Some(seen) = seen
                && read_heads(seen)? != opened.run.heads()
            {
                let message = "an answer changed since you looked; look at the run again, then sign it off";
                return Err(Fault::invalid("seen", "changed", message));
            }
            let signers = &opened.procedure.sign_off;
            if !signers.are_asked() {
                return Err(Fault::invalid("run", "no-sign-off", "this procedure ends when it is handed in; nobody signs it off"));
            }
            let said = opened.said(pen.tx)?;
            withdrawn::refuse(pen.tx, &opened, said.status())?;
            if !signers.roles().iter().any(|role| pen.may_write_as(EntryType::SIGNED_OFF, opened.scope, *role)) {
                return Err(Fault::Forbidden);
            }
            match said.status() {
                RunState::Submitted | RunState::Lapsed => {}
                RunState::Open | RunState::Withdrawn => {
                    return Err(Fault::invalid("run", "submitted", "hand the run in first, then it can be signed off"));
                }
                RunState::SignedOff => return Err(Fault::invalid("run", "locked", "this run is signed off already")),
            }
            let next = said.next(signers, pen.rights(), opened.scope, pen.me.person);
            let Some((place, role)) = next.and_then(|place| Some((place, *signers.roles().get(place)?))) else {
                let message = "you have signed it, or somebody did in your role; it waits for another one's signature";
                return Err(Fault::invalid("run", "signed", message));
            };
            // Answers that came, or were changed, since it was handed in; and what is asked of the signers up to this one.
            whole(&Tally::of(&opened.filled(pen.tx, pen.now_ms(), signers.up_to(place))?))?;
            let signed = SignedOff { run: opened.id, answers: said.covers.signed(place), role: Some(role) };
            pen.fact(opened.scope, &Fact::SignedOff(signed))?;
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
            let status = opened.said(pen.tx)?.status();
            withdrawn::refuse(pen.tx, &opened, status)?;
            if status == RunState::Open {
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
    said(&counted.missing, "required", "these items need an answer, or photos beside it, or a note, first")?;
    said(&counted.clashes, "clash", "people answered differently; pick a value first for")?;
    said(&counted.wrong, "constraint", "these answers have to be put right first")
}
