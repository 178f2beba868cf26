use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use frontline_domain::permission::Role;
use frontline_domain::{Clock, DeviceId, OrgId, Reading, Scope, SiteId, SubjectId};

use super::*;
use crate::admin::{Desk, init};
use crate::app::AppState;
use crate::customers::is_forgotten;
use crate::store::DeviceRow;
use crate::system::SystemRandom;

/// A clock that stands until it is moved.
struct Still(AtomicI64);
impl Clock for Still {
    fn now(&self) -> Reading {
        Reading { wall_ms: self.0.load(Ordering::SeqCst), offset_min: 0, mono_ms: 0, boot: 1 }
    }
}

struct Place {
    dir: tempfile::TempDir,
    clock: Arc<Still>,
    org: OrgId,
}

impl Place {
    async fn new() -> Self {
        let (dir, clock) = (tempfile::tempdir().unwrap(), Arc::new(Still(AtomicI64::new(1_000_000))));
        let mut place = Self { dir, clock, org: OrgId::from_bytes([0; 16]) };
        let app = place.open().await;
        place.org = init(&app, "Harbour", "ana@harbour.example").await.unwrap().org;
        place
    }
    fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }
    fn file(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }
    async fn open(&self) -> AppState {
        self.try_open().await.unwrap()
    }
    async fn try_open(&self) -> Result<AppState, OpenError> {
        App::open(&self.data(), self.clock.clone(), Arc::new(SystemRandom)).await
    }
    /// As people do it.
    fn copy_back(&self, file: &str) {
        for log in ["server.db-wal", "server.db-shm"] {
            let _ = std::fs::remove_file(self.data().join(log));
        }
        std::fs::copy(self.file(file), self.data().join("server.db")).unwrap();
    }
    async fn restore(&self, from: &str) -> Result<Restored, BackupError> {
        restore(&self.data(), &self.file(from), &*self.clock, &SystemRandom).await
    }
    /// Adds a person: something that is committed.
    async fn works(&self, app: &App, slug: &str) {
        self.clock.0.fetch_add(1_000, Ordering::SeqCst);
        let mut desk = Desk::open(app, self.org).await.unwrap();
        desk.add_person(slug, slug, None).await.unwrap();
        desk.close().await.unwrap();
    }
    async fn people(&self, app: &App) -> usize {
        let mut tx = app.store.read().await.unwrap();
        crate::records::all::<frontline_domain::record::Person>(&mut *tx, self.org).await.unwrap().len()
    }
}

async fn incarnation(app: &App) -> frontline_domain::Incarnation {
    app.store.read().await.unwrap().incarnation().await.unwrap()
}

fn device(n: u8) -> DeviceRow {
    DeviceRow {
        id: DeviceId::from_bytes([n; 16]),
        name: format!("harbour-{n}"),
        model: "test".into(),
        site: SiteId::from_bytes([5; 16]),
        key: [n; 32],
        enrolled_ms: 1,
        revoked_ms: None,
        lost: false,
        reason: None,
        app: None,
        last_contact_ms: None,
        reported_through_ms: None,
    }
}

#[tokio::test]
async fn a_backup_holds_what_was_committed_and_the_same_one_restored_twice_gives_two_lives() {
    let place = Place::new().await;
    let app = place.open().await;
    place.works(&app, "ana").await;
    let made = make(&app, &place.file("one")).await.unwrap();
    assert_eq!(app.backed_up.now(), Some((incarnation(&app).await, made.kept.until_ms)));
    place.works(&app, "ben").await;
    let first = incarnation(&app).await;
    drop(app);
    let second = place.restore("one").await.unwrap();
    let app = place.open().await;
    assert_eq!((incarnation(&app).await, place.people(&app).await), (second.incarnation, 2), "an administrator and Ana");
    place.works(&app, "cem").await;
    drop(app);
    let third = place.restore("one").await.unwrap();
    assert!(first != second.incarnation && second.incarnation != third.incarnation && first != third.incarnation);
    // Both databases that it took the place of are still there, whole.
    for (restored, people) in [(second, 3), (third, 3)] {
        let aside = restored.set_aside.unwrap();
        assert_eq!(crate::store::examine(&aside).is_ok(), people == 3, "{}", aside.display());
    }
}

#[tokio::test]
async fn times_of_commits_ascend_through_a_clock_that_is_set_back_and_through_a_restore() {
    let place = Place::new().await;
    let app = place.open().await;
    place.works(&app, "ana").await;
    let until_ms = make(&app, &place.file("one")).await.unwrap().kept.until_ms;
    place.clock.0.store(5, Ordering::SeqCst);
    place.works(&app, "ben").await;
    let latest = |app: AppState| async move { app.store.read().await.unwrap().standing().await.unwrap().latest_ms };
    let lost = latest(app.clone()).await;
    assert!(lost > until_ms, "what came later is not taken to be in the backup");
    let later = make(&app, &place.file("two")).await.unwrap().kept.until_ms;
    drop(app);
    place.restore("one").await.unwrap();
    let app = place.open().await;
    place.works(&app, "cem").await;
    assert!(latest(app.clone()).await > later, "a later backup of the life that was lost does not vouch for this one");
}

#[tokio::test]
async fn a_database_that_is_copied_back_by_hand_is_noticed_and_gets_a_new_life() {
    let place = Place::new().await;
    let app = place.open().await;
    place.works(&app, "ana").await;
    app.note_standing().await.unwrap();
    app.store.scrub().await.unwrap();
    let first = incarnation(&app).await;
    drop(app);
    std::fs::copy(place.data().join("server.db"), place.file("by-hand")).unwrap();
    let app = place.open().await;
    assert_eq!(incarnation(&app).await, first, "nothing was lost, so nothing is new");
    place.works(&app, "ben").await;
    app.note_standing().await.unwrap();
    app.store.scrub().await.unwrap();
    drop(app);
    place.copy_back("by-hand");
    let app = place.open().await;
    assert_eq!(place.people(&app).await, 2);
    let second = incarnation(&app).await;
    assert_ne!(second, first);
    drop(app);
    assert_eq!(incarnation(&*place.open().await).await, second, "it is settled once");
    place.copy_back("by-hand");
    let third = incarnation(&*place.open().await).await;
    assert!(third != second && third != first);
}

#[tokio::test]
async fn what_the_ledger_says_is_carried_out_before_a_restored_server_answers() {
    let place = Place::new().await;
    let app = place.open().await;
    let org = place.org;
    let customer = SubjectId::from_bytes([9; 16]);
    let mut desk = Desk::open(&app, org).await.unwrap();
    let ben = desk.add_person("ben", "Ben", None).await.unwrap().id;
    desk.grant(ben, Role::Supervisor, Scope::Org).await.unwrap();
    let old_token = desk.new_token("old", Role::Author).await.unwrap();
    desk.tx.put_device(org, &device(1)).await.unwrap();
    desk.tx.put_customer_scope(org, customer, Scope::Org).await.unwrap();
    desk.tx.put_customer_key(org, customer, device(1).id, b"wrapped").await.unwrap();
    desk.close().await.unwrap();
    make(&app, &place.file("one")).await.unwrap();
    // Since then: a customer is forgotten, two devices revoked, one of which the backup never heard of, a role and
    // a token withdrawn.
    let mut desk = Desk::open(&app, org).await.unwrap();
    desk.tx.put_device(org, &device(2)).await.unwrap();
    desk.revoke(device(1).id).await.unwrap();
    desk.revoke(device(2).id).await.unwrap();
    assert!(desk.withdraw(ben, Role::Supervisor, Scope::Org).await.unwrap());
    desk.withdraw_tokens().await.unwrap();
    desk.close().await.unwrap();
    crate::customers::forget::forget(&app, org, &crate::customers::forget::Whom::Subject(customer)).await.unwrap();
    drop(app);
    let done = place.restore("one").await.unwrap().carried_out;
    assert_eq!((done.forgotten, done.revoked, done.withdrawn, done.tokens), (1, 2, 1, 2));
    let app = place.open().await;
    let mut tx = app.store.read().await.unwrap();
    assert!(is_forgotten(&mut *tx, org, customer).await.unwrap());
    assert_eq!(tx.customer_key(org, customer, device(1).id).await.unwrap(), None);
    for n in [1, 2] {
        let row = tx.device(org, device(n).id).await.unwrap().unwrap();
        assert!(row.revoked_ms.is_some() && row.key == device(n).key);
    }
    assert!(tx.grants(org, ben).await.unwrap().iter().all(|grant| grant.until_ms.is_some()));
    let hash = app.keys.hash_secret("token", &old_token);
    assert!(tx.token(&hash).await.unwrap().unwrap().withdrawn);
}

#[tokio::test]
async fn an_order_whose_commit_the_power_cut_off_is_carried_out_at_the_next_opening() {
    let place = Place::new().await;
    let app = place.open().await;
    let mut desk = Desk::open(&app, place.org).await.unwrap();
    desk.tx.put_device(place.org, &device(1)).await.unwrap();
    desk.close().await.unwrap();
    let order = Order::Revoked {
        org: place.org,
        device: device(1).id,
        key: frontline_protocol::sign::hex(&[1; 32]),
        site: device(1).site,
        enrolled_ms: 1,
        at_ms: 7,
        lost: false,
    };
    app.ledger.append(&[order]).unwrap();
    drop(app);
    let app = place.open().await;
    let row = app.store.read().await.unwrap().device(place.org, device(1).id).await.unwrap().unwrap();
    assert_eq!(row.revoked_ms, Some(7));
}

#[tokio::test]
async fn a_ledger_that_was_lost_begins_anew_with_what_the_database_shows() {
    let place = Place::new().await;
    let app = place.open().await;
    let mut desk = Desk::open(&app, place.org).await.unwrap();
    desk.tx.put_device(place.org, &device(1)).await.unwrap();
    desk.revoke(device(1).id).await.unwrap();
    desk.close().await.unwrap();
    let first = incarnation(&app).await;
    drop(app);
    std::fs::remove_file(place.data().join(crate::ledger::FILE)).unwrap();
    let app = place.open().await;
    assert_ne!(incarnation(&app).await, first);
    let orders = app.ledger.said().unwrap().orders;
    assert!(matches!(orders[..], [(1, Order::Revoked { .. })]), "{orders:?}");
}

fn refused<T>(done: Result<T, BackupError>) -> String {
    done.err().expect("refused").to_string()
}

#[tokio::test]
async fn nothing_is_overwritten_nothing_unsound_is_restored_and_nobody_is_disturbed() {
    let place = Place::new().await;
    let app = place.open().await;
    place.works(&app, "ana").await;
    make(&app, &place.file("one")).await.unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(place.file("one")).unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert!(refused(make(&app, &place.file("one")).await).contains("something of that name already"));
    assert!(refused(make(&app, &place.file("nowhere/two")).await).contains("nowhere"));
    let types = frontline_domain::TypeSet::all();
    let scan = crate::store::Scan { scope: Scope::Org, types, after: 0, to: 1, skip: None, max_rows: 1, max_bytes: 1 << 20 };
    let entry = app.store.read().await.unwrap().scan(place.org, &scan).await.unwrap().0.remove(0).bytes;
    // A server holds the folder.
    assert!(refused(place.restore("one").await).contains("stop it first"));
    drop(app);
    let before = std::fs::read(place.data().join("server.db")).unwrap();
    let whole = std::fs::read(place.file("one")).unwrap();
    std::fs::write(place.file("cut"), &whole[..whole.len() / 2]).unwrap();
    std::fs::write(place.file("text"), "not a database at all, but long enough to have a header of one").unwrap();
    for name in ["cut", "text"] {
        assert!(refused(place.restore(name).await).contains("no sound backup"), "{name}");
    }
    // One byte of one entry, where SQLite itself can't see it.
    let mut changed = whole.clone();
    let at = changed.windows(entry.len()).position(|found| found == entry).expect("the entry");
    changed[at + entry.len() / 2] ^= 1;
    std::fs::write(place.file("changed"), &changed).unwrap();
    let said = refused(place.restore("changed").await);
    assert!(said.contains("no sound backup"), "{said}");
    std::fs::write(place.file("half"), &whole).unwrap();
    std::fs::write(place.file("half-wal"), "a log").unwrap();
    assert!(refused(place.restore("half").await).contains("half a database"));
    let other = Place::new().await;
    make(&*other.open().await, &place.file("other")).await.unwrap();
    assert!(refused(place.restore("other").await).contains("another server"));
    assert_eq!(std::fs::read(place.data().join("server.db")).unwrap(), before, "not a byte was changed");
    assert!(!place.data().join("server.db.new").exists());
    let empty = tempfile::tempdir().unwrap();
    let said = refused(restore(empty.path(), &place.file("one"), &*place.clock, &SystemRandom).await);
    assert!(said.contains("server.key"), "{said}");
}

#[tokio::test]
async fn a_restore_that_was_cut_anywhere_is_said_and_can_be_run_again() {
    let place = Place::new().await;
    let app = place.open().await;
    make(&app, &place.file("one")).await.unwrap();
    drop(app);
    std::fs::write(place.data().join(restore::MARKER), "").unwrap();
    let said = place.try_open().await.err().unwrap().to_string();
    assert!(said.contains("run it again"), "{said}");
    std::fs::remove_file(place.data().join("server.db")).unwrap();
    assert!(place.restore("one").await.unwrap().set_aside.is_none());
    place.open().await;
}

#[tokio::test]
async fn the_list_says_which_file_is_gone_and_devices_hear_of_what_is_left() {
    let place = Place::new().await;
    let app = place.open().await;
    let one = make(&app, &place.file("one")).await.unwrap().kept;
    place.works(&app, "ana").await;
    let two = make(&app, &place.file("two")).await.unwrap().kept;
    let told = |app: &App| {
        app.look_at_backups().unwrap();
        app.backed_up.now().map(|b| b.1)
    };
    assert_eq!(told(&app), Some(one.until_ms));
    std::fs::remove_file(place.file("one")).unwrap();
    let states: Vec<bool> = list(&app).unwrap().into_iter().map(|(_, is_there)| is_there).collect();
    assert_eq!((states, told(&app)), (vec![false, true], Some(one.until_ms)), "the second one holds it, too");
    let_go(&app, &place.file("one")).unwrap();
    assert_eq!(told(&app), Some(two.until_ms));
    assert!(refused(let_go(&app, Path::new("one"))).contains("on no list"));
    std::fs::write(place.file("two"), "cut").unwrap();
    assert_eq!(told(&app), None, "without any backup a device lets go of nothing");
}
