//! A run with its form, ready to be read item by item.

use std::sync::Arc;

use frontline_domain::document::{AnswerKey, Run, RunState, Standing};
use frontline_domain::form::response::{At, Response};
use frontline_domain::permission::Act;
use frontline_domain::release::Release;
use frontline_domain::{DocId, PersonId, Scope, SiteId};

use super::filled::{self, Records};
use super::library::procedure;
use super::names::Names;
use super::pictures::Pictures;
use crate::console::errors::Failure;
use crate::console::list::Reading;
use crate::console::pages::run_items::Shown;
use crate::console::zone::Zone;
use crate::judge::runs::load;
use crate::lists::runs::{self, RunRow};
use crate::store::List;

/// One run.
pub struct Sheet {
    pub run: Run,
    pub site: SiteId,
    pub release: Arc<Release>,
    pub filled: Response,
    pub zone: Zone,
    pictures: Pictures,
}

impl Sheet {
    /// The run of this id, where the person oversees its site; whoever answered in it is met.
    pub async fn read(reading: &mut Reading, doc: DocId) -> Result<Self, Failure> {
        let org = reading.me.org;
        let row = reading.tx.doc(org, doc).await?.ok_or(Failure::Missing)?;
        let Scope::Site(id) = row.scope else { return Err(Failure::Missing) };
        let site = reading.names.site_for(&reading.me, Act::Oversee, id).cloned().ok_or(Failure::Missing)?;
        let release = reading.console.library.get(&mut *reading.tx, org, row.release).await?.ok_or(Failure::Missing)?;
        let form = procedure(&release).ok_or(Failure::Missing)?;
        let run = load(&mut *reading.tx, org, doc, &form.form).await?;
        let history = run.history();
        let read_at_ms = history.iter().map(|line| line.answer.at_ms).max().unwrap_or(reading.me.now_ms);
        let people: Vec<PersonId> = history.iter().map(|line| line.answer.by).collect();
        reading.names.meet(&mut *reading.tx, &people).await?;
        // What signers are asked is there once it was handed in, as on its page.
        let listed = reading.tx.listed_row(org, List::Runs, &runs::key(doc)).await?.map(|body| RunRow::decode(&body)).transpose()?;
        let is_open = listed.is_none_or(|row| [RunState::Open, RunState::Withdrawn].iter().any(|one| row.state == one.name()));
        let asked = if is_open { &[] } else { form.sign_off.roles() };
        let about = Records { site: Some(&site), asset: row.asset.as_ref().and_then(|slug| reading.names.assets.get(slug)) };
        let filled = filled::of_run(&run, form, about, read_at_ms, asked)?;
        Ok(Self { run, site: id, zone: reading.names.zone(&site), filled, release, pictures: Pictures::default() })
    }

    /// Its answers in words.
    pub fn shown<'a>(&'a self, names: &'a Names) -> Shown<'a> {
        let form = self.filled.plan().form();
        Shown { filled: &self.filled, names, zone: &self.zone, form, run: self.run.id(), pictures: &self.pictures }
    }

    /// What stands, in the order of the form: each item of each instance that has an answer.
    pub fn standings(&self) -> Vec<Standing> {
        let place = |key: &AnswerKey| self.at(key).map_or((u16::MAX, 0, u32::MAX), |at| (self.section(at), at.instance, at.item));
        let mut all: Vec<Standing> = self.run.standings().into_iter().filter(Standing::is_answered).collect();
        all.sort_by_key(|standing| place(&standing.key));
        all
    }

    /// Where an answer stands in its form; none where the form has no such item.
    pub fn at(&self, key: &AnswerKey) -> Option<At> {
        let item = self.filled.plan().number(&key.item)?;
        Some(At { item, instance: key.instance })
    }
    fn section(&self, at: At) -> u16 {
        self.filled.plan().section_of(at.item)
    }
}
