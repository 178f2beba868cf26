//! How far people are with a module that is assigned.

use frontline_domain::Scope;
use frontline_domain::fact::{AttemptFinished, Fact, LessonProgressed};
use frontline_domain::quiz::grade;
use frontline_domain::release::{Content, Module, Release};
use frontline_server::admin::Desk;

use crate::support::browser::Browser;
use crate::support::{MANAGER, Phone, Town};
use crate::{DAY, town};

async fn coffee(town: &Town) -> (frontline_domain::ReleaseHash, Module) {
    let hash = town.publication("module", "coffee-basics").await;
    let mut tx = town.app.store.read().await.expect("a view");
    let row = tx.release(town.org, hash).await.expect("read").expect("a release");
    let Content::Module(module) = Release::decode(&row.bytes).expect("a release").content else { panic!("no module") };
    (hash, module)
}

/// Reads cards of a lesson, up to this one.
fn reads(phone: &mut Phone<'_>, (hash, module): &(frontline_domain::ReleaseHash, Module), lesson: usize, card: usize) {
    let lesson = &module.lessons[lesson];
    let (card, of) = (card as u16, lesson.cards.len() as u16);
    phone.says(Fact::LessonProgressed(LessonProgressed { module: *hash, lesson: lesson.slug.clone(), card, of }));
}

/// Hands in an attempt in which all is right.
fn passes(phone: &mut Phone<'_>, (hash, module): &(frontline_domain::ReleaseHash, Module)) {
    let quiz = module.quiz.as_ref().expect("a quiz");
    let answers = quiz.questions().filter_map(|q| Some((q.slug.clone(), q.answer_key.as_ref()?.value.clone()))).collect();
    let graded = grade(quiz, &answers);
    let (attempt, points, of, passed) = (phone.capture_id(), graded.points, graded.of, graded.passed);
    phone.says(Fact::AttemptFinished(AttemptFinished { attempt, module: *hash, answers, points, of, passed }));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_assigned_module_shows_who_has_read_how_far_and_since_when() {
    let (town, _data) = town().await;
    let coffee = coffee(&town).await;
    let cards: Vec<usize> = coffee.1.lessons.iter().map(|l| l.cards.len()).collect();
    let all: usize = cards.iter().sum();
    assert!(cards.len() > 1 && cards[0] > 1, "the sample has lessons of several cards");
    let mut ana = Phone::enrolled(&town, "harbour-1", "Pixel", "ana-pereira", "harbour").await;
    let mut priya = Phone::enrolled(&town, "harbour-2", "Pixel", "priya-nair", "harbour").await;
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    let page = format!("/sites/{}", town.site("harbour").await.id);
    grace.get(&page).await.says("Read by 0 of ");

    // Ana reads all, out of order, and looks into the first lesson again later; Priya begins.
    let begun = town.clock.ms();
    for lesson in (0..cards.len()).rev() {
        town.clock.set(town.clock.ms() + 60_000);
        reads(&mut ana, &coffee, lesson, cards[lesson]);
    }
    let ended = town.clock.ms();
    town.clock.set(ended + 3_600_000);
    reads(&mut ana, &coffee, 0, 1);
    reads(&mut ana, &coffee, 0, cards[0]);
    reads(&mut priya, &coffee, 0, 1);
    reads(&mut priya, &coffee, 1, 1);
    ana.syncs().await;
    priya.syncs().await;
    assert!(ended - begun < 3_600_000);
    let shown = grace.get(&page).await;
    shown.says("Read by 1 of ");
    let text = shown.text();
    let of = |name: &str| {
        let reading = &text[text.find("Coffee basics Module · Everybody at the site").expect("it is shown")..];
        let at = reading.find(name).unwrap_or_else(|| panic!("{name} is not in {reading}"));
        reading[at..].chars().take(80).collect::<String>()
    };
    assert!(of("Priya Nair").starts_with(&format!("Priya Nair 2 of {all} cards ")), "{}", of("Priya Nair"));
    let done = of("Ana Pereira");
    assert!(done.starts_with(&format!("Ana Pereira {all} of {all} cards Read ")), "{done}");
    // When the last card was read first, by the clock of London.
    let minutes = |ms: i64| (ms / 60_000 + 60) % (24 * 60);
    let time = format!("{:02}:{:02}", minutes(ended) / 60, minutes(ended) % 60);
    assert!(done.contains(&time), "{done} does not say {time}");
    let (priyas, anas) = (text.find(&of("Priya Nair")), text.find(&done));
    assert!(priyas < anas, "who has most left comes first");
    shown.is_silent_about("Yusuf Darwish");

    // A new version is read anew, as on the phones.
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples/harbour");
    let mut bundle = frontline_content::check(&folder).expect("the sample content");
    let release = bundle.releases.iter_mut().find(|r| r.slug.as_str() == "coffee-basics").expect("the module");
    release.title = frontline_domain::Text::plain("en".parse().expect("a tag"), "Coffee anew");
    frontline_server::admin::content::apply(&town.app, town.org, &bundle, false, true).await.expect("published");
    grace.get(&page).await.says("Read by 0 of ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_module_for_one_person_is_done_when_they_have_read_and_passed_it_and_overdue_when_not() {
    let (town, _data) = town().await;
    let coffee = coffee(&town).await;
    let ana = town.person("ana-pereira").await.id;
    let mut desk = Desk::open(&town.app, town.org).await.expect("a desk");
    desk.assign("module", &"coffee-basics".parse().expect("a slug"), Scope::Person(ana), town.clock.ms() + DAY).await.expect("assigned");
    desk.close().await.expect("written");
    let mut phone = Phone::enrolled(&town, "harbour-1", "Pixel", "ana-pereira", "harbour").await;
    let page = format!("/sites/{}", town.site("harbour").await.id);
    town.clock.set(town.clock.ms() + 2 * DAY);
    let mut grace = Browser::signed_in(&town, MANAGER).await;
    grace.get(&page).await.says("Coffee basics Past due Module · Ana Pereira");
    for (lesson, cards) in coffee.1.lessons.iter().map(|l| l.cards.len()).enumerate() {
        reads(&mut phone, &coffee, lesson, cards);
    }
    phone.syncs().await;
    grace.get(&page).await.says("Coffee basics Past due Module · Ana Pereira");
    passes(&mut phone, &coffee);
    phone.syncs().await;
    let shown = grace.get(&page).await;
    shown.says("Coffee basics Done Module · Ana Pereira");
    shown.says("Read by 1 of 1 person");
}
