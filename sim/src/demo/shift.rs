//! One phone and what its person does with it in a quarter of an hour.

use std::sync::Arc;

use frontline_content::Bundle;
use frontline_device::services::shown::Answered;
use frontline_domain::form::{Form, Item, ItemKind};
use frontline_domain::quiz::Quiz;
use serde_json::{Value, json};

use super::answers::answer;
use crate::phone::Phone;
use crate::picture::png;
use crate::time::Seeded;

/// Something to do on a phone.
#[derive(Debug, Clone)]
pub enum Task {
    /// Begin a run of this procedure and keep its id.
    Start(String),
    /// Answer the first item of the run that was just begun: a run without an answer is on its phone alone.
    Begin,
    /// Answer every `of`-th item, beginning with `part`, and now and then a colleague's.
    Share {
        run: String,
        part: usize,
        of: usize,
    },
    /// Pick one value wherever there is a clash.
    Settle(String),
    Submit(String),
    SignOff(String),
    /// Answer the first item anew, not knowing of the sign-off.
    Late(String),
    Feedback,
    OpenContact,
    CloseContact,
    Read,
    /// Take the quiz of a module that is not passed yet.
    Quiz,
    Sync,
}

/// A phone on its person's shift.
pub struct Worker {
    pub name: String,
    pub person: String,
    pub site: String,
    pub role: String,
    pub phone: Phone,
    pub chance: Arc<Seeded>,
    /// The contact that is open on it.
    pub contact: Option<String>,
    /// The run that it started last.
    pub started: Option<String>,
    pub sync_ms: Vec<f64>,
    pub syncs_failed: u64,
    /// What the phone said no to, in words: a story without surprises has none.
    pub surprises: Vec<String>,
}

/// What the shift needs of the company.
pub struct Company {
    pub touchpoints: Vec<(String, String)>,
    pub reasons: Vec<String>,
    pub outcomes: Vec<String>,
    pub channels: Vec<String>,
    /// Module and its quiz.
    pub quizzes: Vec<(String, Quiz)>,
    /// Module, lesson, its number of cards.
    pub lessons: Vec<(String, String, usize)>,
    pub forms: Vec<(String, Form)>,
    /// Reasons of a score, of any survey.
    pub score_reasons: Vec<String>,
}

const COMMENTS: &[&str] =
    &["Very kind at the desk", "We waited a long time", "The room was spotless", "Could not find the shop", "Thank you for the help"];

impl Worker {
    async fn call(&mut self, line: Value) -> Option<Value> {
        let answer = self.phone.call(line.clone()).await;
        if answer["ok"] == json!(true) {
            return Some(answer);
        }
        if answer["error"] != json!("offline") {
            self.surprises.push(format!(
                "{}: {} → {}",
                self.name,
                line["do"].as_str().unwrap_or("?"),
                answer["message"].as_str().unwrap_or("?")
            ));
        }
        None
    }

    /// Does one thing.
    pub async fn perform(&mut self, task: &Task, company: &Company) {
        match task {
            Task::Start(procedure) => {
                let begun = self.call(json!({"do": "procedures.start", "procedure": procedure})).await;
                self.started = begun.and_then(|a| a["id"].as_str().map(str::to_owned));
            }
            Task::Begin => {
                if let Some(run) = self.started.clone() {
                    self.share_one(&run, company).await;
                }
            }
            Task::Share { run, part, of } => self.share(run, *part, *of, company).await,
            Task::Settle(run) => self.settle(run).await,
            Task::Submit(run) => {
                self.call(json!({"do": "procedures.submit", "run": run})).await;
            }
            Task::SignOff(run) => {
                self.call(json!({"do": "procedures.sign_off", "run": run})).await;
            }
            Task::Late(run) => self.share_one(run, company).await,
            Task::Feedback => self.feedback(company).await,
            Task::OpenContact if self.contact.is_none() => {
                let reason = self.chance.pick(&company.reasons).clone();
                let channel = self.chance.pick(&company.channels).clone();
                let opened = self.call(json!({"do": "interactions.open", "reason": reason, "channel": channel})).await;
                self.contact = opened.and_then(|a| a["id"].as_str().map(str::to_owned));
            }
            Task::CloseContact => self.close_contact(company).await,
            Task::OpenContact => {}
            Task::Read => {
                let (module, lesson, cards) = self.chance.pick(&company.lessons).clone();
                let card = 1 + self.chance.below(cards.max(1) as u64);
                self.call(json!({"do": "training.progress", "module": module, "lesson": lesson, "card": card})).await;
            }
            Task::Quiz => self.quiz(company).await,
            Task::Sync => self.sync().await,
        }
    }

    /// Syncs once and takes the time.
    pub async fn sync(&mut self) {
        let start = std::time::Instant::now();
        if self.call(json!({"do": "sync.now"})).await.is_some() {
            self.sync_ms.push(start.elapsed().as_secs_f64() * 1e3);
        } else {
            self.syncs_failed += 1;
        }
    }

    async fn form_of<'a>(&mut self, run: &str, company: &'a Company) -> Option<&'a Form> {
        let shown = self.call(json!({"do": "device.show", "id": run})).await?;
        let slug = shown["procedure"].as_str()?;
        company.forms.iter().find(|(s, _)| s == slug).map(|(_, f)| f)
    }

    async fn share(&mut self, run: &str, part: usize, of: usize, company: &Company) {
        let Some(form) = self.form_of(run, company).await else { return };
        for (i, item) in form.items().enumerate() {
            let mine = i % of == part;
            if !mine && !self.chance.chance(4) {
                continue;
            }
            let photo = if mine { self.photograph(item).await } else { None };
            if let Some(value) = photo.or_else(|| answer(item, &self.chance, !mine)) {
                self.call(json!({"do": "procedures.answer", "run": run, "item": item.slug.as_str(), "value": value})).await;
            }
        }
    }

    /// Takes the picture that an item asks for.
    async fn photograph(&mut self, item: &Item) -> Option<Value> {
        let (width, height) = match item.kind {
            ItemKind::Photo(_) | ItemKind::Sketch => (240, 180),
            ItemKind::Signature => (200, 60),
            _ => return None,
        };
        let picture = frontline_protocol::base64::encode(&png(width, height, self.chance.below(u64::MAX)));
        Some(self.call(json!({"do": "media.add", "base64": picture, "live": true})).await?["id"].clone())
    }

    async fn share_one(&mut self, run: &str, company: &Company) {
        let Some(form) = self.form_of(run, company).await else { return };
        if let Some((item, value)) = form.items().find_map(|i| answer(i, &self.chance, true).map(|v| (i, v))) {
            self.call(json!({"do": "procedures.answer", "run": run, "item": item.slug.as_str(), "value": value})).await;
        }
    }

    async fn settle(&mut self, run: &str) {
        let Some(shown) = self.call(json!({"do": "device.show", "id": run})).await else { return };
        for item in shown["items"].as_array().cloned().unwrap_or_default() {
            if item["clash"] == json!(true) {
                let pick = item["answers"][0]["pick"].clone();
                self.call(json!({"do": "procedures.settle", "run": run, "item": item["item"], "pick": pick})).await;
            }
        }
    }

    async fn feedback(&mut self, company: &Company) {
        let here: Vec<_> = company.touchpoints.iter().filter(|(site, _)| *site == self.site).collect();
        if here.is_empty() {
            return;
        }
        let touchpoint = self.chance.pick(&here).1.clone();
        // Out of a hundred: 44 fives, 32 fours, 12 threes, 7 twos, 5 ones.
        let score = match self.chance.below(100) {
            0..44 => 5,
            44..76 => 4,
            76..88 => 3,
            88..95 => 2,
            _ => 1,
        };
        let mut line = json!({"do": "feedback.give", "touchpoint": touchpoint, "score": score});
        if self.chance.chance(15) {
            line["comment"] = json!(self.chance.pick(COMMENTS));
        }
        self.call(line).await;
    }

    /// Answers every question, most of them rightly, and hands in.
    async fn quiz(&mut self, company: &Company) {
        let Some(said) = self.call(json!({"do": "training.list"})).await else { return };
        let modules = said["list"].as_array().into_iter().flatten();
        let open = |m: &&Value| m["passed"] == json!(false) && m["left"].as_u64() != Some(0);
        let Some(module) = modules.filter(open).find_map(|m| m["id"].as_str()) else { return };
        let Some((_, quiz)) = company.quizzes.iter().find(|(slug, _)| slug == module) else { return };
        let Some(begun) = self.call(json!({"do": "training.quiz_start", "module": module})).await else { return };
        for question in quiz.questions() {
            let right = question.answer_key.as_ref().filter(|_| self.chance.chance(85)).map(|key| json!(Answered(key.value.clone())));
            if let Some(value) = right.or_else(|| answer(question, &self.chance, true)) {
                let line = json!({"do": "training.quiz_answer", "attempt": begun["id"], "item": question.slug.as_str(), "value": value});
                self.call(line).await;
            }
        }
        self.call(json!({"do": "training.quiz_submit", "attempt": begun["id"]})).await;
    }

    async fn close_contact(&mut self, company: &Company) {
        let Some(id) = self.contact.take() else { return };
        if self.chance.chance(3) {
            self.call(json!({"do": "interactions.void", "id": id})).await;
            return;
        }
        let reason = self.chance.pick(&company.reasons).clone();
        let outcome = self.chance.pick(&company.outcomes).clone();
        self.call(json!({"do": "interactions.close", "id": id, "reason": reason, "outcome": outcome})).await;
    }
}

impl Company {
    /// Reads what a shift needs from the content.
    pub fn of(bundle: &Bundle) -> Company {
        use frontline_domain::release::Content;
        let mut company = Company {
            touchpoints: bundle.touchpoints.iter().map(|t| (t.site.to_string(), t.slug.to_string())).collect(),
            reasons: Vec::new(),
            outcomes: Vec::new(),
            channels: Vec::new(),
            quizzes: Vec::new(),
            lessons: Vec::new(),
            forms: Vec::new(),
            score_reasons: Vec::new(),
        };
        for release in &bundle.releases {
            match &release.content {
                Content::Procedure(p) => company.forms.push((release.slug.to_string(), p.form.clone())),
                Content::Module(m) => {
                    company.quizzes.extend(m.quiz.clone().map(|q| (release.slug.to_string(), q)));
                    for lesson in &m.lessons {
                        company.lessons.push((release.slug.to_string(), lesson.slug.to_string(), lesson.cards.len()));
                    }
                }
                Content::Survey(s) => company.score_reasons.extend(s.reasons.iter().map(|r| r.slug.to_string())),
                Content::Reasons(tree) => {
                    company.reasons.extend(tree.reasons.iter().flat_map(|f| &f.reasons).map(|r| r.slug.to_string()));
                    company.outcomes.extend(tree.outcomes.iter().map(|o| o.slug.to_string()));
                    company.channels.extend(tree.channels.iter().map(|c| c.slug.to_string()));
                }
                Content::Announcement(_) | Content::Article(_) | Content::List(_) | Content::Rows(_) | Content::Draft(_) => {}
            }
        }
        company
    }
}
