//! What is to be put right after the days of [`super::tell`]: some of it late, one in a clash, one done.

use frontline_domain::action::{Priority, Status};
use frontline_domain::fact::action::{Origin, Sets};
use frontline_domain::fact::{ActionChanged, ActionCommented, ActionOpened, Fact};
use frontline_domain::{CaptureId, DocId, Scope};

use super::{Phone, Told, Town};

const HOUR: i64 = 3_600_000;

fn opens(phone: &mut Phone<'_>, title: &str, priority: Priority, due_ms: Option<i64>, from: Option<(DocId, &str, &str)>) -> [CaptureId; 2] {
    let origin = from.map(|(run, procedure, item)| Origin {
        run,
        procedure: procedure.parse().expect("a slug"),
        item: item.parse().expect("a slug"),
        instance: 0,
    });
    let owner = Some(phone.person).filter(|_| due_ms.is_some());
    let one = ActionOpened { id: phone.capture_id(), demand: None, origin, title: title.into(), priority, owner, due_ms };
    let ids = [one.id, one.action(Scope::Site(phone.site))];
    phone.says(Fact::ActionOpened(one));
    ids
}

fn sets(phone: &mut Phone<'_>, [opened, action]: [CaptureId; 2], sets: Sets) {
    let one = ActionChanged { id: phone.capture_id(), action, sets, saw: vec![opened] };
    phone.says(Fact::ActionChanged(one));
}

/// One that came from an answer of a run.
pub fn about(phone: &mut Phone<'_>, run: DocId, item: &str) {
    let due = Some(phone.town.clock.ms() + 4 * HOUR);
    opens(phone, "Change the lamp over the counter", Priority::High, due, Some((run, "opening-checks", item)));
}

/// Opens and changes them; the clock ends where it was. The id of the one in a clash.
pub async fn mends(town: &Town, told: &Told) -> CaptureId {
    let now = town.clock.ms();
    town.clock.set(now - 30 * HOUR);
    let mut ana = Phone::enrolled(town, "harbour-11", "Pixel 8a", "ana-pereira", "harbour").await;
    let mut ben = Phone::enrolled(town, "harbour-12", "iPhone 14", "ben-okafor", "harbour").await;
    let mut yusuf = Phone::enrolled(town, "marina-11", "Nokia XR21", "yusuf-darwish", "marina").await;
    let shelves = Some((told.lapsed, "opening-checks", "shelves"));
    let before = opens(&mut ana, "Fill the shelves by the till", Priority::Low, None, shelves);
    sets(&mut ana, before, Sets::Status { from: Status::Open, to: Status::Done, reason: None });
    opens(&mut ana, "Mend the hinge of the cold room", Priority::Urgent, Some(now - 6 * HOUR), None);
    opens(&mut yusuf, "أصلح قفل باب المسبح", Priority::High, Some(now - 2 * HOUR), None);
    opens(&mut yusuf, "Replace the lamp over the pool bar", Priority::Normal, Some(now + 40 * HOUR), None);
    ana.syncs().await;
    ben.syncs().await;
    yusuf.syncs().await;
    town.clock.set(now - 3 * HOUR);
    let clash = opens(&mut ana, "Order new boxes for the shelves", Priority::High, Some(now + 5 * HOUR), shelves);
    ana.syncs().await;
    ben.syncs().await;
    town.clock.set(now - 2 * HOUR);
    sets(&mut ana, clash, Sets::Status { from: Status::Open, to: Status::InProgress, reason: None });
    let reason = Some("The supplier has none until Friday".to_owned());
    sets(&mut ben, clash, Sets::Status { from: Status::Open, to: Status::CannotDo, reason });
    let said = ActionCommented { id: ben.capture_id(), action: clash[1], text: "I asked at the marina too.".into(), photos: vec![] };
    ben.says(Fact::ActionCommented(said));
    ana.syncs().await;
    ben.syncs().await;
    town.clock.set(now);
    clash[1]
}
