//! Some days of work at three sites, up to `now`.

use std::collections::BTreeMap;

use frontline_domain::fact::{Fact, FeedbackGiven, InteractionClosed, InteractionEvent, InteractionOpened, Returned, RunSealed};
use frontline_domain::form::{ItemKind, Value};
use frontline_domain::{DocId, Random, ReleaseHash, Slug};
use frontline_server::admin::Desk;

use super::phone::Sheet;
use super::{Phone, Town};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

fn slug(text: &str) -> Slug {
    text.parse().expect("a slug")
}

/// A right answer to every kind of item.
fn value(kind: &ItemKind) -> Option<Value> {
    Some(match kind {
        // Pictures are captured by real phones only.
        ItemKind::Note | ItemKind::Photo(_) | ItemKind::Signature => return None,
        ItemKind::Text | ItemKind::LongText => Value::Text("Nothing unusual".into()),
        ItemKind::Number(rule) => Value::Number(rule.target.map(|(low, _)| low).or(rule.min).unwrap_or(4.into())),
        ItemKind::Boolean | ItemKind::PassFail => Value::Bool(true),
        ItemKind::Choice(all) => Value::Choice(all.0[0].slug.clone()),
        ItemKind::MultiChoice(all) => Value::Choices(all.0.iter().take(2).map(|c| c.slug.clone()).collect()),
        ItemKind::Rating(rating) => Value::Number((rating.max - 1).into()),
        ItemKind::Csat => Value::Number(4.into()),
        ItemKind::Date => Value::Date("2027-03-31".into()),
        ItemKind::Time => Value::Time("06:50".into()),
        // The sample has no other kinds.
        _ => return None,
    })
}

/// Answers the first items of a sheet, some minutes apart.
fn fills(phone: &mut Phone<'_>, sheet: &mut Sheet, most: usize) {
    let items: Vec<_> = sheet.form.items().filter_map(|i| Some((i.slug.to_string(), value(&i.kind)?))).take(most).collect();
    for (item, value) in items {
        phone.town.clock.set(phone.town.clock.ms() + 40_000);
        phone.answers(sheet, &item, value);
    }
}

fn sealed(sheet: &Sheet) -> RunSealed {
    RunSealed { run: sheet.run.id(), answers: sheet.run.answers_hash() }
}

struct Day<'a> {
    survey: BTreeMap<&'static str, ReleaseHash>,
    tree: ReleaseHash,
    random: &'a dyn Random,
}

impl Day<'_> {
    fn dice(&self, sides: u64) -> u64 {
        self.random.next_u64() % sides
    }
    fn feedback(&self, phone: &mut Phone<'_>, touchpoint: &str) {
        let survey = if touchpoint.ends_with("front-desk") { "front-desk" } else { "checkout" };
        let score = [5, 5, 4, 5, 4, 4, 3, 5, 4, 2, 5, 1][self.dice(12) as usize];
        let comment = match (score, self.dice(4)) {
            (5, 0) => Some("Lovely welcome, thank you!"),
            (1 | 2, 0 | 1) => Some("Twenty minutes in the queue, and nobody told us why."),
            (4, 0) => Some("الموظفون ودودون جدًا"),
            _ => None,
        };
        let (id, touchpoint) = (phone.capture_id(), slug(touchpoint));
        let comment = comment.map(|words| phone.seals(id, words));
        phone.says(Fact::FeedbackGiven(FeedbackGiven {
            id,
            touchpoint,
            survey: self.survey[survey],
            score,
            reason: None,
            comment,
            kiosk: false,
            test: false,
        }));
    }
    fn contact(&self, phone: &mut Phone<'_>) {
        let clock = &phone.town.clock;
        let id = phone.capture_id();
        phone.says(Fact::InteractionOpened(InteractionOpened { id, reason: None, channel: Some(slug("in-person")), touchpoint: None }));
        clock.set(clock.ms() + 60_000 + self.dice(240) as i64 * 1_000);
        let reasons = ["late-checkout", "extra-towels", "check-in-question", "noise", "room-not-ready", "refund", "late-checkout"];
        let outcomes = [("solved", true, true), ("solved", true, true), ("passed-on", false, true), ("gave-up", false, false)];
        let (outcome, resolved, handled) = outcomes[self.dice(4) as usize];
        let reason = slug(reasons[self.dice(7) as usize]);
        let closed =
            InteractionClosed { interaction: id, tree: self.tree, reason, outcome: slug(outcome), channel: None, resolved, handled };
        phone.says(Fact::InteractionClosed(closed));
    }
}

/// Last heard of this morning.
fn is_late(site: &str, n: usize) -> bool {
    site == "marina" && n == 4
}
/// Lies in a drawer since the beginning.
fn is_in_drawer(site: &str, n: usize) -> bool {
    site == "ribeira" && n == 3
}

/// What the story leaves to look at.
pub struct Told {
    pub clashed: DocId,
    pub lapsed: DocId,
    pub signed: DocId,
    pub returned: DocId,
}

/// Lets the days pass. The clock ends at `now`.
pub async fn tell(town: &Town, now: i64) -> Told {
    let from = town.clock.ms();
    let models = ["Pixel 8a", "Galaxy A55", "iPhone SE", "Nokia XR21", "iPhone 14", "Galaxy Tab Active5"];
    let crew = [
        ("harbour", &["ana-pereira", "ben-okafor", "priya-nair", "callum-reid", "lucy-chen", "jamie-doyle"][..]),
        ("marina", &["yusuf-darwish", "khalid-saeed", "maryam-qasim", "joy-santos", "anil-kumar"][..]),
        ("ribeira", &["tiago-lopes", "sofia-matos", "marta-vale", "amina-benali"][..]),
    ];
    let places = BTreeMap::from([
        ("harbour", ["harbour-front-desk", "harbour-checkout", "harbour-shop"]),
        ("marina", ["marina-front-desk", "marina-checkout", "marina-checkout"]),
        ("ribeira", ["ribeira-front-desk", "ribeira-shop", "ribeira-shop"]),
    ]);
    let survey = BTreeMap::from([
        ("front-desk", town.publication("survey", "front-desk").await),
        ("checkout", town.publication("survey", "checkout").await),
    ]);
    let tree = town.publication("reasons", "reasons").await;
    let day = Day { survey, tree, random: &*town.random };
    let mut phones: BTreeMap<&str, Vec<Phone<'_>>> = BTreeMap::new();
    for (site, people) in crew {
        for (n, person) in people.iter().enumerate() {
            let phone = Phone::enrolled(town, &format!("{site}-{}", n + 1), models[n], person, site).await;
            phones.entry(site).or_default().push(phone);
        }
    }
    let days = (now - from) / DAY;
    for d in (0..=days).rev() {
        for hour in 0..12 {
            let at = now - d * DAY - (11 - hour) * HOUR;
            // The last hours of today are told one by one below.
            if at - HOUR < from || at > now - 3 * HOUR {
                continue;
            }
            for (site, list) in &mut phones {
                for (n, phone) in list.iter_mut().enumerate() {
                    let drawer = is_in_drawer(site, n) && d < days;
                    let late = is_late(site, n) && d == 0 && hour > 4;
                    if drawer {
                        continue;
                    }
                    town.clock.set(at - 50 * 60_000 + n as i64 * 60_000);
                    if n < 4 && day.dice(2) == 0 {
                        day.feedback(phone, places[site][day.dice(3) as usize]);
                    }
                    if n > 0 && day.dice(3) == 0 {
                        day.contact(phone);
                    }
                    town.clock.set(town.clock.ms().max(at - 20 * 60_000).min(at));
                    if !late {
                        phone.syncs().await;
                    }
                }
            }
        }
        if d > 0 {
            town.clock.set(now - d * DAY + 60_000);
            for list in phones.values_mut() {
                let (staff, lead) = list.split_at_mut(1);
                done(&mut staff[0], &mut lead[0]).await;
            }
        }
    }
    town.clock.set(now - 2 * HOUR);
    let told = today(town, &mut phones).await;
    town.clock.set(now - 4 * 60_000);
    for (site, list) in &mut phones {
        for (_, phone) in list.iter_mut().enumerate().filter(|(n, _)| !is_late(site, *n) && !is_in_drawer(site, *n)) {
            phone.syncs().await;
        }
    }
    town.clock.set(now);
    told
}

/// A run that was ticked without looking, of which something came: for pages to show.
pub async fn hasty(town: &Town) -> DocId {
    let now = town.clock.ms();
    town.clock.set(now - HOUR / 2);
    let mut ana = Phone::enrolled(town, "harbour-21", "Pixel 8a", "ana-pereira", "harbour").await;
    let mut sheet = ana.begins("opening-checks").await;
    let items: Vec<_> = sheet.form.items().filter_map(|i| Some((i.slug.to_string(), value(&i.kind)?))).collect();
    for (n, (item, value)) in items.into_iter().enumerate() {
        town.clock.set(town.clock.ms() + if n < 7 { 300 } else { 95_000 });
        ana.answers(&mut sheet, &item, value);
    }
    ana.ahead_ms = HOUR;
    town.clock.set(town.clock.ms() + 20_000);
    ana.pictures(&mut sheet, "counter-photo", (b"a counter", b"a small counter"), false);
    super::mend::about(&mut ana, sheet.run.id(), "counter-photo");
    ana.says(Fact::RunSubmitted(sealed(&sheet)));
    ana.syncs().await;
    town.clock.set(now);
    sheet.run.id()
}

/// A run of yesterday: filled in, submitted, signed off.
async fn done(staff: &mut Phone<'_>, lead: &mut Phone<'_>) {
    let mut sheet = staff.begins("opening-checks").await;
    fills(staff, &mut sheet, usize::MAX);
    staff.says(Fact::RunSubmitted(sealed(&sheet)));
    staff.syncs().await;
    lead.syncs().await;
    lead.says(Fact::SignedOff(sealed(&sheet).signed(None)));
    lead.syncs().await;
}

/// What is under way today: a clash, a lapsed sign-off, a return, something held, something refused.
async fn today(town: &Town, phones: &mut BTreeMap<&str, Vec<Phone<'_>>>) -> Told {
    let harbour = phones.get_mut("harbour").expect("phones");
    let [ana, ben, priya, ..] = &mut harbour[..] else { panic!("too few phones") };
    // Two phones answer one checklist with no network.
    let mut sheet = ana.begins("fridge-log").await;
    fills(ana, &mut sheet, 6);
    ana.syncs().await;
    priya.syncs().await;
    let mut other = sheet.clone();
    let number = sheet.form.items().find(|i| matches!(i.kind, ItemKind::Number(_))).expect("a number").slug.to_string();
    ana.answers(&mut sheet, &number, Value::Number(3.into()));
    priya.answers(&mut other, &number, Value::Number(9.into()));
    ana.syncs().await;
    priya.syncs().await;
    let clashed = sheet.run.id();

    // Signed off, then answered again by somebody who had not seen it.
    let mut sheet = ana.begins("opening-checks").await;
    fills(ana, &mut sheet, usize::MAX);
    ana.says(Fact::RunSubmitted(sealed(&sheet)));
    ana.syncs().await;
    priya.syncs().await;
    let mut other = sheet.clone();
    ben.syncs().await;
    priya.answers(&mut other, "shelves", Value::Number(2.into()));
    town.clock.set(town.clock.ms() + 5 * 60_000);
    ben.says(Fact::SignedOff(sealed(&sheet).signed(None)));
    ben.syncs().await;
    priya.syncs().await;
    let lapsed = sheet.run.id();

    // Handed in and sent back.
    let mut sheet = priya.begins("closing-cash").await;
    fills(priya, &mut sheet, 5);
    priya.says(Fact::RunSubmitted(sealed(&sheet)));
    priya.syncs().await;
    ben.syncs().await;
    ben.says(Fact::Returned(Returned { run: sheet.run.id(), reason: "The float was not counted: count it with a colleague.".into() }));
    ben.syncs().await;
    let returned = sheet.run.id();

    // Signed off and holding.
    let marina = phones.get_mut("marina").expect("phones");
    let [yusuf, khalid, maryam, ..] = &mut marina[..] else { panic!("too few phones") };
    let mut sheet = yusuf.begins("room-handover").await;
    fills(yusuf, &mut sheet, usize::MAX);
    yusuf.says(Fact::RunSubmitted(sealed(&sheet)));
    yusuf.syncs().await;
    khalid.syncs().await;
    khalid.says(Fact::SignedOff(sealed(&sheet).signed(None)));
    khalid.syncs().await;
    let signed = sheet.run.id();

    // A sign-off by somebody who has no right to, and an author who was never enrolled on the phone.
    maryam.says(Fact::SignedOff(sealed(&sheet).signed(None)));
    let stranger = town.person("hana-suleiman").await.id;
    let id = maryam.capture_id();
    maryam.says_as(stranger, Fact::InteractionOpened(InteractionOpened { id, reason: None, channel: None, touchpoint: None }));
    maryam.says(Fact::InteractionPaused(InteractionEvent { interaction: maryam.capture_id() }));
    maryam.syncs().await;

    // A change whose foundation never arrived.
    let ribeira = phones.get_mut("ribeira").expect("phones");
    let mut sheet = ribeira[0].begins("fridge-log").await;
    fills(&mut ribeira[0], &mut sheet, 3);
    ribeira[0].syncs().await;
    fills(&mut ribeira[0], &mut sheet, 1);
    ribeira[0].loses_the_last();
    fills(&mut ribeira[0], &mut sheet, 1);
    ribeira[0].syncs().await;

    // A phone that was lost, and sent something after it was revoked.
    let lost = &mut ribeira[2];
    let mut desk = Desk::open(&town.app, town.org).await.expect("a desk");
    desk.revoke(lost.id).await.expect("revoked");
    desk.close().await.expect("written");
    let id = lost.capture_id();
    lost.says(Fact::InteractionOpened(InteractionOpened { id, reason: None, channel: None, touchpoint: None }));
    lost.syncs().await;
    Told { clashed, lapsed, signed, returned }
}
