//! What is old leaves; a run comes back when it is opened.

use super::fake::Cut;
use super::*;
use crate::Error;
use crate::net::Unreached;
use crate::services::piece::Piece;
use crate::services::procedures::RunSummary;
use frontline_domain::document::RunState;

const DAY: i64 = 86_400_000;

impl Phone {
    fn listed(&self) -> Vec<RunSummary> {
        self.core.procedures().list(&Piece::default()).unwrap().list
    }
    fn row(&self, run: DocId) -> RunSummary {
        self.listed().into_iter().find(|row| row.id == run.to_string()).expect("a row")
    }
    fn is_sound(&self) {
        assert_eq!(self.core.check().unwrap().problems, Vec::<String>::new());
    }
    fn fetch(&self, run: DocId) -> Result<(), Error> {
        wait(self.core.fetch_run(&run.to_string()))
    }
}

/// Ana's run of today, handed in; Ben holds it, too.
fn handed_in() -> (Arc<Fake>, ReleaseHash, Phone, Phone, DocId) {
    let fake = Arc::new(Fake::new());
    let release = procedure(&fake);
    let (ana, ben) = (Phone::new(&fake, "Ana"), Phone::new(&fake, "Ben"));
    ana.sync();
    ben.sync();
    let run = ana.run(release);
    for item in ["door", "fridge", "light"] {
        ana.answer(run, release, item, "fine");
    }
    ana.core.procedures().submit(&run.to_string()).unwrap();
    ana.sync();
    ben.sync();
    (fake, release, ana, ben, run)
}

#[test]
fn an_old_run_that_is_done_leaves_and_is_fetched_when_it_is_opened() {
    let (fake, _, ana, ben, run) = handed_in();
    fake.state().now_ms += 89 * DAY;
    assert_eq!((ana.sync().left, ben.sync().left), (0, 0));
    fake.state().now_ms += 2 * DAY;
    for phone in [&ana, &ben] {
        assert_eq!(phone.sync().left, 4);
        let row = phone.row(run);
        assert_eq!((row.away, row.changed, row.status, row.done, row.answered), (true, false, RunState::Submitted, true, 3));
        let closed = phone.core.procedures().detail(&row.id);
        assert_eq!(closed.map(|d| d.status), Err(Error::Offline(Unreached::Left)));
        phone.is_sound();
        phone.core.rebuild().unwrap();
        assert_eq!(phone.row(run), row);
        // Without a network it stays away, and nothing is half there.
        fake.state().cuts = vec![Cut::Before];
        assert_eq!(phone.fetch(run), Err(Error::Offline(Unreached::NoNetwork)));
        assert!(phone.row(run).away);
        fake.state().page_rows = 3;
        phone.fetch(run).unwrap();
        fake.state().page_rows = 1_000;
        assert_eq!(phone.core.procedures().detail(&row.id).unwrap().status, RunState::Submitted);
        assert_eq!(phone.texts(run, "door"), ["fine"]);
        assert_eq!((phone.row(run).away, phone.row(run).status), (false, RunState::Submitted));
        phone.is_sound();
    }
    assert_eq!(ana.document(run).heads(), ben.document(run).heads());
    // It stays for a week, then it leaves again.
    fake.state().now_ms += 6 * DAY;
    assert_eq!(ben.sync().left, 0);
    fake.state().now_ms += 2 * DAY;
    assert_eq!(ben.sync().left, 4);
    assert!(ben.row(run).away);
    ben.is_sound();
}

#[test]
fn an_open_run_and_unsent_or_refused_work_never_leave() {
    let fake = Arc::new(Fake::new());
    let release = procedure(&fake);
    let ana = Phone::new(&fake, "Ana");
    ana.sync();
    let run = ana.run(release);
    ana.answer(run, release, "door", "shut");
    let refused = ana.feedback(1);
    fake.state().refuse.insert(refused, REFUSED);
    ana.feedback(5);
    ana.sync();
    fake.state().now_ms += 400 * DAY;
    ana.feedback(4);
    fake.state().cuts = vec![Cut::Before];
    assert!(wait(ana.core.sync_now()).is_err());
    assert_eq!((ana.scores(), ana.count(State::Captured), ana.count(State::Quarantined)), (vec![1, 4, 5], 1, 1));
    // What was given today stays, and so does what was refused; the rest of long ago leaves.
    assert_eq!(ana.sync().left, 1);
    assert_eq!((ana.scores(), ana.count(State::Quarantined)), (vec![1, 4], 1));
    assert!(!ana.row(run).away);
    ana.is_sound();
}

#[test]
fn nothing_leaves_before_the_servers_oldest_backup_holds_it() {
    let (fake, _, ana, _, run) = handed_in();
    let committed = fake.state().now_ms;
    let life = frontline_domain::Incarnation(fake.state().incarnation);
    fake.state().now_ms += 400 * DAY;
    fake.state().backed_up = Some((life, committed - 60_000));
    assert_eq!(ana.sync().left, 0);
    fake.state().now_ms += 2 * DAY;
    fake.state().backed_up = Some((frontline_domain::Incarnation(77), committed + DAY));
    assert_eq!(ana.sync().left, 0, "another life's backup holds nothing of this one");
    fake.state().now_ms += 2 * DAY;
    fake.state().backed_up = Some((life, committed + DAY));
    assert_eq!(ana.sync().left, 4);
    assert!(ana.row(run).away);
}

#[test]
fn a_change_to_a_run_that_has_left_is_noted_and_fetched_with_the_rest() {
    let (fake, release, ana, ben, run) = handed_in();
    let cy = Phone::new(&fake, "Cy");
    cy.sync();
    fake.state().now_ms += 100 * DAY;
    assert_eq!(ben.sync().left, 4);
    // Cy's phone slept, and still has it.
    cy.answer(run, release, "door", "ajar");
    cy.sync();
    assert_eq!(ben.sync().done.received, 1);
    let row = ben.row(run);
    assert_eq!((row.away, row.changed), (true, true));
    ben.is_sound();
    assert_eq!(ben.core.procedures().detail(&row.id).map(|_| ()), Err(Error::Offline(Unreached::Left)));
    ben.fetch(run).unwrap();
    assert_eq!(ben.texts(run, "door"), ["ajar"]);
    assert_eq!(ben.document(run).heads(), cy.document(run).heads());
    assert!(!ben.row(run).away && !ben.row(run).changed);
    ben.is_sound();
    // And Ben answers it, as any run that is here.
    ben.answer(run, release, "door", "shut");
    ben.sync();
    cy.sync();
    assert_eq!(cy.texts(run, "door"), ["shut"]);
    // On Ana's phone, which slept too, it is of today.
    assert_eq!(ana.sync().left, 0);
    assert_eq!((ana.row(run).away, ana.texts(run, "door")), (false, vec!["shut".to_owned()]));
}

#[test]
fn what_a_phone_may_no_longer_read_is_not_listed_either_once_it_has_left() {
    let (fake, _, _, ben, run) = handed_in();
    fake.state().now_ms += 100 * DAY;
    ben.sync();
    assert!(ben.row(run).away);
    fake.state().granted.remove(&HARBOUR);
    ben.sync();
    assert!(ben.listed().is_empty());
    ben.is_sound();
}
