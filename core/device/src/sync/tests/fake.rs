//! A server in memory: the rules that a device leans on, and every way in which a server or a network can
//! fail it. The real one is tried in the workspace's `tests`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use async_trait::async_trait;
use frontline_domain::document::{Author, Refusal, Run, RunChanged};
use frontline_domain::form::Form;
use frontline_domain::record::Certificate;
use frontline_domain::*;
use frontline_protocol::document::{Ask, Given};
use frontline_protocol::enrol::{Enrol, Enrolled};
use frontline_protocol::sign::Claim;
use frontline_protocol::sync::*;
use frontline_protocol::{Code, Entry, Header, Instead, Mark, Refused, Replaces, Tag, frame, limits};

use crate::net::{Failure, Post, Reply, ServerUrl, Transport};

pub(super) const ORG: OrgId = OrgId::from_bytes([1; 16]);
pub(super) const SITE: SiteId = SiteId::from_bytes([2; 16]);
pub(super) const HARBOUR: Scope = Scope::Site(SITE);
const PEN: DeviceId = DeviceId::from_bytes([9; 16]);

/// What the network does to the next exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    /// Nothing.
    Not,
    /// The request arrives, and is never answered.
    Silent,
    /// The request never arrives.
    Before,
    /// The server takes it; its answer is lost.
    After,
}

#[derive(Default)]
pub(super) struct State {
    pub incarnation: u64,
    pub now_ms: i64,
    pub feeds: BTreeMap<Scope, Vec<(EntryId, Vec<u8>)>>,
    stored: BTreeMap<EntryId, (EntryHash, Scope, u64)>,
    judged: BTreeMap<EntryId, EntryHash>,
    /// Closed for ever: others were stored in their stead.
    pub replaced: BTreeSet<EntryHash>,
    highest: BTreeMap<(DeviceId, Epoch), u64>,
    closed: BTreeSet<(DeviceId, Epoch)>,
    held: BTreeMap<EntryHash, Vec<u8>>,
    runs: BTreeMap<DocId, Run>,
    refused_changes: BTreeMap<[u8; 32], Code>,
    pub form: Option<Form>,
    /// Edits and facts that are refused, by their capture id.
    pub refuse: BTreeMap<CaptureId, Code>,
    pub granted: BTreeMap<Scope, TypeSet>,
    pub cuts: Vec<Cut>,
    /// Every exchange is refused with this.
    pub turn_away: Option<Code>,
    /// So many series are found to be another copy's, too, before anything of them is stored.
    pub close_next: u32,
    /// Receipts of neighbours are told as one; with a digest over other bytes.
    pub stretched: bool,
    pub of_other_bytes: bool,
    pub page_rows: usize,
    pub backed_up: Option<(Incarnation, i64)>,
    pub nonce: Vec<u8>,
    devices: u8,
    pen_seq: u64,
    pub requests: u64,
}

/// What a backup of the store holds: feeds, what is stored, what was judged.
pub(super) type Backup =
    (BTreeMap<Scope, Vec<(EntryId, Vec<u8>)>>, BTreeMap<EntryId, (EntryHash, Scope, u64)>, BTreeMap<EntryId, EntryHash>);

pub(super) struct Fake(Mutex<State>);

impl Fake {
    pub(super) fn new() -> Self {
        let granted = BTreeMap::from([(Scope::Org, TypeSet::all()), (HARBOUR, TypeSet::all())]);
        Self(Mutex::new(State { incarnation: 1, now_ms: 1_000_000, granted, page_rows: 1_000, nonce: vec![1], ..State::default() }))
    }
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }
}

impl State {
    /// An entry by the server itself.
    pub(super) fn write(&mut self, scope: Scope, entry_type: EntryType, body: Vec<u8>) {
        self.pen_seq += 1;
        let moment = Moment { wall_ms: self.now_ms, offset_min: 0, mono_ms: 0, boot: 0, server_offset_ms: Some(0) };
        let entry = Entry::make(
            Header {
                org: ORG,
                scope,
                entry_type,
                person: PersonId::from_bytes([0; 16]),
                device: PEN,
                epoch: Epoch(self.incarnation),
                seq: self.pen_seq,
                moment,
                contact: None,
                seen: None,
                rebuild: 0,
                replaces: None,
            },
            body,
        );
        self.append(&entry);
    }
    fn append(&mut self, entry: &Entry) -> Verdict {
        let scope = entry.header.scope;
        let feed = self.feeds.entry(scope).or_default();
        feed.push((entry.id(), entry.bytes().to_vec()));
        let number = feed.len() as u64;
        self.stored.insert(entry.id(), (entry.hash(), scope, number));
        self.judged.insert(entry.id(), entry.hash());
        self.receipt(scope, number)
    }
    fn receipt(&self, scope: Scope, number: u64) -> Verdict {
        let mark = self.mark(scope, number).expect("a number of the feed");
        Verdict::Stored(Receipt {
            incarnation: Incarnation(self.incarnation),
            number,
            mark,
            committed_ms: self.now_ms,
            effective_ms: self.now_ms,
        })
    }
    fn mark(&self, scope: Scope, number: u64) -> Option<Mark> {
        let feed = self.feeds.get(&scope).map_or(&[][..], Vec::as_slice).get(..number as usize)?;
        let hash = |bytes: &[u8]| EntryHash::from_bytes(*blake3::hash(bytes).as_bytes());
        let tag = feed.iter().enumerate().fold(Tag::default(), |tag, (i, (_, bytes))| tag.then(i as u64 + 1, &hash(bytes)));
        Some(Mark { number, tag })
    }
    /// A copy of the store, as a backup is.
    pub(super) fn backup(&self) -> Backup {
        (self.feeds.clone(), self.stored.clone(), self.judged.clone())
    }
    /// Puts such a copy in the place of the store; its life is another one.
    pub(super) fn restore(&mut self, backup: Backup) {
        (self.feeds, self.stored, self.judged) = backup;
        self.incarnation += 1;
        self.look_through();
    }
    /// Knows what its feeds tell, and no more.
    fn look_through(&mut self) {
        self.highest.clear();
        self.runs.clear();
        let feeds = self.feeds.clone();
        for (_, bytes) in feeds.values().flatten() {
            let entry = Entry::read(bytes, limits::SERVER_ENTRY).unwrap();
            if entry.header.entry_type == EntryType::RUN_CHANGED {
                assert_eq!(self.change(&entry), Ok(()), "what was stored is stored again");
            }
        }
    }
    /// Sets the store back to its first `keep` entries of every feed, as a restored backup does.
    pub(super) fn set_back(&mut self, keep: usize, other_life: bool) {
        self.incarnation += u64::from(other_life);
        for feed in self.feeds.values_mut() {
            for (id, _) in feed.split_off(keep.min(feed.len())) {
                self.stored.remove(&id);
                self.judged.remove(&id);
            }
        }
        self.look_through();
    }

    fn judge(&mut self, claim: &Claim, bytes: &[u8]) -> Vec<Judged> {
        let entry = Entry::read(bytes, limits::ENTRY).expect("devices offer entries");
        let (id, hash) = (entry.id(), entry.hash());
        let judged = |id: EntryId, hash: EntryHash, verdict| {
            let mut hash8 = [0; 8];
            hash8.copy_from_slice(&hash.as_bytes()[..8]);
            Judged { epoch: id.epoch, seq: id.seq, hash8: hash8.into(), verdict }
        };
        assert_eq!(id.device, claim.device);
        if self.replaced.contains(&hash) {
            return vec![judged(id, hash, Verdict::Replaced)];
        }
        if let Some((_, scope, number)) = self.stored.get(&id).filter(|s| s.0 == hash) {
            return vec![judged(id, hash, self.receipt(*scope, *number))];
        }
        let highest = self.highest.entry((id.device, id.epoch)).or_default();
        *highest = id.seq.max(*highest);
        if self.judged.get(&id).is_some_and(|known| *known != hash) {
            self.closed.insert((id.device, id.epoch));
            return vec![judged(id, hash, Verdict::Quarantined(Code::NUMBER_USED_TWICE))];
        }
        if self.closed.contains(&(id.device, id.epoch)) {
            return vec![judged(id, hash, Verdict::Quarantined(Code::CLOSED_EPOCH))];
        }
        let links: Vec<Replaces> = entry.header.replaces.iter().flat_map(Instead::links).copied().collect();
        let is_stored = |link: &&Replaces| self.stored.get(&link.id).is_some_and(|s| s.0 == link.hash);
        if let Some(first) = links.iter().find(is_stored)
            && let Some((_, scope, number)) = self.stored.get(&first.id)
        {
            let receipt = self.receipt(*scope, *number);
            self.replaced.insert(hash);
            return vec![judged(first.id, first.hash, receipt), judged(id, hash, Verdict::Replaced)];
        }
        self.judged.insert(id, hash);
        let verdict = match self.verdict(&entry) {
            Ok(()) => {
                self.replaced.extend(links.iter().map(|link| link.hash));
                self.append(&entry)
            }
            Err(verdict) => verdict,
        };
        if matches!(verdict, Verdict::Held(_)) {
            self.held.insert(hash, bytes.to_vec());
        }
        vec![judged(id, hash, verdict)]
    }

    fn verdict(&mut self, entry: &Entry) -> Result<(), Verdict> {
        if entry.header.entry_type == EntryType::RUN_CHANGED {
            return self.change(entry);
        }
        let capture = match fact::Fact::decode(entry.header.entry_type, &entry.body) {
            Some(Ok(fact::Fact::FeedbackGiven(given))) => Some(given.id),
            _ => None,
        };
        match capture.and_then(|id| self.refuse.get(&id)) {
            Some(code) => Err(Verdict::Quarantined(*code)),
            None => Ok(()),
        }
    }

    fn change(&mut self, entry: &Entry) -> Result<(), Verdict> {
        let body = RunChanged::decode(&entry.body).expect("devices send changes");
        let hash = document::judge::change_hash(&body.change).expect("a change");
        if let Some(code) = self.refuse.get(&body.intent) {
            self.refused_changes.insert(hash, *code);
            return Err(Verdict::Quarantined(*code));
        }
        let form = self.form.clone().expect("a form");
        let run = self.runs.entry(body.run).or_insert_with(|| Run::new(body.run));
        let h = &entry.header;
        let author = Author { person: h.person, device: h.device, epoch: h.epoch, rebuild: h.rebuild, form: &form };
        match run.check(&body.change, &author) {
            Ok(checked) => run.apply(checked).map_err(|_| Verdict::Quarantined(Code::UNSOUND_CHANGE)),
            Err(Refusal::Missing(on)) if on.iter().any(|h| self.refused_changes.contains_key(h)) => {
                self.refused_changes.insert(hash, Code::WAITS_FOR_REFUSED);
                Err(Verdict::Held(Code::WAITS_FOR_REFUSED))
            }
            Err(Refusal::Missing(_)) => Err(Verdict::Held(Code::WAITS_FOR_DEPENDENCY)),
            Err(Refusal::EarlierByAuthor) => Err(Verdict::Held(Code::WAITS_FOR_EARLIER)),
            Err(other) => panic!("a device sent what no device may: {other}"),
        }
    }

    fn answer(&mut self, claim: &Claim, request: &Request) -> Answer {
        let series = (claim.device, claim.epoch);
        let is_shared = self.close_next > 0 && !self.closed.contains(&series);
        self.close_next -= u32::from(is_shared);
        if is_shared || claim.next_seq <= self.highest.get(&series).copied().unwrap_or(0) {
            self.closed.insert(series);
        }
        let verdicts = request.offers.iter().flat_map(|o| self.judge(claim, o)).collect();
        let (stretches, verdicts) = if self.stretched { self.stretched(verdicts) } else { (vec![], verdicts) };
        let mut granted = self.granted.clone();
        granted.insert(Scope::Device(claim.device), permission::reads(&[], 0, Scope::Device(claim.device)));
        let (mut pages, mut disagrees, mut more) = (vec![], vec![], false);
        for (scope, types) in &granted {
            let mut covered = TypeSet::EMPTY;
            for cursor in request.cursors.iter().filter(|c| c.scope == *scope) {
                covered = covered.union(cursor.types);
                let left = cursor.types.intersection(*types);
                let agreed = std::iter::once(&cursor.at).chain(&cursor.older).find(|m| self.mark(*scope, m.number) == Some(**m));
                match agreed {
                    None if !left.is_empty() => disagrees.push(*scope),
                    Some(from) if !left.is_empty() => pages.push(self.page(claim, *scope, left, *from)),
                    _ => {}
                }
            }
            let added = types.minus(covered);
            if !added.is_empty() {
                pages.push(self.page(claim, *scope, added, Mark::START));
            }
        }
        for page in &pages {
            more |= (page.to.number as usize) < self.feeds.get(&page.scope).map_or(0, Vec::len);
        }
        Answer {
            version: 1,
            incarnation: Incarnation(self.incarnation),
            time_ms: self.now_ms,
            nonce: self.nonce.clone().into(),
            epoch_closed: self.closed.contains(&series),
            verdicts,
            stretches,
            reads: granted.into_iter().filter(|(_, types)| !types.is_empty()).collect(),
            reads_stand: false,
            pages,
            disagrees,
            more,
            backed_up: self.backed_up,
            customers: None,
            segments: vec![],
        }
    }

    fn stretched(&self, verdicts: Vec<Judged>) -> (Vec<Stretch>, Vec<Judged>) {
        let (mut stretches, mut rest): (Vec<Stretch>, Vec<Judged>) = (vec![], vec![]);
        let mut hashes: Vec<[u8; 8]> = vec![];
        for judged in verdicts {
            let Verdict::Stored(receipt) = &judged.verdict else {
                rest.push(judged);
                continue;
            };
            let is_next = |s: &Stretch| {
                let n = u64::from(s.count);
                (s.epoch, s.seq + n, s.number + n, s.mark) == (judged.epoch, judged.seq, receipt.number, receipt.mark)
            };
            match stretches.last_mut().filter(|s| is_next(s)) {
                Some(last) => last.count += 1,
                None => {
                    hashes.clear();
                    stretches.push(Stretch {
                        epoch: judged.epoch,
                        seq: judged.seq,
                        count: 1,
                        digest: [0; 16].into(),
                        number: receipt.number,
                        incarnation: receipt.incarnation,
                        mark: receipt.mark,
                        committed_ms: receipt.committed_ms,
                    });
                }
            }
            hashes.push(judged.hash8.into_array());
            let last = stretches.last_mut().expect("one");
            last.digest = Stretch::digest(hashes.iter().copied()).into();
            last.digest[0] ^= u8::from(self.of_other_bytes);
        }
        (stretches, rest)
    }

    fn page(&self, claim: &Claim, scope: Scope, types: TypeSet, from: Mark) -> Page {
        let feed = self.feeds.get(&scope).map_or(&[][..], Vec::as_slice);
        let end = feed.len().min(from.number as usize + self.page_rows);
        let mut rows = vec![];
        for (i, (id, bytes)) in feed.iter().enumerate().take(end).skip(from.number as usize) {
            let entry = Entry::read(bytes, limits::SERVER_ENTRY).unwrap();
            let is_own = id.device == claim.device && id.epoch == claim.epoch && !self.closed.contains(&(id.device, id.epoch));
            if types.contains(entry.header.entry_type) && !is_own {
                rows.push(Row { number: i as u64 + 1, effective_ms: self.now_ms, bytes: bytes.clone().into() });
            }
        }
        Page { scope, types, from, to: self.mark(scope, end as u64).expect("a number"), rows, mac: None, keys: None }
    }

    /// Everything about a run, a few rows at a time.
    fn document(&self, ask: &Ask) -> Given {
        let feed = self.feeds.get(&HARBOUR).map_or(&[][..], Vec::as_slice);
        let mut rows = Vec::new();
        for (i, (_, bytes)) in feed.iter().enumerate().skip(ask.after as usize) {
            let entry = Entry::read(bytes, limits::ENTRY).unwrap();
            if crate::project::subject(&entry) == Some(crate::project::Subject::Run(ask.doc)) {
                let effective_ms = entry.header.moment.server_estimate();
                rows.push(Row { number: i as u64 + 1, effective_ms, bytes: bytes.clone().into() });
            }
        }
        let next = (rows.len() > self.page_rows).then(|| rows[self.page_rows - 1].number);
        rows.truncate(self.page_rows);
        let nonce = self.nonce.clone().into();
        Given { version: 1, incarnation: Incarnation(self.incarnation), time_ms: self.now_ms, nonce, scope: HARBOUR, rows, next }
    }

    fn enrol(&mut self, enrol: &Enrol) -> Enrolled {
        self.devices += 1;
        let device = enrol.again.unwrap_or(DeviceId::from_bytes([100 + self.devices; 16]));
        let person = PersonId::from_bytes([enrol.code.as_bytes()[0]; 16]);
        Enrolled {
            version: 1,
            org: ORG,
            org_name: "Harbour".into(),
            device,
            device_name: format!("harbour-{}", self.devices),
            person,
            person_name: enrol.code.clone(),
            site: SITE,
            certificate: Certificate { device, person, site: SITE, at_ms: self.now_ms, mac: [0; 32].into() },
            incarnation: Incarnation(self.incarnation),
            time_ms: self.now_ms,
            nonce: self.nonce.clone().into(),
            customers: frontline_protocol::hpke::public_key(&[9; 32]).into(),
            recovery: Some(frontline_protocol::hpke::public_key(&[8; 32]).into()),
        }
    }
}

#[async_trait]
impl Transport for Fake {
    async fn post(&self, _: &ServerUrl, post: Post) -> Result<Reply, Failure> {
        if self.state().cuts.first() == Some(&Cut::Silent) {
            self.state().cuts.remove(0);
            std::future::pending::<()>().await;
        }
        let mut state = self.state();
        let reply = |status, body| Reply { status, media_type: Some(frame::MEDIA_TYPE.into()), retry_after: None, body };
        if post.path == frontline_protocol::enrol::PATH {
            let enrol: Enrol = frame::unpack("an enrolment", &post.body).unwrap();
            if enrol.code == "wrong" {
                let refused = Refused { code: Code::BAD_CODE, detail: None, nonce: None, time_ms: 0 };
                return Ok(reply(400, frame::pack(&refused)));
            }
            return Ok(reply(200, frame::pack(&state.enrol(&enrol))));
        }
        state.requests += 1;
        state.now_ms += 1_000;
        let cut = if state.cuts.is_empty() { None } else { Some(state.cuts.remove(0)) };
        if cut == Some(Cut::Before) {
            return Err(Failure::NoNetwork);
        }
        if let Some(code) = state.turn_away {
            let refused = Refused { code, detail: None, nonce: None, time_ms: state.now_ms };
            return Ok(reply(403, frame::pack(&refused)));
        }
        let (claim, _, length) = Claim::open(&post.body).unwrap().expect("a signature");
        let message = &post.body[length..];
        if claim.nonce != state.nonce {
            let nonce = Some(state.nonce.clone().into());
            let refused = Refused { code: Code::NEW_NONCE, detail: None, nonce, time_ms: state.now_ms };
            return Ok(reply(401, frame::pack(&refused)));
        }
        if post.path == frontline_protocol::document::PATH {
            let ask: Ask = frame::unpack("a question", message).unwrap();
            return Ok(reply(200, frame::pack(&state.document(&ask))));
        }
        let request: Request = frame::unpack("a request", message).unwrap();
        let answer = state.answer(&claim, &request);
        if cut == Some(Cut::After) {
            return Err(Failure::NoNetwork);
        }
        Ok(reply(200, frame::pack(&answer)))
    }
    async fn wait(&self, _: Duration) {}
}
