//! A phone without room: on a file system of its own that is really full. Where this user may mount none, the
//! tests say that they were left out; the course of such a sync is tried in `engine_tests` all the same.

use super::fake::HARBOUR;
use super::*;
use crate::Error;
use std::io::Write;
use std::process::Command;

/// A small file system; unmounted when dropped.
struct Small(tempfile::TempDir);
impl Small {
    fn of(kib: usize) -> Option<Self> {
        let dir = tempfile::tempdir().unwrap();
        let done = Command::new("mount").args(["-t", "tmpfs", "-o", &format!("size={kib}k"), "tmpfs"]).arg(dir.path()).output();
        if !done.is_ok_and(|out| out.status.success()) {
            println!("left out: this user may not mount a small file system");
            return None;
        }
        Some(Self(dir))
    }
    /// Takes what is left of it, to the last byte.
    fn fill(&self) {
        let mut file = std::fs::OpenOptions::new().create(true).append(true).open(self.0.path().join("others")).unwrap();
        let mut size = 1 << 20;
        while size > 0 {
            if file.write_all(&vec![1; size]).is_err() {
                size /= 2;
            }
        }
    }
    fn make_room(&self) {
        let _ = std::fs::remove_file(self.0.path().join("others"));
    }
    fn phone(&self, fake: &Arc<Fake>) -> Core {
        open(&self.0.path().join("phone"), fake, 7)
    }
}
impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

fn give(core: &Core, comment: &str) -> Result<(), Error> {
    core.inner.capture(|pen| write(pen, comment))
}

fn write(pen: &mut crate::capture::Pen<'_>, comment: &str) -> Result<(), crate::error::Fault> {
    let id = pen.id();
    let given = FeedbackGiven {
        id,
        touchpoint: "front-desk".parse().unwrap(),
        survey: ReleaseHash::from_bytes([5; 32]),
        score: 3,
        reason: None,
        comment: Some(pen.seal_words(id, comment)?),
        kiosk: false,
        test: false,
    };
    pen.fact(HARBOUR, &Fact::FeedbackGiven(given))?;
    Ok(())
}

/// Captures until there is no room; gives how many were.
fn give_until_full(core: &Core) -> u64 {
    until_full(|| give(core, &"it was loud ".repeat(20)))
}

fn until_full(mut give: impl FnMut() -> Result<(), Error>) -> u64 {
    for n in 0..100_000 {
        match give() {
            Ok(()) => {}
            Err(Error::StorageFull) => return n,
            Err(other) => panic!("{other:?}"),
        }
    }
    panic!("never full");
}

#[test]
fn on_a_full_phone_what_content_shows_goes_before_a_capture_is_lost() {
    let Some(small) = Small::of(8 << 10) else { return };
    let fake = Arc::new(Fake::new());
    let core = small.phone(&fake);
    wait(core.enrol("https://frontline.example", "Ana", "test")).unwrap();
    wait(core.sync_now()).unwrap();
    let content = small.0.path().join("phone").join(crate::store::CONTENT);
    std::fs::create_dir_all(&content).unwrap();
    std::fs::write(content.join("shelf"), vec![7; 2 << 20]).unwrap();
    small.fill();
    give_until_full(&core);
    assert_eq!(std::fs::read_dir(&content).unwrap().count(), 0, "it is the first to go");
    assert!(give_until_full(&core) > 100, "there is room for what people say");
}

#[test]
fn a_full_phone_refuses_captures_and_sends_all_that_it_has_again_and_again() {
    let Some(small) = Small::of(2_500) else { return };
    let fake = Arc::new(Fake::new());
    let core = small.phone(&fake);
    wait(core.enrol("https://frontline.example", "Ana", "test")).unwrap();
    wait(core.sync_now()).unwrap();
    let mut all = 0;
    for round in 0..6 {
        all += give_until_full(&core);
        small.fill();
        all += give_until_full(&core);
        let report = wait(core.sync_now()).unwrap();
        let status = core.status().now().unwrap();
        assert_eq!((status.unsent, status.stored), (0, all), "round {round}: {report:?}");
        println!("round {round}: {all} captured and sent, ended {:?}", report.ended);
    }
    assert!(all > 400, "{all}");
    assert_eq!(core.check().unwrap_or_else(|e| panic!("{e:?}")).problems, [] as [&str; 0]);
    small.make_room();
    assert_eq!(give(&core, "there is room again"), Ok(()));
    assert_eq!(wait(core.sync_now()).unwrap().ended, Ended::Complete);
}

/// Taps are a row each, and what is made of them needs room that may be gone by then.
#[test]
fn on_a_full_phone_every_tap_that_was_taken_is_shown_and_sent() {
    let Some(small) = Small::of(2_500) else { return };
    let fake = Arc::new(Fake::new());
    let core = small.phone(&fake);
    wait(core.enrol("https://frontline.example", "Ana", "test")).unwrap();
    wait(core.sync_now()).unwrap();
    let (mut all, mut taps) = (0, 0);
    for round in 0..6 {
        for others_take_the_rest in [false, true] {
            if others_take_the_rest {
                small.fill();
            }
            all += until_full(|| {
                taps += 1;
                // Now and then somebody looks; at the other times many lie there.
                if taps % 23 == 0 {
                    core.status().now()?;
                }
                core.inner.append(|pen| write(pen, &"it was loud ".repeat(20)))
            });
            let status = core.status().now().unwrap();
            assert_eq!(status.unsent + status.stored, all, "round {round}: what was taken is shown");
        }
        let report = wait(core.sync_now()).unwrap();
        let status = core.status().now().unwrap();
        assert_eq!((status.unsent, status.stored), (0, all), "round {round}: {report:?}");
    }
    assert!(all > 400, "{all}");
    assert_eq!(core.check().unwrap_or_else(|e| panic!("{e:?}")).problems, [] as [&str; 0]);
}

#[test]
fn a_phone_that_others_filled_while_it_was_closed_opens_and_sends() {
    let Some(small) = Small::of(4_000) else { return };
    let fake = Arc::new(Fake::new());
    let core = small.phone(&fake);
    wait(core.enrol("https://frontline.example", "Ana", "test")).unwrap();
    for _ in 0..300 {
        give(&core, "offline").unwrap();
    }
    drop(core);
    small.fill();
    let core = small.phone(&fake);
    let report = wait(core.sync_now()).unwrap();
    assert_eq!((core.status().now().unwrap().unsent, report.done.stored), (0, 300), "{report:?}");
}

#[test]
fn what_others_did_waits_for_room_and_own_work_does_not() {
    let Some(small) = Small::of(4_000) else { return };
    let fake = Arc::new(Fake::new());
    let ben = Phone::new(&fake, "Ben");
    for _ in 0..100 {
        give(&ben.core, &"a long story ".repeat(3_000)).unwrap();
    }
    ben.sync();
    let core = small.phone(&fake);
    wait(core.enrol("https://frontline.example", "Ana", "test")).unwrap();
    for _ in 0..100 {
        give(&core, "mine").unwrap();
    }
    let report = wait(core.sync_now()).unwrap();
    assert_eq!((report.ended, report.unsent, report.done.stored), (Ended::NoRoom, 0, 100));
    assert!(core.status().now().unwrap().last_contact.is_none(), "an answer whose pages found no room was no contact");
    drop(core);
    // The same phone, moved to where there is room.
    let dir = tempfile::tempdir().unwrap();
    for file in std::fs::read_dir(small.0.path().join("phone")).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), dir.path().join(file.file_name())).unwrap();
    }
    let core = open(dir.path(), &fake, 7);
    let report = wait(core.sync_now()).unwrap();
    assert_eq!((report.ended, report.done.stored), (Ended::Complete, 0));
    assert_eq!(core.inner.read(|db| Ok(crate::store::entries::count(db, Some(EntryType::FEEDBACK_GIVEN))?)).unwrap(), 200);
}
