//! After a customer was forgotten nothing on the server or on any phone says who they were, and every count and
//! hash is what it was.

use std::path::Path;
use std::sync::Arc;

use frontline_device::services::feedback::FeedbackDraft;
use frontline_device::services::interactions::{CustomerDraft, CustomerState, OpenDraft};
use frontline_device::store::{Store, dump};
use frontline_device::{Core, Options};
use frontline_domain::customer::Handle;
use frontline_domain::{EntryType, OrgId, Scope};
use frontline_protocol::sign::hex;
use frontline_server::admin::{self, Desk};
use frontline_server::customers::forget::{Whom, forget};
use frontline_server::{App, Running, Server};

const SAID: [&str; 4] = ["+351912345678", "Chiara Example", "umbrella", "waited so long"];

struct World {
    server: Running,
    org: OrgId,
    data: tempfile::TempDir,
}

impl World {
    async fn new() -> Self {
        let data = tempfile::tempdir().unwrap();
        let options = frontline_server::Options {
            data: data.path().to_owned(),
            listen: "127.0.0.1:0".parse().unwrap(),
            clock: Arc::new(frontline_server::system::SystemClock),
            random: Arc::new(frontline_server::system::SystemRandom),
            tls: None,
        };
        let server = Server::start(options).await.unwrap();
        let org = admin::init(&server.app, "Harbour", "ana@harbour.example").await.unwrap().org;
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("samples/harbour");
        let bundle = frontline_content::check(&folder).unwrap();
        admin::content::apply(&server.app, org, &bundle, false, true).await.unwrap();
        Self { server, org, data }
    }
    fn app(&self) -> &App {
        &self.server.app
    }
    async fn phone(&self, person: &str) -> (Core, tempfile::TempDir) {
        let mut desk = Desk::open(self.app(), self.org).await.unwrap();
        let (site, person) = (desk.site("harbour").await.unwrap().id, desk.person(person).await.unwrap().id);
        let code = desk.enrolment_code(site, person).await.unwrap().code;
        desk.close().await.unwrap();
        let dir = tempfile::tempdir().unwrap();
        let core = open(dir.path());
        core.enrol(&format!("http://{}", self.server.addr), &code, "test").await.unwrap();
        core.sync_now().await.unwrap();
        (core, dir)
    }
    /// All bytes of the database and its log, free pages too.
    fn bytes(&self) -> Vec<u8> {
        let files = ["server.db", "server.db-wal"].map(|name| std::fs::read(self.data.path().join(name)).unwrap_or_default());
        files.concat()
    }
    /// The end and the tag of the site's feed, and how much of each type is stored.
    async fn stands(&self) -> (frontline_protocol::Mark, Vec<(EntryType, u64)>) {
        let mut tx = self.app().store.read().await.unwrap();
        let site = admin::site(&mut *tx, self.org, "harbour").await.unwrap();
        let mark = tx.head(self.org, Scope::Site(site.id)).await.unwrap().mark;
        let mut stored = tx.counts(self.org).await.unwrap().stored;
        stored.retain(|(one, _)| one.is_from_devices());
        (mark, stored)
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

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|w| w == what)
}

/// Everything in a phone's store, decrypted; in hexadecimal what is bytes.
fn everything(dir: &Path) -> String {
    let store = Store::open(dir, &[7; 32], &frontline_device::system::SystemRandom).unwrap();
    store.read(dump::everything).unwrap()
}

fn says(all: &str, what: &str) -> bool {
    all.contains(what) || all.contains(&hex(what.as_bytes()))
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_customer_is_forgotten_nothing_anywhere_says_who_they_were_and_everything_is_counted() {
    let world = World::new().await;
    let (ana, ana_dir) = world.phone("ana-pereira").await;
    let (ben, ben_dir) = world.phone("ben-okafor").await;
    let customer = CustomerDraft {
        name: Some("Chiara Example".into()),
        phone: Some("+351 912 345 678".into()),
        note: Some("lost her umbrella".into()),
        ..Default::default()
    };
    let contact = ana.interactions().open(OpenDraft { customer: Some(customer), ..Default::default() }).unwrap();
    let comment = Some("I waited so long".into());
    let draft = FeedbackDraft { touchpoint: "harbour-front-desk".into(), score: 2, comment, ..Default::default() };
    let words = ana.feedback().give(draft).unwrap();
    ana.sync_now().await.unwrap();
    ben.sync_now().await.unwrap();
    let seen = ben.interactions().detail(&contact).unwrap().customer.unwrap();
    assert_eq!((seen.phone.as_deref(), seen.note.as_deref()), (Some(SAID[0]), Some("lost her umbrella")));
    let said = ben.feedback().detail(&words).unwrap();
    assert_eq!(said.comment.as_deref(), Some("I waited so long"));

    // Who the customer is was never readable at the server, and its keys are what is destroyed.
    for what in SAID {
        assert!(!holds(&world.bytes(), what.as_bytes()), "{what}");
    }
    let subject = seen.id.parse().unwrap();
    let mut tx = world.app().store.read().await.unwrap();
    let device = tx.devices(world.org).await.unwrap()[0].id;
    let key = tx.customer_key(world.org, subject, device).await.unwrap().unwrap();
    drop(tx);
    assert!(holds(&world.bytes(), &key));
    let before = world.stands().await;

    forget(world.app(), world.org, &Whom::Handle(Handle::phone("00351912345678").unwrap())).await.unwrap();
    forget(world.app(), world.org, &Whom::Subject(said.customer.unwrap().parse().unwrap())).await.unwrap();
    assert!(!holds(&world.bytes(), &key), "a destroyed key lies in no free page and in no log");
    let after = world.stands().await;
    assert_eq!(after.1, before.1);
    assert_eq!(after.0.number, before.0.number + 2, "nothing but the two orders was added");
    let nobody = forget(world.app(), world.org, &Whom::Handle(Handle::phone("+351912345678").unwrap())).await;
    assert!(!nobody.unwrap_err().to_string().contains("912"));

    for core in [&ana, &ben] {
        core.sync_now().await.unwrap();
        assert_eq!(core.interactions().detail(&contact).unwrap().customer.unwrap().state, CustomerState::Forgotten);
        let said = core.feedback().detail(&words).unwrap();
        assert_eq!((said.score, said.comment, said.forgotten), (2, None, true));
        assert!(core.interactions().of_customer(Some("+351912345678"), None).unwrap().is_empty());
        assert!(core.check().unwrap().problems.is_empty());
    }
    drop((ana, ben));
    for dir in [&ana_dir, &ben_dir] {
        let all = everything(dir.path());
        assert!(all.len() > 10_000);
        for what in SAID {
            assert!(!says(&all, what), "{what}");
        }
    }
    for what in SAID {
        assert!(!holds(&world.bytes(), what.as_bytes()), "{what}");
    }
}
