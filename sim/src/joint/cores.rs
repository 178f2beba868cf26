//! The same story with whole phones: five device cores with their encrypted stores, the server's routes over its real
//! store, in one thread, on the simulator's virtual network ([`crate::fuzz::net`]), which loses, cuts, doubles and
//! delays their messages. Nobody is killed here: that is what `scenario fuzz` is for.

mod end;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use frontline_domain::form::Raw;
use frontline_domain::permission::Role;
use serde_json::{Value, json};

use super::figures::Figures;
use super::template::{CAST, Template, heard, role_of, room, runtime};
use super::{Lived, form};
use crate::fuzz::net::Net;
use crate::fuzz::{Odds, Trace, copy_files};
use crate::phone::Phone;
use crate::time::{Seeded, StoryTime};
use crate::world::World;

const STEPS: u64 = 90;
/// After so many syncs of everybody nothing may move any more.
const ROUNDS: u64 = 12;
const ROUGH: Odds = Odds { phone_dies: 0, server_dies: 0, truncated: 0, portal: 0, ..Odds::ROUGH };

/// An answer that a phone acknowledged: its value, by whom, and the answers that its author saw there.
struct Given {
    item: String,
    value: Value,
    replaced: BTreeSet<String>,
}

struct Story<'a> {
    template: &'a Template,
    world: World,
    net: Arc<Net>,
    chance: Arc<Seeded>,
    phones: BTreeMap<String, Phone>,
    run: String,
    given: BTreeMap<String, Given>,
    /// Added, and taken back: photos by their hash, notes by their edit.
    photos: (BTreeSet<String>, BTreeSet<String>),
    notes: (BTreeSet<String>, BTreeSet<String>),
    /// What a phone let somebody do that they may not, or refused without a reason.
    wrong: Vec<String>,
    /// Screens that still show an older state: what stood there, by item, and its heads.
    screens: BTreeMap<String, (String, BTreeMap<String, BTreeSet<String>>)>,
    figures: Figures,
}

/// Lives one seed.
pub fn live(template: &Template, seed: u64) -> Lived {
    let time = StoryTime::starting(template.now_ms);
    let chance = Seeded::new(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x636f_7265_7300);
    let net = Net::new(Arc::clone(&time), Arc::clone(&chance), Trace::default());
    let told = || -> Result<(Figures, Vec<String>), String> {
        let folder = room().map_err(|e| e.to_string())?;
        let dir = folder.path().join("world");
        copy_files(&template.dir, &dir).map_err(|e| e.to_string())?;
        runtime()?.block_on(async {
            let world = World::go_on(&dir, Arc::clone(&time), seed, &template.bundle, template.who, Arc::clone(&net)).await?;
            let mut phones = BTreeMap::new();
            for (name, _) in CAST {
                phones.insert(name.to_owned(), world.reopen(name)?);
            }
            let mut story = Story {
                template,
                world,
                net: Arc::clone(&net),
                chance,
                phones,
                run: String::new(),
                given: BTreeMap::new(),
                photos: Default::default(),
                notes: Default::default(),
                wrong: Vec::new(),
                screens: BTreeMap::new(),
                figures: Figures::default(),
            };
            let problems = story.live().await;
            story.phones.clear();
            story.world.stop().await;
            Ok((story.figures, problems?))
        })
    };
    let (mut figures, mut problems) = told().unwrap_or_else(|why| (Figures::default(), vec![format!("the story could not go on: {why}")]));
    let (of_net, more, ..) = net.told();
    (figures.messages, figures.lost, figures.twice, figures.late) = (of_net.requests, of_net.cuts, of_net.twice, of_net.late);
    problems.extend(more);
    Lived { seed, figures, problems }
}

impl Story<'_> {
    async fn say(&mut self, name: &str, line: Value) -> Value {
        match self.phones.get_mut(name) {
            Some(phone) => phone.call(line).await,
            None => Value::Null,
        }
    }

    fn any(&self, n: usize) -> usize {
        usize::try_from(self.chance.below(n.max(1) as u64)).unwrap_or(0)
    }

    async fn live(&mut self) -> Result<Vec<String>, String> {
        let begun = heard(self.say("ana", json!({"do": "procedures.start", "procedure": "round"})).await)?;
        self.run = begun["id"].as_str().unwrap_or_default().to_owned();
        self.answer("ana", "i0", &Raw::Bool(true)).await?;
        for (name, _) in CAST {
            heard(self.say(name, json!({"do": "sync.now"})).await)?;
        }
        self.net.set_odds(ROUGH);
        for _ in 0..STEPS {
            self.world.time.advance(1_000);
            let name = CAST[self.any(CAST.len())].0;
            match self.chance.below(100) {
                0..62 => self.does_something(name).await?,
                62..86 => {
                    let off = self.net.is_off(name);
                    self.figures.alone += u64::from(off);
                    self.say(name, json!({"do": "sync.now"})).await;
                }
                86..94 => self.net.switch(name, self.net.is_off(name)),
                _ => drop(self.net.arrive_late().await),
            }
        }
        self.rest().await
    }

    async fn does_something(&mut self, name: &str) -> Result<(), String> {
        let shown = heard(self.say(name, json!({"do": "device.show", "id": self.run})).await)?;
        let can = |what: &str| shown["can"][what] == json!(true);
        let draw = self.chance.below(100);
        if draw >= 82 {
            let (verb, count) = match draw {
                82..86 if can("submit") => ("procedures.submit", &mut self.figures.submitted),
                86..97 if can("sign_off") => ("procedures.sign_off", &mut self.figures.signed_off),
                97.. if can("give_back") => ("procedures.return", &mut self.figures.returned),
                _ => return Ok(()),
            };
            *count += 1;
            let mut line = json!({"do": verb, "run": self.run});
            if verb == "procedures.return" {
                line["reason"] = json!("look at the rooms again");
            }
            return heard(self.say(name, line).await).map(drop);
        }
        if !can("answer") {
            self.figures.locked += 1;
            return Ok(());
        }
        if self.chance.chance(25) {
            self.screens.insert(name.to_owned(), (shown["heads"].as_str().unwrap_or_default().to_owned(), standing(&shown)));
        }
        match draw {
            0..56 => self.answers(name, &shown).await,
            56..64 => self.adds_photo(name).await,
            64..68 => self.takes_photo_back(name, &shown).await,
            _ => self.settles(name, &shown).await,
        }
    }

    async fn answers(&mut self, name: &str, shown: &Value) -> Result<(), String> {
        let at = if self.chance.chance(60) { self.any(12) * 3 } else { self.any(self.template.items.len()) };
        let (mut slug, mut repeat, _) = self.template.items[at].clone();
        // What they are not asked they seldom try.
        if form::asked_of(&slug).is_some_and(|of| role(name) < of) && self.chance.chance(85) {
            (slug, repeat, _) = self.template.items[self.any(10)].clone();
        }
        let instance = self.any(usize::from(repeat));
        self.figures.repeats += u64::from(instance > 0);
        let item = if instance == 0 { slug.clone() } else { format!("{slug}/{instance}") };
        let back = self.chance.chance(12) && standing(shown).contains_key(&item);
        self.figures.taken_back += u64::from(back);
        let raw = if back { Raw::Text(String::new()) } else { form::raw(&slug, self.chance.below(1_000)) };
        self.answer(name, &item, &raw).await
    }

    /// On an older screen now and then.
    async fn answer(&mut self, name: &str, item: &str, raw: &Raw) -> Result<(), String> {
        let shown = heard(self.say(name, json!({"do": "device.show", "id": self.run})).await)?;
        let old = self.screens.get(name).cloned().filter(|_| self.chance.chance(35));
        self.figures.on_old_screens += u64::from(old.is_some());
        let mut line = json!({"do": "procedures.answer", "run": self.run, "item": item});
        let value = match raw {
            Raw::Na(_) => json!({"na": null}),
            Raw::Number(digits) => json!(digits.parse::<i64>().unwrap_or(0)),
            Raw::Bool(yes) => json!(yes),
            Raw::Text(text) => json!(text),
            _ => Value::Null,
        };
        if matches!(raw, Raw::Na(_)) {
            line["na"] = json!(true)
        } else {
            line["value"] = value.clone()
        }
        let mut there = standing(&shown);
        if let Some((heads, stood)) = old {
            line["seen"] = json!(heads);
            there = stood;
        }
        if let Some(said) = self.tries(name, item, line).await? {
            self.gave(&said, item, value, there.remove(item).unwrap_or_default());
        }
        Ok(())
    }

    /// The notes that a phone shows, with the items that they are beside.
    fn notes_at(&self, name: &str) -> Result<BTreeMap<String, String>, String> {
        let core = self.phones.get(name).and_then(Phone::core).ok_or("the phone is in this process")?;
        let detail = core.procedures().detail(&self.run).map_err(|e| e.to_string())?;
        let items = detail.sections.into_iter().flat_map(|section| section.items);
        Ok(items.flat_map(|item| item.notes.into_iter().map(move |note| (note.id, item.item.clone()))).collect())
    }

    /// Something about one item; none where the phone refused it with good reason.
    async fn tries(&mut self, name: &str, item: &str, line: Value) -> Result<Option<Value>, String> {
        let shown = heard(self.say(name, json!({"do": "device.show", "id": self.run})).await)?;
        let asked = form::asked_of(item.split('/').next().unwrap_or(item));
        let role = role(name);
        let is_of_before = line.get("seen").is_some();
        let is_evidence = line["do"] == json!("procedures.attach");
        let said = self.say(name, line).await;
        let (is_theirs, status) = (asked.is_none_or(|of| role >= of), shown["status"].as_str().unwrap_or_default());
        let is_fine = match (said["ok"] == json!(true), said["error"].as_str(), said["rule"].as_str()) {
            (true, ..) => {
                self.figures.of_signers += u64::from(asked.is_some());
                is_theirs && (asked.is_none() || status != "open")
            }
            (_, Some("invalid"), Some("asked-of")) => !is_theirs,
            (_, Some("invalid"), Some("submitted")) => asked.is_some() && status == "open",
            // Nobody signs what was not handed in.
            (_, Some("invalid"), Some("locked")) => status != "open",
            // Its screen is of before the run was made anew without what was refused: it is told to open it again.
            (_, Some("invalid"), Some("known")) => is_of_before,
            // An item takes so many photos and no more.
            (_, Some("invalid"), Some("photos-max")) => is_evidence,
            _ => false,
        };
        if !is_fine {
            self.wrong.push(format!("{name}: {item}, asked of {asked:?}, while {status}: {said}"));
        }
        match said["ok"] == json!(true) {
            true => return Ok(Some(said)),
            false if said["rule"] == json!("locked") => self.figures.locked += 1,
            false if said["rule"] == json!("known") => drop(self.screens.remove(name)),
            false => self.figures.not_asked += 1,
        }
        Ok(None)
    }

    fn gave(&mut self, said: &Value, item: &str, value: Value, replaced: BTreeSet<String>) {
        self.figures.edits += 1;
        let given = Given { item: item.to_owned(), value, replaced };
        self.given.insert(said["id"].as_str().unwrap_or_default().to_owned(), given);
    }

    async fn settles(&mut self, name: &str, shown: &Value) -> Result<(), String> {
        let clashes: Vec<&Value> = shown["items"].as_array().into_iter().flatten().filter(|i| i["clash"] == json!(true)).collect();
        if clashes.is_empty() {
            return self.answers(name, shown).await;
        }
        let one = clashes[self.any(clashes.len())];
        let item = one["item"].as_str().unwrap_or_default().to_owned();
        let answers = one["answers"].as_array().cloned().unwrap_or_default();
        let picked = answers[self.any(answers.len())].clone();
        let line = json!({"do": "procedures.settle", "run": self.run, "item": item, "pick": picked["pick"]});
        if let Some(said) = self.tries(name, &item, line).await? {
            self.figures.settled += 1;
            let replaced = standing(shown).remove(&item).unwrap_or_default();
            self.gave(&said, &item, picked["value"].clone(), replaced);
        }
        Ok(())
    }

    async fn adds_photo(&mut self, name: &str) -> Result<(), String> {
        let with: Vec<String> = self.template.items.iter().filter(|(.., photos)| *photos).map(|(slug, ..)| slug.clone()).collect();
        let item = with[self.any(with.len())].clone();
        if form::NOTED.contains(&item.as_str()) && self.chance.chance(50) {
            let line = json!({"do": "procedures.attach", "run": self.run, "item": item, "note": "the hinge is loose"});
            if let Some(said) = self.tries(name, &item, line).await? {
                self.figures.notes += 1;
                self.figures.edits += 1;
                self.notes.0.insert(said["id"].as_str().unwrap_or_default().to_owned());
            }
            return Ok(());
        }
        let file = format!("photo-{name}-{}.png", self.figures.photos);
        self.world.take_picture(name, &file, (6, 6))?;
        let added = heard(self.say(name, json!({"do": "media.add", "file": file})).await)?;
        let line = json!({"do": "procedures.attach", "run": self.run, "item": item, "photo": added["id"]});
        if self.tries(name, &item, line).await?.is_some() {
            self.figures.photos += 1;
            self.figures.edits += 1;
            self.photos.0.insert(added["id"].as_str().unwrap_or_default().to_owned());
        }
        Ok(())
    }

    async fn takes_photo_back(&mut self, name: &str, shown: &Value) -> Result<(), String> {
        let items = shown["items"].as_array().into_iter().flatten();
        let there = items.flat_map(|i| i["evidence"].as_array().into_iter().flatten().map(move |e| (i["item"].clone(), e.clone())));
        let notes = self.notes_at(name)?.into_iter().map(|(id, item)| (json!(item), json!({ "id": id })));
        let there: Vec<(Value, Value)> = there.chain(notes).collect();
        if there.is_empty() {
            return Ok(());
        }
        let (item, piece) = there[self.any(there.len())].clone();
        let photo = piece["photo"].as_str();
        let (of, named) = match photo {
            Some(photo) => (&mut self.photos.1, photo),
            None => (&mut self.notes.1, piece["id"].as_str().unwrap_or_default()),
        };
        let is_new = of.insert(named.to_owned());
        let line = json!({"do": "procedures.detach", "run": self.run, "item": item, "photo": named});
        if self.tries(name, item.as_str().unwrap_or_default(), line).await?.is_some() {
            self.figures.edits += 1;
        } else if is_new {
            (if photo.is_some() { &mut self.photos.1 } else { &mut self.notes.1 }).remove(named);
        }
        Ok(())
    }
}

/// The highest role of whose phone it is.
fn role(phone: &str) -> Role {
    CAST.iter().find(|(one, _)| *one == phone).map_or(Role::Staff, |(_, person)| role_of(person))
}

/// The edits whose answers stand, by item, as a screen shows them.
fn standing(shown: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let mut out = BTreeMap::new();
    for item in shown["items"].as_array().into_iter().flatten() {
        let edits: BTreeSet<String> =
            item["answers"].as_array().into_iter().flatten().filter_map(|a| Some(a["pick"].as_str()?.to_owned())).collect();
        if !edits.is_empty() {
            out.insert(item["item"].as_str().unwrap_or_default().to_owned(), edits);
        }
    }
    out
}
