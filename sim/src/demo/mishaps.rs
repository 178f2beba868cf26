//! What goes wrong in any company: phones that the system kills amid a sync, a server that is restored from an old
//! backup, a phone that is lost and comes back from one, a person who moves to another site. The days go on around it, and at the end nothing is
//! missing.

use std::path::PathBuf;

use serde_json::json;

use super::shift::{Company, Worker};
use crate::phone::Phone;
use crate::time::Seeded;
use crate::world::World;

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mishap {
    /// A phone captures something, syncs, and is killed when so many bytes of the answer have come.
    Killed { after: i64 },
    /// The files of a phone are backed up.
    BackedUp,
    /// That phone is lost; the backup is put in its place.
    SetBack,
    /// The server is backed up while it runs.
    ServerBackedUp,
    /// The server's disk is lost; that backup is put in its place.
    ServerRestored,
    /// Somebody moves to another site.
    Moved,
}

/// What happened, and what will.
pub struct Mishaps {
    /// By day and quarter of an hour.
    plan: Vec<(u16, usize, Mishap)>,
    /// This very program, to run a phone that is killed as a process of its own; none: it is dropped where it
    /// stands.
    program: Option<PathBuf>,
    /// Site and touchpoint.
    touchpoints: Vec<(String, String)>,
    /// The phone that was backed up.
    backup: Option<String>,
    pub kills: u64,
    pub restores: u64,
    pub servers_restored: u64,
    pub moved: u64,
}

/// Quarters in which every site's network is up.
const KILLS: [usize; 4] = [12, 27, 47, 58];
const BACKED_UP: usize = 15;
const SERVER_BACKED_UP: usize = 16;
const SERVER_RESTORED: usize = 24;
const SET_BACK: usize = 30;
/// What the server's backup is called.
const BACKUP: &str = "first-day";
/// After the day's last shared checklist.
const MOVED: usize = 52;

impl Mishaps {
    pub fn plan(days: u16, chance: &Seeded, company: &Company, program: Option<PathBuf>) -> Mishaps {
        let last = days.saturating_sub(1);
        let mut plan = vec![(0, BACKED_UP, Mishap::BackedUp), (0, SERVER_BACKED_UP, Mishap::ServerBackedUp)];
        plan.extend([(last, SERVER_RESTORED, Mishap::ServerRestored), (last, SET_BACK, Mishap::SetBack), (last, MOVED, Mishap::Moved)]);
        for day in 0..days {
            let after = || i64::try_from(chance.below(300)).unwrap_or(0);
            plan.extend(KILLS.map(|slot| (day, slot, Mishap::Killed { after: after() })));
        }
        Mishaps {
            plan,
            program,
            touchpoints: company.touchpoints.clone(),
            backup: None,
            kills: 0,
            restores: 0,
            servers_restored: 0,
            moved: 0,
        }
    }

    /// Lets happen what is due.
    pub async fn happen(
        &mut self,
        at: (u16, usize),
        world: &mut World,
        mut workers: Vec<Worker>,
        chance: &Seeded,
    ) -> Result<Vec<Worker>, String> {
        let due: Vec<Mishap> = self.plan.iter().filter(|(day, slot, _)| (*day, *slot) == at).map(|(_, _, one)| *one).collect();
        for one in due {
            match one {
                Mishap::Killed { after } => {
                    let who = chance.below(workers.len() as u64);
                    let worker = workers.remove(usize::try_from(who).unwrap_or(0));
                    let worker = self.kill(world, worker, after).await?;
                    workers.push(worker);
                }
                Mishap::BackedUp => {
                    let Some(worker) = workers.pop() else { continue };
                    let (rest, phone) = apart(worker);
                    phone.close().await;
                    world.back_up_phone(&rest.name)?;
                    self.backup = Some(rest.name.clone());
                    workers.push(rest.with(world)?);
                }
                Mishap::SetBack => {
                    let Some(at) = workers.iter().position(|w| Some(&w.name) == self.backup.as_ref()) else { continue };
                    let worker = workers.remove(at);
                    workers.push(self.set_back(world, worker).await?);
                }
                Mishap::ServerBackedUp => {
                    world.backup(BACKUP).await?;
                }
                Mishap::ServerRestored => {
                    world.restore(BACKUP, false).await?;
                    self.servers_restored += 1;
                }
                Mishap::Moved => self.move_one(world, &mut workers).await?,
            }
            workers.sort_by(|a, b| a.name.cmp(&b.name));
        }
        Ok(workers)
    }

    async fn kill(&mut self, world: &mut World, worker: Worker, after: i64) -> Result<Worker, String> {
        let (rest, phone) = apart(worker);
        phone.close().await;
        world.driver = self.program.as_ref().map(|program| format!("{} device do --story", program.display()));
        let opened = world.reopen(&rest.name);
        world.driver = None;
        let mut phone = opened?;
        if let Some((_, touchpoint)) = self.touchpoints.iter().find(|(site, _)| *site == rest.site) {
            phone.call(json!({"do": "feedback.give", "touchpoint": touchpoint, "score": 4})).await;
        }
        self.kills += u64::from(world.kill_amid(&rest.name, phone, json!({"do": "sync.now"}), after).await?);
        rest.with(world)
    }

    /// What the phone has by now is at the server; what the backup does not know of comes back from there.
    async fn set_back(&mut self, world: &mut World, mut worker: Worker) -> Result<Worker, String> {
        worker.sync().await;
        if worker.phone.call(json!({"do": "device.status"})).await["unsent"] != json!(0) {
            return Ok(worker);
        }
        let (mut rest, phone) = apart(worker);
        phone.close().await;
        world.restore_phone(&rest.name)?;
        (rest.contact, rest.started) = (None, None);
        let mut worker = rest.with(world)?;
        worker.sync().await;
        self.restores += 1;
        Ok(worker)
    }

    /// The last of the staff who is on no other phone goes to the next site.
    async fn move_one(&mut self, world: &mut World, workers: &mut [Worker]) -> Result<(), String> {
        let alone = |w: &Worker| w.role == "staff" && workers.iter().filter(|other| other.person == w.person).count() == 1;
        let Some(at) = workers.iter().rposition(alone) else { return Ok(()) };
        let from = workers[at].site.clone();
        let Some(to) = workers.iter().map(|w| w.site.clone()).find(|site| *site != from) else { return Ok(()) };
        world.move_person(&workers[at].person, &from, &to).await?;
        // At the next sync the phone has what belongs to the new site, and gives up what it may no longer read.
        let worker = &mut workers[at];
        worker.sync().await;
        worker.site = to;
        self.moved += 1;
        Ok(())
    }
}

/// A worker whose phone is closed.
struct Rest {
    name: String,
    person: String,
    site: String,
    role: String,
    chance: std::sync::Arc<Seeded>,
    contact: Option<String>,
    started: Option<String>,
    sync_ms: Vec<f64>,
    syncs_failed: u64,
    surprises: Vec<String>,
}

fn apart(worker: Worker) -> (Rest, Phone) {
    let Worker { name, person, site, role, phone, chance, contact, started, sync_ms, syncs_failed, surprises } = worker;
    (Rest { name, person, site, role, chance, contact, started, sync_ms, syncs_failed, surprises }, phone)
}

impl Rest {
    /// With the phone opened again.
    fn with(self, world: &World) -> Result<Worker, String> {
        let phone = world.reopen(&self.name)?;
        let Rest { name, person, site, role, chance, contact, started, sync_ms, syncs_failed, surprises } = self;
        Ok(Worker { name, person, site, role, phone, chance, contact, started, sync_ms, syncs_failed, surprises })
    }
}
