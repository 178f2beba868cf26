//! The virtual network between the phones of a world and its server. Every message comes through
//! [`Net::carry`], where it waits for its turn, is given a [`Fate`], and meets the server, or does not.
//!
//! Phones take turns: a message stands still until whoever holds the threads says that its phone goes on, so that
//! the requests of several phones mix in any order that the seed wants, and in the same one each time.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::Duration;

use async_trait::async_trait;
use frontline_device::net::{Call, Failure, Heard, Post, Reply, ServerUrl, Transport};
use frontline_device::store::FILE;
use frontline_server::local::{Asked, Local, Told};

use super::fate::{Fate, Odds};
use super::figures::Figures;
use super::snapshot::{self, Mark};
use super::trace::{Trace, short};
use crate::time::{Seeded, StoryTime};

/// The database of the server, in its folder.
pub const SERVER_DB: &str = "server.db";

/// Where the files of a server lie that died.
pub fn left_by_the_dead(data: &Path) -> PathBuf {
    data.with_extension("dead")
}

/// The network of one world.
pub struct Net {
    time: Arc<StoryTime>,
    inner: Mutex<Inner>,
}

struct Inner {
    server: Option<(Arc<Local>, PathBuf)>,
    crashed: bool,
    chance: Arc<Seeded>,
    odds: Odds,
    late: Vec<(String, Asked)>,
    places: BTreeMap<String, Place>,
    trace: Trace,
    figures: Figures,
    problems: Vec<String>,
}

/// What the network knows of one phone.
#[derive(Default)]
struct Place {
    dir: PathBuf,
    off: bool,
    /// Others run at the same time: it waits for its turn.
    in_turn: bool,
    may_go: bool,
    waits: bool,
    /// It is to die where it stands.
    dies: bool,
    /// It was given half an answer that looked whole, since it was last asked.
    misled: bool,
    /// What its store had on the disk when it last spoke with anybody, the network or a person.
    spoke: Mark,
}

impl Net {
    /// A calm one.
    pub fn new(time: Arc<StoryTime>, chance: Arc<Seeded>, trace: Trace) -> Arc<Net> {
        let inner = Inner {
            server: None,
            crashed: false,
            chance,
            odds: Odds::CALM,
            late: Vec::new(),
            places: BTreeMap::new(),
            trace,
            figures: Figures::default(),
            problems: Vec::new(),
        };
        Arc::new(Net { time, inner: Mutex::new(inner) })
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with<T>(&self, phone: &str, f: impl FnOnce(&mut Place) -> T) -> T {
        f(self.inner().places.entry(phone.to_owned()).or_default())
    }

    /// A server answers from now on.
    pub fn up(&self, local: Local, data: &Path) {
        let mut inner = self.inner();
        inner.crashed = false;
        inner.server = Some((Arc::new(local), data.to_owned()));
    }
    /// None does any more.
    pub fn down(&self) -> Option<Arc<Local>> {
        self.inner().server.take().map(|(local, _)| local)
    }
    /// Whether the server died on a message.
    pub fn has_crashed(&self) -> bool {
        self.inner().crashed
    }
    /// Whether accidents happen.
    pub fn is_rough(&self) -> bool {
        self.inner().odds != Odds::CALM
    }
    pub fn set_odds(&self, odds: Odds) {
        self.inner().odds = odds;
    }
    pub fn switch(&self, phone: &str, on: bool) {
        self.with(phone, |place| place.off = !on);
    }
    pub fn is_off(&self, phone: &str) -> bool {
        self.with(phone, |place| place.off)
    }
    /// The network of a phone whose app was just opened.
    pub fn line(self: &Arc<Self>, phone: &str, dir: &Path) -> Arc<dyn Transport> {
        self.with(phone, |place| {
            *place = Place { dir: dir.to_owned(), off: place.off, spoke: Mark::of(&dir.join(FILE)), ..Place::default() }
        });
        Arc::new(Line { net: Arc::clone(self), phone: phone.to_owned() })
    }

    /// From now on it waits for its turn before each message; or no more.
    pub fn in_turn(&self, phone: &str, yes: bool) {
        self.with(phone, |place| (place.in_turn, place.may_go, place.waits) = (yes, false, false));
    }
    /// It goes on with one message.
    pub fn go(&self, phone: &str) {
        self.with(phone, |place| (place.may_go, place.waits) = (true, false));
    }
    pub fn waits(&self, phone: &str) -> bool {
        self.with(phone, |place| place.waits || place.dies)
    }
    pub fn dies(&self, phone: &str) -> bool {
        self.with(phone, |place| place.dies)
    }
    /// Whether it was given half an answer that looked whole, since this was asked last.
    pub fn was_misled(&self, phone: &str) -> bool {
        self.with(phone, |place| std::mem::take(&mut place.misled))
    }
    /// What its store had when it last spoke with anybody: a kill can undo nothing of that.
    pub fn spoke(&self, phone: &str) -> Mark {
        self.with(phone, |place| place.spoke)
    }
    /// Its answer was heard: what it has on the disk is promised.
    pub fn was_heard(&self, phone: &str) {
        self.with(phone, |place| place.spoke = Mark::of(&place.dir.join(FILE)));
    }

    pub fn line_of_trace(&self, line: &str) {
        self.inner().trace.line(line);
    }
    pub fn count(&self, f: impl FnOnce(&mut Figures)) {
        f(&mut self.inner().figures);
    }
    /// Something that never may be; the first of them are kept.
    pub fn problem(&self, text: String) {
        let mut inner = self.inner();
        inner.trace.line(&text);
        if inner.problems.len() < 20 {
            inner.problems.push(text);
        }
    }
    /// All that was noted.
    pub fn told(&self) -> (Figures, Vec<String>, String, Vec<String>) {
        let inner = self.inner();
        (inner.figures.clone(), inner.problems.clone(), inner.trace.digest(), inner.trace.lines().to_vec())
    }

    /// The oldest, or any, of what is late arrives now; nobody hears the answer.
    pub async fn arrive_late(&self) -> bool {
        let next = {
            let mut inner = self.inner();
            let many = inner.late.len() as u64;
            let Some(which) = (many > 0).then(|| usize::try_from(inner.chance.below(many)).unwrap_or(0)) else { return false };
            inner.figures.late += 1;
            inner.late.remove(which)
        };
        let (phone, asked) = next;
        self.inner().trace.line(&format!("late from {phone}"));
        self.ask(asked).await;
        true
    }

    async fn turn(&self, phone: &str) {
        poll_fn(|_| {
            self.with(phone, |place| {
                if !place.in_turn || std::mem::take(&mut place.may_go) {
                    return Poll::Ready(());
                }
                place.waits = true;
                Poll::Pending
            })
        })
        .await;
    }

    /// Asks the server; none where it is down.
    async fn ask(&self, asked: Asked) -> Option<Told> {
        let local = self.inner().server.as_ref().map(|(local, _)| Arc::clone(local))?;
        let (path, cut) = (asked.path.clone(), asked.arrives.is_some());
        let told = local.ask(asked).await?;
        drop(local);
        if told.status >= 500 && told.status != 503 {
            self.problem(format!("the server: failed at {path} with {}", told.status));
        }
        let mut inner = self.inner();
        inner.figures.requests += 1;
        if !cut {
            inner.trace.line(&format!("  {} {} bytes {}", told.status, told.body.len(), short(&told.body)));
        }
        Some(told)
    }

    /// One message of a phone, and what became of it.
    async fn carry(&self, phone: &str, asked: Asked) -> Result<Told, Failure> {
        self.turn(phone).await;
        let (fate, overtaken) = {
            let mut inner = self.inner();
            let inner = &mut *inner;
            let place = inner.places.entry(phone.to_owned()).or_default();
            place.spoke = Mark::of(&place.dir.join(FILE));
            if place.off {
                return Err(Failure::NoNetwork);
            }
            let fate = Fate::draw(&inner.odds, &inner.chance, asked.body.len());
            inner.figures.met(fate);
            inner.trace.line(&format!("{phone} {} {} bytes {} {}", asked.path, asked.body.len(), short(&asked.body), fate.name()));
            (fate, inner.odds.overtaken > 0 && inner.chance.below(1_000) < inner.odds.overtaken)
        };
        if overtaken {
            self.arrive_late().await;
        }
        let down = || Failure::NoNetwork;
        match fate {
            Fate::Passes => self.ask(asked).await.ok_or_else(down),
            Fate::Lost => Err(Failure::Timeout),
            Fate::CutUp(bytes) => {
                self.ask(Asked { arrives: Some(bytes), ..asked }).await;
                Err(Failure::Cut)
            }
            Fate::Unanswered => self.ask(asked).await.map_or(Err(Failure::NoNetwork), |_| Err(Failure::Timeout)),
            Fate::CutDown => self.ask(asked).await.map_or(Err(Failure::NoNetwork), |_| Err(Failure::Cut)),
            Fate::Truncated(part) => {
                self.with(phone, |place| place.misled = true);
                let mut told = self.ask(asked).await.ok_or_else(down)?;
                told.body.truncate(usize::try_from(told.body.len() as u64 * part / 1_000).unwrap_or(0));
                Ok(told)
            }
            Fate::Twice => {
                self.ask(asked.clone()).await.ok_or_else(down)?;
                self.ask(asked).await.ok_or_else(down)
            }
            Fate::Late(times) => {
                let mut inner = self.inner();
                (0..times).for_each(|_| inner.late.push((phone.to_owned(), asked.clone())));
                Err(Failure::Timeout)
            }
            Fate::Portal => {
                let headers = BTreeMap::from([("content-type".to_owned(), "text/html".to_owned())]);
                Ok(Told { status: 200, headers, body: b"<p>Welcome. Please sign in.</p>".to_vec() })
            }
            Fate::PhoneDies { answered } => {
                if answered {
                    self.ask(asked).await;
                }
                self.with(phone, |place| place.dies = true);
                // Whoever holds the threads drops this.
                std::future::pending().await
            }
            Fate::ServerDies { torn } => {
                self.die(asked, torn).await;
                Err(Failure::Cut)
            }
        }
    }

    /// The server dies between two requests.
    pub fn kill_server(&self) {
        let Some(data) = self.inner().server.as_ref().map(|(_, data)| data.clone()) else { return };
        self.inner().figures.servers_killed += 1;
        self.bury(&data, None);
    }

    /// The server dies on this request, and leaves its files.
    async fn die(&self, asked: Asked, torn: Option<u64>) {
        let Some(data) = self.inner().server.as_ref().map(|(_, data)| data.clone()) else { return };
        let before = Mark::of(&data.join(SERVER_DB));
        self.ask(asked).await;
        self.bury(&data, torn.map(|any| (before, any)));
    }

    fn bury(&self, data: &Path, torn: Option<(Mark, u64)>) {
        let taken = snapshot::take(data, &left_by_the_dead(data), SERVER_DB, torn);
        let mut inner = self.inner();
        (inner.server, inner.crashed) = (None, true);
        match taken {
            Ok(cut) => inner.figures.torn += u64::from(cut),
            Err(e) => inner.problems.push(format!("the server's files could not be copied: {e}")),
        }
    }
}

/// One phone's end of it.
struct Line {
    net: Arc<Net>,
    phone: String,
}

#[async_trait]
impl Transport for Line {
    async fn post(&self, _server: &ServerUrl, post: Post) -> Result<Reply, Failure> {
        let asked = Asked { method: "POST", path: post.path.to_owned(), headers: Vec::new(), body: post.body, arrives: None };
        let told = self.net.carry(&self.phone, asked).await?;
        let header = |name: &str| told.headers.get(name).cloned();
        Ok(Reply { status: told.status, media_type: header("content-type"), retry_after: header("retry-after"), body: told.body })
    }

    async fn call(&self, _server: &ServerUrl, call: Call) -> Result<Heard, Failure> {
        let headers = call.headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let asked = Asked { method: call.method.name(), path: call.path, headers, body: call.body, arrives: None };
        let told = self.net.carry(&self.phone, asked).await?;
        Ok(Heard { status: told.status, headers: told.headers, body: told.body })
    }

    async fn wait(&self, time: Duration) {
        self.net.time.advance(i64::try_from(time.as_millis()).unwrap_or(i64::MAX));
    }
}
