//! Phones with real stores and a real server, over real HTTP on loopback: what they captured apart joins,
//! whatever the network does in between.

use std::path::Path;
use std::sync::Arc;

use frontline_device::net::Unreached;
use frontline_device::services::feedback::FeedbackDraft;
use frontline_device::services::procedures::answer::AnswerDraft;
use frontline_device::sync::{Ended, Report};
use frontline_device::{Core, Error, Options};
use frontline_domain::OrgId;
use frontline_domain::form::Raw;
use frontline_domain::permission::Role;
use frontline_domain::{PersonId, Scope};
use frontline_protocol::Code;
use frontline_server::admin::{self, Desk};
use frontline_server::{Running, Server};
use frontline_sim::proxy::Line;

struct World {
    server: Running,
    org: OrgId,
    data: tempfile::TempDir,
}

async fn start(data: &Path) -> Running {
    let options = frontline_server::Options {
        data: data.to_owned(),
        listen: "127.0.0.1:0".parse().unwrap(),
        clock: Arc::new(frontline_server::system::SystemClock),
        random: Arc::new(frontline_server::system::SystemRandom),
        tls: None,
    };
    Server::start(options).await.unwrap()
}

fn copy_files(from: &Path, to: &Path) {
    for file in std::fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}

impl World {
    /// A server with the sample company on it.
    async fn new() -> Self {
        let data = tempfile::tempdir().unwrap();
        let server = start(data.path()).await;
        let org = admin::init(&server.app, "Harbour", "ana@harbour.example").await.unwrap().org;
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("samples/harbour");
        let bundle = frontline_content::check(&folder).unwrap();
        admin::content::apply(&server.app, org, &bundle, false, true).await.unwrap();
        Self { server, org, data }
    }
    async fn desk(&self) -> Desk<'_> {
        Desk::open(&self.server.app, self.org).await.unwrap()
    }
    async fn who(&self, person: &str) -> (PersonId, Scope) {
        let mut desk = self.desk().await;
        (desk.person(person).await.unwrap().id, Scope::Site(desk.site("harbour").await.unwrap().id))
    }
    async fn code(&self, person: &str) -> String {
        let mut desk = self.desk().await;
        let (site, person) = (desk.site("harbour").await.unwrap().id, desk.person(person).await.unwrap().id);
        let code = desk.enrolment_code(site, person).await.unwrap().code;
        desk.close().await.unwrap();
        code
    }
    async fn phone(&self, person: &str) -> Phone {
        let line = Line::open(self.server.addr).await.unwrap();
        let dir = tempfile::tempdir().unwrap();
        let core = open(dir.path());
        core.enrol(&line.url(), &self.code(person).await, "test").await.unwrap();
        let phone = Phone { core, dir, line };
        phone.sync().await;
        phone
    }
}

fn open(dir: &Path) -> Core {
    Core::open(Options {
        dir: dir.to_owned(),
        key: [7; 32].into(),
        clock: Arc::new(frontline_device::system::SystemClock),
        random: Arc::new(frontline_device::system::SystemRandom),
        language: "en".parse().unwrap(),
    })
    .unwrap()
}

struct Phone {
    core: Core,
    dir: tempfile::TempDir,
    line: Line,
}

impl Phone {
    async fn sync(&self) -> Report {
        let report = self.core.sync_now().await.unwrap();
        assert_eq!(report.ended, Ended::Complete, "{report:?}");
        assert_eq!(report.done.set_aside.len(), 0, "{report:?}");
        report
    }
    /// A copy of the phone's files, on the same line.
    fn copy(&self) -> (Core, tempfile::TempDir) {
        let dir = tempfile::tempdir().unwrap();
        copy_files(self.dir.path(), dir.path());
        (open(dir.path()), dir)
    }
    fn answers(&self, run: &str, item: &str) -> Vec<String> {
        answers(&self.core, run, item)
    }
}

fn give(core: &Core, score: i64) {
    let draft = FeedbackDraft { touchpoint: "harbour-front-desk".into(), score, reason: None, comment: None };
    core.feedback().give(draft).unwrap();
}
fn scores(core: &Core) -> Vec<u8> {
    let (mut scores, mut piece) = (Vec::new(), frontline_device::services::piece::Piece::default());
    loop {
        let read = core.feedback().list(&piece).unwrap();
        scores.extend(read.list.into_iter().map(|f| f.score));
        let Some(next) = read.next else { break };
        piece.after = Some(next);
    }
    scores.sort_unstable();
    scores
}
fn answer(core: &Core, run: &str, item: &str, value: &str) {
    let draft = AnswerDraft { run: run.into(), item: item.into(), value: Raw::Number(value.into()), seen: None };
    core.procedures().answer(draft).unwrap();
}
fn answers(core: &Core, run: &str, item: &str) -> Vec<String> {
    let detail = core.procedures().detail(run).unwrap();
    let items = detail.sections.iter().flat_map(|s| &s.items);
    let found = items.filter(|i| i.item == item).flat_map(|i| &i.answers).map(|a| serde_json::to_string(&a.value).unwrap());
    let mut found: Vec<String> = found.collect();
    found.sort();
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn what_two_phones_captured_offline_joins() {
    let world = World::new().await;
    let (ben, tom) = (world.phone("ben-okafor").await, world.phone("tom-hale").await);
    for phone in [&ben, &tom] {
        phone.line.switch(false).await.unwrap();
    }
    give(&ben.core, 5);
    give(&ben.core, 4);
    give(&tom.core, 1);
    assert_eq!(ben.core.sync_now().await, Err(Error::Offline(Unreached::NoNetwork)));
    for phone in [&ben, &tom] {
        phone.line.switch(true).await.unwrap();
    }
    let report = ben.sync().await;
    assert_eq!((report.done.stored, report.unsent, report.round_trips), (2, 0, 1));
    assert_eq!(tom.sync().await.done.received, 2);
    assert_eq!(ben.sync().await.done.received, 1);
    assert_eq!((scores(&ben.core), scores(&tom.core)), (vec![1, 4, 5], vec![1, 4, 5]));
    let status = ben.core.status().now().unwrap();
    assert_eq!((status.stored, status.unsent), (2, 0));
    assert!(status.reported_through.is_some() && status.last_contact.is_some());
    let idle = ben.sync().await;
    assert_eq!((idle.round_trips, idle.done.received), (1, 0));
    assert!(idle.bytes_up < 1_000 && idle.bytes_down < 1_000, "an idle exchange is small: {idle:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_two_phones_fill_offline_joins_and_a_clash_keeps_both_values() {
    let world = World::new().await;
    let (ana, priya) = (world.phone("ana-pereira").await, world.phone("priya-nair").await);
    let run = ana.core.procedures().start("fridge-log").unwrap();
    answer(&ana.core, &run, "milk-fridge", "3.5");
    ana.sync().await;
    priya.sync().await;
    answer(&ana.core, &run, "food-fridge", "4");
    answer(&ana.core, &run, "freezer", "-19");
    answer(&priya.core, &run, "display-fridge", "5");
    answer(&priya.core, &run, "freezer", "-21");
    priya.sync().await;
    ana.sync().await;
    priya.sync().await;
    for phone in [&ana, &priya] {
        assert_eq!(phone.answers(&run, "milk-fridge"), ["3.5"]);
        assert_eq!(phone.answers(&run, "food-fridge"), ["4"]);
        assert_eq!(phone.answers(&run, "display-fridge"), ["5"]);
        assert_eq!(phone.answers(&run, "freezer"), ["-19", "-21"]);
    }
    let (one, two) = (ana.core.procedures().detail(&run).unwrap(), priya.core.procedures().detail(&run).unwrap());
    assert_eq!((one.seen, one.clashes), (two.seen, two.clashes));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_copies_of_a_phone_are_told_apart_and_lose_nothing() {
    let world = World::new().await;
    let ben = world.phone("ben-okafor").await;
    give(&ben.core, 1);
    let run = ben.core.procedures().start("fridge-log").unwrap();
    answer(&ben.core, &run, "milk-fridge", "3");
    ben.sync().await;
    let (copy, _dir) = ben.copy();
    give(&ben.core, 2);
    answer(&ben.core, &run, "food-fridge", "4");
    give(&copy, 3);
    answer(&copy, &run, "freezer", "-19");
    ben.sync().await;
    let report = copy.sync_now().await.unwrap();
    assert!(report.done.epoch_renewed);
    assert_eq!((report.done.reissued, report.unsent), (2, 0));
    // It is closed for the other one too.
    give(&ben.core, 4);
    assert!(ben.sync().await.done.epoch_renewed);
    copy.sync_now().await.unwrap();
    ben.sync().await;
    for core in [&ben.core, &copy] {
        assert_eq!(scores(core), [1, 2, 3, 4]);
        assert_eq!(answers(core, &run, "milk-fridge"), ["3"]);
        assert_eq!(answers(core, &run, "food-fridge"), ["4"]);
        assert_eq!(answers(core, &run, "freezer"), ["-19"]);
        let status = core.status().now().unwrap();
        assert_eq!((status.unsent, status.held, status.quarantined), (0, 0, 0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_lost_ten_times_costs_nothing_but_resends() {
    let world = World::new().await;
    let (ben, tom) = (world.phone("ben-okafor").await, world.phone("tom-hale").await);
    for score in 1..=5 {
        give(&ben.core, score);
    }
    for round in 0..10 {
        // The server has stored them; its answer is cut at some other place each time.
        ben.line.cut_after(round * 40);
        let report = ben.core.sync(None).await.unwrap();
        if report.ended == Ended::Complete {
            break;
        }
    }
    ben.sync().await;
    tom.sync().await;
    assert_eq!(scores(&tom.core), [1, 2, 3, 4, 5]);
    let status = ben.core.status().now().unwrap();
    assert_eq!((status.stored, status.unsent, status.quarantined), (5, 0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_that_is_cut_or_dropped_anywhere_goes_on_from_there() {
    let world = World::new().await;
    let ben = world.phone("ben-okafor").await;
    for n in 0..300 {
        give(&ben.core, n % 5 + 1);
    }
    ben.sync().await;
    let tom = world.phone("tom-hale").await;
    for n in 0..300 {
        give(&ben.core, n % 5 + 1);
    }
    ben.sync().await;
    for bytes in [0, 1, 200, 2_000, 9_000] {
        tom.line.cut_after(bytes);
        let _ = tom.core.sync(None).await;
        // And dropped in the middle, at whatever await it stands.
        let _ = tokio::time::timeout(std::time::Duration::from_millis(bytes as u64 / 500), tom.core.sync_now()).await;
    }
    tom.sync().await;
    assert_eq!(scores(&tom.core).len(), 600);
    assert_eq!(scores(&tom.core), scores(&ben.core));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_granted_later_brings_what_came_before_it() {
    let world = World::new().await;
    let (ben, ana) = (world.phone("ben-okafor").await, world.phone("ana-pereira").await);
    give(&ben.core, 5);
    ben.sync().await;
    ana.sync().await;
    assert_eq!(scores(&ana.core), [0u8; 0]);
    let (person, harbour) = world.who("ana-pereira").await;
    let mut desk = world.desk().await;
    desk.grant(person, Role::Supervisor, harbour).await.unwrap();
    desk.close().await.unwrap();
    ana.sync().await;
    assert_eq!(scores(&ana.core), [5]);
    let mut desk = world.desk().await;
    assert!(desk.withdraw(person, Role::Supervisor, harbour).await.unwrap());
    desk.close().await.unwrap();
    give(&ana.core, 2);
    assert!(ana.sync().await.done.dropped >= 1);
    assert_eq!(scores(&ana.core), [2], "her own work stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_edit_is_left_out_what_followed_it_is_made_anew_and_a_person_lets_it_in() {
    let world = World::new().await;
    let (phone, tom) = (world.phone("ana-pereira").await, world.phone("tom-hale").await);
    phone.core.enrol(&phone.line.url(), &world.code("ben-okafor").await, "test").await.unwrap();
    phone.sync().await;
    phone.core.people().use_person("ana-pereira").unwrap();
    let run = phone.core.procedures().start("fridge-log").unwrap();
    answer(&phone.core, &run, "milk-fridge", "3");
    phone.core.people().use_person("ben-okafor").unwrap();
    answer(&phone.core, &run, "food-fridge", "4");
    // Ana had left the company before she wrote that.
    let (ana, harbour) = world.who("ana-pereira").await;
    let mut desk = world.desk().await;
    assert!(desk.withdraw_since(ana, Role::Staff, harbour, 1).await.unwrap());
    desk.close().await.unwrap();
    let report = phone.sync().await;
    assert_eq!(report.done.quarantined.get(&Code::NOT_PERMITTED), Some(&1), "{report:?}");
    assert_eq!((report.done.reissued, report.unsent), (1, 0));
    tom.sync().await;
    for core in [&phone.core, &tom.core] {
        assert_eq!(answers(core, &run, "milk-fridge"), [""; 0]);
        assert_eq!(answers(core, &run, "food-fridge"), ["4"]);
    }
    let mut desk = world.desk().await;
    let refused = desk.quarantine(true, 10).await.unwrap();
    assert_eq!(refused.len(), 1);
    desk.let_in(refused[0].hash).await.unwrap();
    desk.close().await.unwrap();
    phone.sync().await;
    tom.sync().await;
    phone.sync().await;
    for core in [&phone.core, &tom.core] {
        assert_eq!(answers(core, &run, "milk-fridge"), ["3"]);
        assert_eq!(answers(core, &run, "food-fridge"), ["4"]);
    }
    let status = phone.core.status().now().unwrap();
    assert_eq!((status.unsent, status.held, status.quarantined), (0, 0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_device_is_told_and_keeps_its_work() {
    let world = World::new().await;
    let ben = world.phone("ben-okafor").await;
    give(&ben.core, 3);
    let device = ben.core.status().now().unwrap().device.unwrap().parse().unwrap();
    let mut desk = world.desk().await;
    desk.revoke(device).await.unwrap();
    desk.close().await.unwrap();
    let _ = ben.core.sync_now().await;
    assert_eq!(ben.core.sync_now().await, Err(Error::Unauthorized { device: Some(Code::DEVICE_REVOKED) }));
    assert_eq!(scores(&ben.core), [3]);
    let status = ben.core.status().now().unwrap();
    assert_eq!(status.unsent + status.quarantined, 1);
    assert_eq!(status.blocked.map(|b| b.reason), Some(Code::DEVICE_REVOKED.text()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_was_used_and_an_address_that_is_no_server_are_said_to_be_wrong() {
    let world = World::new().await;
    let code = world.code("ben-okafor").await;
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let url = format!("http://{}", world.server.addr);
    open(one.path()).enrol(&url, &code.to_lowercase().replace('-', ""), "test").await.unwrap();
    let again = open(two.path()).enrol(&url, &code, "test").await;
    assert!(matches!(again, Err(Error::Invalid { ref field, .. }) if field == "code"), "{again:?}");
    let nobody = open(two.path()).enrol("http://127.0.0.1:9", &code, "test").await;
    assert_eq!(nobody, Err(Error::Offline(Unreached::NoNetwork)));
    let page = open(two.path()).enrol(&format!("{url}/console"), &code, "test").await;
    assert_eq!(page, Err(Error::Offline(Unreached::Portal)), "a page in HTML is no server");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_restored_from_a_backup_gets_again_what_it_lost() {
    for other_life in [true, false] {
        let mut world = World::new().await;
        let (ben, tom) = (world.phone("ben-okafor").await, world.phone("tom-hale").await);
        give(&ben.core, 1);
        let run = ben.core.procedures().start("fridge-log").unwrap();
        answer(&ben.core, &run, "milk-fridge", "3");
        ben.sync().await;
        tom.sync().await;
        world.server.shutdown().await;
        // Its last connection moves the log into the database and takes it away.
        for _ in 0..500 {
            if !world.data.path().join("server.db-wal").exists() {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        let backup = tempfile::tempdir().unwrap();
        copy_files(world.data.path(), backup.path());

        world.server = start(world.data.path()).await;
        for phone in [&ben, &tom] {
            phone.line.retarget(world.server.addr);
        }
        give(&ben.core, 2);
        answer(&ben.core, &run, "food-fridge", "4");
        ben.sync().await;
        tom.sync().await;
        give(&tom.core, 3);
        answer(&tom.core, &run, "freezer", "-19");
        tom.sync().await;
        world.server.shutdown().await;

        // A day's work is lost with the machine; the backup is opened, with or without a word about it.
        world.server = start(backup.path()).await;
        if other_life {
            admin::new_incarnation(&world.server.app).await.unwrap();
        }
        for phone in [&ben, &tom] {
            phone.line.retarget(world.server.addr);
        }
        give(&tom.core, 4);
        assert!(!tom.sync().await.done.rewound.is_empty());
        ben.sync().await;
        tom.sync().await;
        ben.sync().await;
        for core in [&ben.core, &tom.core] {
            assert_eq!(scores(core), [1, 2, 3, 4], "another life: {other_life}");
            assert_eq!(answers(core, &run, "milk-fridge"), ["3"]);
            assert_eq!(answers(core, &run, "food-fridge"), ["4"]);
            assert_eq!(answers(core, &run, "freezer"), ["-19"]);
            let status = core.status().now().unwrap();
            assert_eq!((status.unsent, status.held, status.quarantined), (0, 0, 0));
        }
        // And a phone that was never there reads the same from the server.
        let new = world.phone("grace-whitfield").await;
        assert_eq!(scores(&new.core), [1, 2, 3, 4]);
        assert_eq!(answers(&new.core, &run, "freezer"), ["-19"]);
    }
}
