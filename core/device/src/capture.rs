//! The write path. What somebody does here becomes a fact or a change, an entry, rows and a place in the
//! queue, all in one transaction: when the service returns, it is on the disk, and when the power goes
//! before, nothing of it ever was.

use frontline_domain::document::{AnswerKey, Heads, Made, Run, RunChanged};
use frontline_domain::fact::{Fact, OnDevice, PersonOnDevice};
use frontline_domain::permission::{self, Grant, Role, Verb};
use frontline_domain::record::{GrantRecord, Person};
use frontline_domain::{CaptureId, EntryType, Moment, PersonId, Scope, SiteId};
use frontline_protocol::{Code, Entry, Header, Instead, Seen};

use crate::blobs::content;
use crate::clock;
use crate::core::Inner;
use crate::error::{Error, Fault};
use crate::lease;
use crate::observe::{Origin, Topic, Touched};
use crate::people;
use crate::project;
use crate::store::enrolled::Enrolled;
use crate::store::intents::{self, Intent};
use crate::store::meta::Identity;
use crate::store::{Db, Tx, cursors, meta, outbox, pending, records};
use crate::sync::blocked;

/// Writes as one person at one moment, in one transaction.
pub(crate) struct Pen<'a> {
    pub tx: &'a Tx<'a>,
    pub inner: &'a Inner,
    pub now: Moment,
    pub identity: Identity,
    pub me: Enrolled,
    rights: Rights,
    touched: &'a mut Touched,
}

impl Inner {
    /// Lets `f` write as the signed-in person; commits; tells the observers.
    pub(crate) fn capture<T>(&self, f: impl FnOnce(&mut Pen<'_>) -> Result<T, Fault>) -> Result<T, Error> {
        self.once_over(self.over_content(self.note(|pen| self.as_signed_in(pen, f))))
    }

    /// Where there was no room, what content shows goes: whoever says it again finds some.
    fn over_content<T>(&self, out: Result<T, Error>) -> Result<T, Error> {
        if matches!(out, Err(Error::StorageFull))
            && let Err(e) = content::make_room(&self.store)
        {
            tracing::warn!(cause = %e, "pictures of content could not be let go on a full phone");
        }
        out
    }

    /// As [`Inner::capture`], for what only adds: facts where nothing that was captured is looked at, and answers
    /// ([`crate::settle`]).
    pub(crate) fn append<T>(&self, f: impl FnOnce(&mut Pen<'_>) -> Result<T, Fault>) -> Result<T, Error> {
        let mut touched = Touched::default();
        let appended = self.store.append(|tx| self.note_as(tx, &mut touched, people::current(tx)?, |pen| self.as_signed_in(pen, f)));
        let captured = appended.map_err(|fault| self.why(fault.into())).inspect(|_| self.observers.tell(&touched, Origin::Local));
        self.once_over(self.over_content(captured))
    }

    fn as_signed_in<T>(&self, pen: &mut Pen<'_>, f: impl FnOnce(&mut Pen<'_>) -> Result<T, Fault>) -> Result<T, Fault> {
        self.demand_lease(pen.tx)?;
        self.demand_signed_in(pen.tx, pen.me.person)?;
        f(pen)
    }

    /// As [`Inner::capture`], of what the device itself tells: nobody has to be signed in.
    pub(crate) fn note<T>(&self, f: impl FnOnce(&mut Pen<'_>) -> Result<T, Fault>) -> Result<T, Error> {
        let done = self.write(Origin::Local, |tx, touched| self.note_as(tx, touched, people::current(tx)?, f));
        done.map_err(|error| self.why(error))
    }

    /// The same as this person, within a transaction that does more.
    pub(crate) fn note_as<T>(
        &self,
        tx: &Tx<'_>,
        touched: &mut Touched,
        me: Enrolled,
        f: impl FnOnce(&mut Pen<'_>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let now = self.now(tx)?;
        let rights = Rights::at(tx, me.person, now.server_estimate())?;
        let mut pen = Pen { tx, inner: self, now, identity: meta::identity(tx)?, rights, me, touched };
        clock::notice(&mut pen)?;
        lease::note(tx, &pen.now)?;
        let out = f(&mut pen)?;
        pen.touched.topic(Topic::Sync);
        Ok(out)
    }

    /// A device that was revoked, or whose person lost every right, drops what it had received, so that what a
    /// capture refers to is gone: that is the reason, not that there never was such a thing.
    fn why(&self, error: Error) -> Error {
        let is_of_it = matches!(error, Error::NotFound { .. } | Error::Unauthorized { device: None });
        let blocked = || self.read(|db| Ok(blocked::current(db)?)).ok().flatten();
        match is_of_it.then(blocked).flatten() {
            Some(blocked) if blocked.number == Code::DEVICE_REVOKED => Error::Unauthorized { device: Some(blocked.number) },
            _ if is_of_it && self.read(|db| Ok(Rights::of(db, self.now(db)?.server_estimate())?.are_gone())).unwrap_or(false) => {
                Error::Unauthorized { device: None }
            }
            _ => error,
        }
    }
}

/// What this device knows of a person's grants.
pub(crate) fn grants_of(db: &Db<'_>, person: PersonId) -> Result<Vec<Grant>, Fault> {
    let all: Vec<GrantRecord> = records::all(db)?;
    let own = all.into_iter().filter(|g| g.person == person);
    Ok(own.map(|g| Grant { id: g.id, person, role: g.role, scope: g.scope, from_ms: g.from_ms, until_ms: g.until_ms }).collect())
}

/// What the person who writes may do, as far as this device knows: the server decides. A device that has
/// not heard of any grant yet does not refuse.
pub(crate) struct Rights {
    grants: Vec<Grant>,
    /// The person is no longer with the organisation.
    withdrawn: bool,
    now_ms: i64,
}

impl Rights {
    /// The current person's, at this server time.
    pub(crate) fn of(db: &Db<'_>, now_ms: i64) -> Result<Self, Fault> {
        Self::at(db, people::current(db)?.person, now_ms)
    }
    fn at(db: &Db<'_>, person: PersonId, now_ms: i64) -> Result<Self, Fault> {
        let (grants, withdrawn) = db.recall("rights", person.as_bytes(), || {
            let record: Option<Person> = records::get(db, person.as_bytes())?;
            Ok::<_, Fault>((grants_of(db, person)?, record.is_some_and(|p| p.withdrawn)))
        })?;
        Ok(Self { grants, withdrawn, now_ms })
    }
    /// Whether the person has no right to anything any more.
    fn are_gone(&self) -> bool {
        self.withdrawn || !self.grants.is_empty() && !self.grants.iter().any(|g| g.held_between(self.now_ms, self.now_ms))
    }
    pub(crate) fn may_write(&self, one: EntryType, scope: Scope) -> bool {
        !self.withdrawn && (self.grants.is_empty() || permission::may(&self.grants, self.now_ms, Verb::Write(one), scope))
    }
    /// The roles that they have at a place now, by name.
    pub(crate) fn roles(&self, scope: Scope) -> Vec<String> {
        let held = self.grants.iter().filter(|g| !self.withdrawn && g.held_between(self.now_ms, self.now_ms) && g.covers(scope));
        held.map(|g| g.role.name().to_owned()).collect()
    }
    /// Whether they may take a contact of `author` out of every count.
    pub(crate) fn may_void(&self, author: PersonId, me: PersonId, scope: Scope) -> bool {
        let (grants, now_ms) = (&self.grants, self.now_ms);
        grants.is_empty() || permission::might_void(grants, now_ms, now_ms, author == me, scope)
    }
    /// As [`Rights::may_write`], in this role or one above it.
    pub(crate) fn may_write_as(&self, one: EntryType, scope: Scope, role: Role) -> bool {
        let now = self.now_ms;
        !self.withdrawn && (self.grants.is_empty() || permission::might_as(&self.grants, now, now, Verb::Write(one), scope, role))
    }
}

impl Pen<'_> {
    /// An id made at capture. It begins with the time, so that what was captured together lies together in every index
    /// and on the wire; 74 random bits are the rest.
    pub(crate) fn id(&self) -> CaptureId {
        CaptureId::from_bytes(self.inner.random.uuid_v7(self.now_ms()))
    }
    /// The best estimate of server time.
    pub(crate) fn now_ms(&self) -> i64 {
        self.now.server_estimate()
    }

    pub(crate) fn may_write(&self, one: EntryType, scope: Scope) -> bool {
        self.rights.may_write(one, scope)
    }
    pub(crate) fn may_write_as(&self, one: EntryType, scope: Scope, role: Role) -> bool {
        self.rights.may_write_as(one, scope, role)
    }
    pub(crate) fn rights(&self) -> &Rights {
        &self.rights
    }
    pub(crate) fn may_void(&self, author: PersonId, scope: Scope) -> bool {
        self.rights.may_void(author, self.me.person, scope)
    }
    /// Notes that a topic changed.
    pub(crate) fn touch(&mut self, topic: Topic) {
        self.touched.topic(topic);
    }
    /// What is told after the commit.
    pub(crate) fn touched(&mut self) -> &mut Touched {
        self.touched
    }
    fn demand(&self, one: EntryType, scope: Scope) -> Result<(), Fault> {
        if self.may_write(one, scope) { Ok(()) } else { Err(Fault::Forbidden) }
    }

    /// The site that the person writes `one` for: the one they were enrolled at, or, once they moved, the
    /// first where they may.
    pub(crate) fn site(&self, one: EntryType) -> Result<Scope, Fault> {
        let enrolled = Scope::Site(self.me.site);
        if self.may_write(one, enrolled) {
            return Ok(enrolled);
        }
        let mut sites: Vec<SiteId> =
            self.rights.grants.iter().filter_map(|g| if let Scope::Site(id) = g.scope { Some(id) } else { None }).collect();
        sites.sort();
        sites.into_iter().map(Scope::Site).find(|s| self.may_write(one, *s)).ok_or(Fault::Forbidden)
    }

    /// Writes a fact.
    pub(crate) fn fact(&mut self, scope: Scope, fact: &Fact) -> Result<Entry, Fault> {
        self.demand(fact.entry_type(), scope)?;
        let header = self.header(scope, fact.entry_type(), 0, None)?;
        self.put(Entry::make(header, fact.encode()), None)
    }

    /// Writes what the author did to somebody on this device, themselves included. Who may write nothing any more is not
    /// kept from it: the server feeds the device nothing of theirs as it is.
    pub(crate) fn on_device(&mut self, what: OnDevice) -> Result<(), Fault> {
        let Ok(scope) = self.site(EntryType::PERSON_ON_DEVICE) else { return Ok(()) };
        let id = self.id();
        self.fact(scope, &Fact::PersonOnDevice(PersonOnDevice { id, what })).map(|_| ())
    }

    /// Whether what is captured is appended, and its rows are made later ([`crate::settle`]).
    pub(crate) fn appends(&self) -> bool {
        self.tx.appends()
    }
    /// Goes on as [`Inner::capture`] does, for what cannot be appended after all: in the same transaction.
    pub(crate) fn write_from_here(&mut self) -> Result<(), Fault> {
        self.tx.write_from_here()?;
        Ok(clock::settled(self.tx, &self.now)?)
    }

    /// Writes one edit of a run, as the change that `made` is; `run` holds it already.
    pub(crate) fn change(&mut self, scope: Scope, run: &Run, rebuild: u32, made: Made, body: Edit) -> Result<Entry, Fault> {
        let header = self.header(scope, EntryType::RUN_CHANGED, rebuild, None)?;
        let changed = RunChanged {
            run: run.id(),
            nonce: body.nonce.into(),
            procedure: body.procedure,
            intent: body.answer.intent,
            change: made.change.into(),
            asset: body.asset,
        };
        let entry = self.put(Entry::make(header, changed.encode()), Some(run))?;
        if self.appends() {
            // Its change says the rest.
            self.touched.add(Topic::Procedures, run.id().to_string());
            return Ok(entry);
        }
        intents::put(
            self.tx,
            &Intent {
                id: body.answer.intent,
                doc: run.id(),
                place: 0,
                key: body.key,
                answer: body.answer,
                seen: body.seen,
                builds_on: body.builds_on,
                entry: entry.hash(),
                change: made.hash,
                state: intents::State::Made,
            },
        )?;
        Ok(entry)
    }

    /// Checks that the person may answer in `scope`, before the document is touched.
    pub(crate) fn demand_answer(&self, scope: Scope) -> Result<(), Fault> {
        self.demand(EntryType::RUN_CHANGED, scope)
    }

    fn header(&self, scope: Scope, entry_type: EntryType, rebuild: u32, replaces: Option<Instead>) -> Result<Header, Fault> {
        let by = By { identity: &self.identity, person: self.me.person, now: self.now };
        Ok(by.header(self.tx, scope, entry_type, rebuild, replaces)?)
    }

    fn put(&mut self, entry: Entry, run: Option<&Run>) -> Result<Entry, Fault> {
        if entry.bytes().len() > frontline_protocol::limits::ENTRY {
            let max = frontline_protocol::limits::ENTRY;
            return Err(Fault::invalid("entry", "length", format!("this is too long to be sent: at most {max} bytes")));
        }
        if self.tx.appends() {
            pending::push(self.tx, &entry)?;
            if let Some(about) = project::subject(&entry) {
                project::tell(&about, self.touched);
            }
            self.touched.add(Topic::Sync, entry.hash().to_string());
        } else {
            issue(self.tx, &entry, run, self.touched)?;
        }
        Ok(entry)
    }
}

/// What one edit of a run is, beside its change.
pub(crate) struct Edit {
    pub procedure: frontline_domain::ReleaseHash,
    pub nonce: [u8; 16],
    pub key: AnswerKey,
    pub answer: frontline_domain::document::Answer,
    pub seen: Heads,
    pub builds_on: Vec<CaptureId>,
    /// What the run is about.
    pub asset: Option<frontline_domain::Slug>,
}

/// Whose header it is.
pub(crate) struct By<'a> {
    pub identity: &'a Identity,
    pub person: PersonId,
    pub now: Moment,
}

impl By<'_> {
    /// The header of the next entry of this device; takes its number.
    pub(crate) fn header(
        &self,
        tx: &Tx<'_>,
        scope: Scope,
        entry_type: EntryType,
        rebuild: u32,
        replaces: Option<Instead>,
    ) -> Result<Header, crate::store::StoreError> {
        let (epoch, seq) = meta::take_seq(tx)?;
        Ok(Header {
            org: self.identity.org,
            scope,
            entry_type,
            person: self.person,
            device: self.identity.device,
            epoch,
            seq,
            moment: self.now,
            contact: meta::contact(tx)?,
            seen: cursors::seen(tx, scope)?.map(|(incarnation, number)| Seen { incarnation, number }),
            rebuild,
            replaces,
        })
    }
}

/// Puts an own entry in, projects it and queues it. Whoever is told of the commit is told its hash: that is
/// what was acknowledged.
pub(crate) fn issue(tx: &Tx<'_>, entry: &Entry, run: Option<&Run>, touched: &mut Touched) -> Result<(), Fault> {
    let row = project::put_own(tx, None, entry, run, touched)?;
    touched.add(Topic::Sync, entry.hash().to_string());
    Ok(outbox::push(tx, row, entry)?)
}
