//! What a fact says: shapes, depths, and rights that are not in its header.

use frontline_domain::customer::Sealed;
use frontline_domain::fact::*;
use frontline_domain::form::Value;
use frontline_domain::*;
use frontline_protocol::sync::Request as Ask;
use frontline_protocol::{Code, customers, frame, sync};

use super::attempt::Expected;
use super::messages::{DEEP, deep};
use super::scene::{CONTACT, Scene};
use crate::phone::feedback;
use crate::world::slug;

pub async fn add(scene: &mut Scene) {
    let org = scene.world.org();
    let survey = scene.world.release("survey", "checkout").await;
    let module = scene.world.release("module", "coffee").await;
    let of = EntryType::FEEDBACK_GIVEN;
    let Fact::FeedbackGiven(given) = feedback(&scene.world, org, 5).await else { panic!("it is feedback") };
    let good = Fact::FeedbackGiven(given.clone()).encode();

    scene.offers("an empty body", of, vec![], |_| {}, Code::UNREADABLE);
    scene.offers("a body and a byte", of, [&good[..], &[0]].concat(), |_| {}, Code::UNREADABLE);
    scene.offers("half a body", of, good[..good.len() / 2].to_vec(), |_| {}, Code::UNREADABLE);
    scene.offers("a body of another type", EntryType::LESSON_PROGRESSED, good.clone(), |_| {}, Code::UNREADABLE);
    for one in EntryType::ALL.iter().filter(|one| one.is_from_devices()) {
        let (body, leads) = (
            deep(&[0x81]),
            [EntryType::SIGNED_OFF, EntryType::APPROVED, EntryType::RETURNED, EntryType::ALERT_RAISED, EntryType::ACTION_REVIEWED],
        );
        // Of a type whose body this build has no form for, whatever it is would be carried: not by who has no right.
        if Fact::decode(*one, &[]).is_none() && *one != EntryType::RUN_CHANGED {
            continue;
        }
        let code = if leads.contains(one) { Code::NOT_PERMITTED } else { Code::UNREADABLE };
        scene.offers(&format!("{one} of arrays, 100,000 deep"), *one, body, |_| {}, code);
    }
    for (name, head) in DEEP {
        scene.offers(&format!("{name} as deep, as a body"), of, deep(head), |_| {}, Code::UNREADABLE);
        let answered = QuestionAnswered { attempt: CONTACT, module, item: slug("grind"), value: Value::Bool(true) };
        let mut body = Fact::QuestionAnswered(answered).encode();
        // The value is the last field: {"bool": true}, or as short.
        let at = body.windows(5).rposition(|w| w == b"value").unwrap() + 5;
        body.truncate(at);
        body.extend(deep(head));
        scene.offers(&format!("{name} as deep, as a value"), EntryType::QUESTION_ANSWERED, body, |_| {}, Code::UNREADABLE);
    }

    let with = |scene: &mut Scene, name: &str, change: &dyn Fn(&mut FeedbackGiven), code| {
        let mut given = given.clone();
        change(&mut given);
        scene.offers(name, of, Fact::FeedbackGiven(given).encode(), |_| {}, code);
    };
    with(scene, "a score beyond the scale", &|f| f.score = 255, Code::OUT_OF_RANGE);
    with(scene, "a survey that was never published", &|f| f.survey = ReleaseHash::from_bytes([9; 32]), Code::UNKNOWN_RELEASE);
    with(scene, "a survey that is a module", &|f| f.survey = module, Code::UNKNOWN_RELEASE);
    let Some(Ok(Fact::FeedbackGiven(hers))) = Fact::decode(of, &scene.stored.body) else { panic!("it is feedback") };
    with(scene, "the id of a colleague's feedback", &|f| f.id = hers.id, Code::ID_TAKEN);

    let seal = RunSealed { run: scene.run.id(), answers: scene.run.answers_hash() };
    scene.offers(
        "a sign-off without the role",
        EntryType::SIGNED_OFF,
        Fact::SignedOff(seal.signed(None)).encode(),
        |_| {},
        Code::NOT_PERMITTED,
    );
    let ben = scene.ben.enrolled.person;
    scene.offers(
        "a sign-off in the shift lead's name",
        EntryType::SIGNED_OFF,
        Fact::SignedOff(seal.signed(None)).encode(),
        |h| h.person = ben,
        Code::NOT_CERTIFIED,
    );
    let void = Fact::InteractionVoided(InteractionEvent { interaction: CONTACT }).encode();
    scene.offers("a colleague's contact made void", EntryType::INTERACTION_VOIDED, void, |_| {}, Code::NOT_PERMITTED);
    let unlock = PersonOnDevice { id: CaptureId::from_bytes([1; 16]), what: OnDevice::Unlocked(ben) };
    scene.offers(
        "a PIN unlocked without the role",
        EntryType::PERSON_ON_DEVICE,
        Fact::PersonOnDevice(unlock).encode(),
        |_| {},
        Code::NOT_PERMITTED,
    );
    let opened = InteractionOpened { id: CONTACT, reason: None, channel: None, touchpoint: None };
    scene.offers(
        "a colleague's contact opened anew",
        EntryType::INTERACTION_OPENED,
        Fact::InteractionOpened(opened).encode(),
        |_| {},
        Code::ID_TAKEN,
    );
    let finished = AttemptFinished {
        attempt: CaptureId::from_bytes([2; 16]),
        module,
        answers: [(slug("grind"), Value::Choice(slug("coarser")))].into(),
        points: 4,
        of: 4,
        passed: true,
    };
    scene.offers(
        "a quiz that was not passed, as passed",
        EntryType::ATTEMPT_FINISHED,
        Fact::AttemptFinished(finished).encode(),
        |_| {},
        Code::GRADED_OTHERWISE,
    );
    let lesson = LessonProgressed { module: survey, lesson: slug("welcome"), card: 1, of: 2 };
    scene.offers(
        "a lesson of a survey",
        EntryType::LESSON_PROGRESSED,
        Fact::LessonProgressed(lesson).encode(),
        |_| {},
        Code::UNKNOWN_RELEASE,
    );

    // Words about a customer whose key is rubbish: stored, they would be lost in silence.
    let words = Sealed { subject: SubjectId::from_bytes([4; 16]), nonce: [1; 12].into(), bytes: b"words".to_vec().into() };
    let mut phone = scene.anew();
    let body = Fact::FeedbackGiven(FeedbackGiven { comment: Some(words), ..given.clone() }).encode();
    let entry = phone.make(phone.header(&scene.world, of), body);
    let keys = customers::addressed(&phone.enrolled.customers, &[7; 120]);
    let ask = Ask { keys: Some(keys), ..phone.ask(std::slice::from_ref(&entry)) };
    let sealed = phone.sealed(sync::PATH, &frame::pack(&ask));
    scene.posts("words about a customer under a key that does not open", sync::PATH, &sealed, Expected::Quarantined(Code::KEYS_UNREADABLE));
}
