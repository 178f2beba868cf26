//! Applying a folder of content: all or nothing, and only what changed.
//!
//! Start at [`apply`]. [`parts`] puts each part in place, [`withdraw`] takes away what the folder no longer
//! has, [`open`] counts the work under way, [`runs`] says what becomes of it, [`drafts`] keeps what nobody is to have yet, [`media`] sees to what a release shows, and [`tell`] compares what changed, so that a push can say what it does.

pub mod drafts;
pub mod media;
mod open;
mod parts;
pub mod runs;
mod tell;
mod withdraw;

use frontline_content::bundle::Part;
use frontline_content::{Bundle, Plan, Published, Stage, What, diff};
use frontline_domain::{OrgId, Slug};

use runs::OpenRuns;

use super::{AdminError, Desk, Result};
use crate::app::App;
use crate::store::PublishedRow;

/// Makes the organisation be what the bundle says; with `dry_run` only says what that would change. Who works
/// where changes only with `may_administer`: an author's push that would is refused whole.
pub async fn apply(app: &App, org: OrgId, bundle: &Bundle, dry_run: bool, may_administer: bool) -> Result<Plan> {
    apply_and(app, org, bundle, (dry_run, may_administer), &OpenRuns::Finish).await
}

/// As [`apply`], and says what becomes of open runs of the procedures that it changes or takes away.
pub async fn apply_and(
    app: &App,
    org: OrgId,
    bundle: &Bundle,
    (dry_run, may_administer): (bool, bool),
    open_runs: &OpenRuns,
) -> Result<Plan> {
    bundle.verify().map_err(|wrong| AdminError::Invalid(wrong.join("; ")))?;
    if !dry_run {
        media::take(app, org, bundle).await?;
    }
    let mut desk = Desk::open(app, org).await?;
    let before = desk.published().await?;
    let mut plan = diff(&before, bundle);
    if let OpenRuns::Withdraw(_) = open_runs {
        plan.withdraw_runs(&before);
    }
    desk.tell_items(&mut plan, bundle).await?;
    let administers = |part: Part| matches!(part, Part::Organisation | Part::Site | Part::Person);
    if !may_administer && plan.to_do().any(|change| administers(change.part)) {
        return Err(AdminError::NotAllowed);
    }
    if dry_run || plan.is_empty() {
        return Ok(plan);
    }
    for change in plan.to_do() {
        desk.refuse_without_media(bundle, change).await?;
    }
    for change in plan.to_do() {
        match change.what {
            What::Withdrawn => desk.withdraw_part(change.part, &change.key).await?,
            What::Added | What::Changed | What::Unchanged => desk.put_part(bundle, change).await?,
        }
        if let (Part::Procedure, OpenRuns::Withdraw(because)) = (change.part, open_runs) {
            let slug: Slug = change.key.parse().map_err(|_| AdminError::Invalid("a procedure has no name".into()))?;
            desk.withdraw_runs(&slug, because).await?;
        }
    }
    for item in bundle.items() {
        let row = PublishedRow { part: item.part.name().to_owned(), key: item.key, fingerprint: item.fingerprint.into_array() };
        desk.tx.put_published(org, &row).await?;
        desk.settle_draft(item.part, &row.key, row.fingerprint).await?;
    }
    desk.feed_people().await?;
    desk.feed_withdrawals().await?;
    desk.close().await?;
    Ok(Plan { stage: Stage::Published, ..plan })
}

impl Desk<'_> {
    /// What earlier pushes put there, with the work under way on each.
    async fn published(&mut self) -> Result<Vec<Published>> {
        let open = open::count(self.tx.as_read(), self.pen.org.id).await?;
        let rows = self.tx.published(self.pen.org.id).await?;
        let known = rows.into_iter().filter_map(|row| Some((row.part.parse::<Part>().ok()?, row)));
        Ok(known
            .map(|(part, row)| Published {
                part,
                open: open.get(&(part.name(), row.key.clone())).copied().unwrap_or(0),
                key: row.key,
                fingerprint: row.fingerprint.into(),
            })
            .collect())
    }

    /// Names go to the feeds of new sites too.
    async fn feed_people(&mut self) -> Result<()> {
        let people: Vec<frontline_domain::record::Person> = crate::records::all(self.tx.as_read(), self.pen.org.id).await?;
        for person in people.iter().filter(|p| !p.withdrawn) {
            self.feed_person(person.id).await?;
        }
        Ok(())
    }
}
