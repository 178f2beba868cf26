//! Who may do what: one pure function, used by the device to hide and by the server to decide.
//!
//! Deny by default: what no row of [`Role::writes`], [`Role::reads`] or [`Role::acts`] names is refused.

use serde::{Deserialize, Serialize};

use crate::entry_type::{EntryType as T, Kind, TypeSet};
use crate::ids::{GrantId, PersonId};
use crate::scope::Scope;

/// The roles of the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    Staff,
    Technician,
    /// A shift lead.
    Supervisor,
    /// Of sites.
    Manager,
    /// Of content.
    Author,
    Admin,
    /// An API client.
    Integrator,
}

/// A role that a person holds in a scope, for a time. Times are server times, ms since 1970 UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    pub id: GrantId,
    pub person: PersonId,
    pub role: Role,
    pub scope: Scope,
    pub from_ms: i64,
    /// When it was withdrawn, if it was.
    pub until_ms: Option<i64>,
}

/// What a person acts on in the console and through the API, beside writing and reading entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// See a site's figures, runs and devices.
    Oversee,
    /// Assign a release to people or a site.
    Assign,
    /// Make an enrolment code; rename, revoke or declare lost a device.
    Enrol,
    /// Let an entry in from quarantine.
    LetIn,
    /// Publish content.
    Publish,
    /// Add and change sites, let people sign in. Who gives which role: [`Role::gives`].
    Administer,
    /// Let somebody try their PIN again on a device of the site.
    Unlock,
    /// Take a colleague's contact out of every count.
    Void,
}

/// What somebody wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    Write(T),
    Read(T),
    Act(Act),
}

const EVERYDAY: TypeSet = TypeSet::of(&[
    T::LESSON_PROGRESSED,
    T::ATTEMPT_STARTED,
    T::QUESTION_ANSWERED,
    T::ATTEMPT_FINISHED,
    T::RUN_CHANGED,
    T::RUN_SUBMITTED,
    T::COMMENTED,
    T::ACTION_OPENED,
    T::ACTION_CHANGED,
    T::ACTION_COMMENTED,
    T::FEEDBACK_GIVEN,
    T::INTERACTION_OPENED,
    T::INTERACTION_PAUSED,
    T::INTERACTION_RESUMED,
    T::INTERACTION_CLOSED,
    T::INTERACTION_VOIDED,
    T::INTERACTION_CUSTOMER,
    T::SEEN,
    T::ACKNOWLEDGED,
    T::CLOCK_JUMPED,
    T::STORAGE_SET_ASIDE,
    T::BLOB_CAPTURED,
    T::PERSON_ON_DEVICE,
]);
const LEADING: TypeSet = TypeSet::of(&[T::SIGNED_OFF, T::APPROVED, T::RETURNED, T::ALERT_RAISED, T::ACTION_REVIEWED]);
/// What everybody at a site shares: its checklists and its records, but not the whole site's feedback.
const SHARED: TypeSet = TypeSet::of(&[
    T::RUN_CHANGED,
    T::RUN_SUBMITTED,
    T::COMMENTED,
    T::SIGNED_OFF,
    T::APPROVED,
    T::RETURNED,
    T::ACTION_OPENED,
    T::ACTION_CHANGED,
    T::ACTION_COMMENTED,
    T::ACTION_REVIEWED,
    T::BLOB_CAPTURED,
    T::PERSON,
    T::ASSIGNMENT,
    T::TOUCHPOINT,
    T::ASSET,
    T::RUNS_WITHDRAWN,
    T::SUBJECT_MERGED,
    T::SUBJECT_FORGOTTEN,
]);
const EVERYONES: TypeSet = TypeSet::of(&[T::ORGANISATION, T::SITE, T::RELEASE, T::PUBLICATION]);
/// What is of one person alone; releases and publications are drafts that they try.
const OWN: TypeSet = TypeSet::of(&[T::GRANT, T::ASSIGNMENT, T::LESSON_PROGRESSED, T::RELEASE, T::PUBLICATION]);

impl Role {
    pub const ALL: [Role; 7] =
        [Self::Staff, Self::Technician, Self::Supervisor, Self::Manager, Self::Author, Self::Admin, Self::Integrator];

    /// As files, addresses and the store spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Technician => "technician",
            Self::Supervisor => "supervisor",
            Self::Manager => "manager",
            Self::Author => "author",
            Self::Admin => "admin",
            Self::Integrator => "integrator",
        }
    }

    /// What it may write in the scope of its grant.
    pub fn writes(self) -> TypeSet {
        match self {
            Self::Staff | Self::Technician => EVERYDAY,
            Self::Supervisor | Self::Manager | Self::Admin => EVERYDAY.union(LEADING),
            Self::Author | Self::Integrator => TypeSet::EMPTY,
        }
    }
    /// What it may read of a site's feed.
    pub fn reads(self) -> TypeSet {
        match self {
            Self::Staff | Self::Technician => SHARED,
            Self::Supervisor | Self::Manager | Self::Admin => SHARED.union(EVERYDAY).union(LEADING),
            Self::Author | Self::Integrator => TypeSet::EMPTY,
        }
    }
    /// What it may do in the console.
    pub fn acts(self) -> &'static [Act] {
        match self {
            Self::Staff | Self::Technician | Self::Integrator => &[],
            Self::Supervisor => &[Act::Oversee, Act::Unlock],
            Self::Manager => &[Act::Oversee, Act::Assign, Act::Enrol, Act::LetIn, Act::Unlock, Act::Void],
            Self::Author => &[Act::Publish],
            Self::Admin => &[Act::Oversee, Act::Assign, Act::Enrol, Act::LetIn, Act::Publish, Act::Administer, Act::Unlock, Act::Void],
        }
    }
    /// The roles that it may give to others, and end, in the scope of its grant: those below it, so that nobody
    /// raises themselves or a friend to what they are not.
    pub fn gives(self) -> &'static [Role] {
        match self {
            Self::Staff | Self::Technician | Self::Supervisor | Self::Author | Self::Integrator => &[],
            Self::Manager => &[Self::Staff, Self::Technician, Self::Supervisor],
            Self::Admin => &Self::ALL,
        }
    }
}

impl Grant {
    /// Whether it was held at some instant of `[from, to]` (server time, ms). One withdrawn before it began
    /// was never held.
    pub fn held_between(&self, from: i64, to: i64) -> bool {
        self.from_ms <= to && self.until_ms.is_none_or(|until| until > from.max(self.from_ms))
    }
    /// Whether it is of this place.
    pub fn covers(&self, scope: Scope) -> bool {
        match scope {
            Scope::Person(id) => id == self.person,
            Scope::Device(_) => false,
            _ => self.scope == Scope::Org || self.scope == scope,
        }
    }
    /// Whether this one grant allows `verb` in `scope`.
    pub fn allows(&self, verb: Verb, scope: Scope) -> bool {
        match verb {
            Verb::Write(one) => scope != Scope::Org && self.covers(scope) && self.role.writes().contains(one),
            Verb::Read(one) => self.readable(scope).contains(one),
            Verb::Act(act) => self.covers(scope) && self.role.acts().contains(&act),
        }
    }

    /// What it lets a person read of a scope. The organisation's own feed (its sites, its content) is for
    /// everybody who works there, wherever they do.
    fn readable(&self, scope: Scope) -> TypeSet {
        match scope {
            Scope::Org => EVERYONES,
            Scope::Site(_) if self.covers(scope) => self.role.reads(),
            Scope::Person(_) if self.covers(scope) => OWN,
            Scope::Site(_) | Scope::Person(_) | Scope::Device(_) => TypeSet::EMPTY,
        }
    }
}

/// Whether a person with these grants may do `verb` in `scope`, at the server time `now_ms`.
pub fn may(grants: &[Grant], now_ms: i64, verb: Verb, scope: Scope) -> bool {
    grants.iter().any(|g| g.held_between(now_ms, now_ms) && g.allows(verb, scope))
}

/// Whether a person with these grants may give `role` to somebody in `scope`, or end it there, at the server
/// time `now_ms`.
pub fn may_give(grants: &[Grant], now_ms: i64, role: Role, scope: Scope) -> bool {
    let gives = |g: &Grant| matches!(scope, Scope::Org | Scope::Site(_)) && g.covers(scope) && g.role.gives().contains(&role);
    grants.iter().any(|g| g.held_between(now_ms, now_ms) && gives(g))
}

/// Whether any grant that was held at some instant of `[from, to]` allows it: how work that was done while
/// the author's grants changed is judged (`sync.md` 19).
pub fn might(grants: &[Grant], from_ms: i64, to_ms: i64, verb: Verb, scope: Scope) -> bool {
    grants.iter().any(|g| g.held_between(from_ms, to_ms) && g.allows(verb, scope))
}

/// As [`might`], in this role or one above it.
pub fn might_as(grants: &[Grant], from_ms: i64, to_ms: i64, verb: Verb, scope: Scope, role: Role) -> bool {
    grants.iter().any(|g| g.role >= role && g.held_between(from_ms, to_ms) && g.allows(verb, scope))
}

/// Whether somebody with these grants, as they were held at some instant of `[from, to]`, may take a contact in
/// `scope` out of every count: their own, or one of a place that they manage. (Else whoever reads a colleague's
/// contacts could make them uncounted.)
pub fn might_void(grants: &[Grant], from_ms: i64, to_ms: i64, is_own: bool, scope: Scope) -> bool {
    is_own || might(grants, from_ms, to_ms, Verb::Act(Act::Void), scope)
}

/// The types of `scope` that these grants let a device carry at `now_ms`. A device's own feed carries the
/// server's words to it, whoever uses it.
pub fn reads(grants: &[Grant], now_ms: i64, scope: Scope) -> TypeSet {
    if let Scope::Device(_) = scope {
        return TypeSet::of(&[T::VERDICT, T::CERTIFICATE, T::DEVICE, T::PIN_UNLOCKED, T::SUBJECT_FORGOTTEN]);
    }
    let held = grants.iter().filter(|g| g.held_between(now_ms, now_ms));
    held.fold(TypeSet::EMPTY, |set, g| set.union(g.readable(scope)))
}

/// Whether phones may scope an entry of this type so. Personal drafts aside, work belongs to a site.
pub fn scope_fits(one: T, scope: Scope) -> bool {
    match one.kind() {
        Some(Kind::Fact | Kind::Document) => matches!(scope, Scope::Site(_)),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::SiteId;

    const HARBOUR: Scope = Scope::Site(SiteId::from_bytes([1; 16]));
    const MARINA: Scope = Scope::Site(SiteId::from_bytes([2; 16]));

    fn grant(role: Role, scope: Scope, from_ms: i64, until_ms: Option<i64>) -> Grant {
        Grant { id: GrantId::from_bytes([9; 16]), person: PersonId::from_bytes([3; 16]), role, scope, from_ms, until_ms }
    }

    #[test]
    fn nobody_without_a_grant_may_do_anything() {
        for one in T::ALL {
            for scope in [Scope::Org, HARBOUR] {
                assert!(!may(&[], 0, Verb::Write(*one), scope));
                assert!(!may(&[], 0, Verb::Read(*one), scope));
            }
        }
    }

    #[test]
    fn staff_answer_but_do_not_sign_off_and_stay_at_their_site() {
        let ana = [grant(Role::Staff, HARBOUR, 0, None)];
        assert!(may(&ana, 5, Verb::Write(T::RUN_CHANGED), HARBOUR));
        assert!(!may(&ana, 5, Verb::Write(T::SIGNED_OFF), HARBOUR));
        assert!(!may(&ana, 5, Verb::Write(T::RUN_CHANGED), MARINA));
        assert!(!may(&ana, 5, Verb::Read(T::FEEDBACK_GIVEN), HARBOUR));
        assert!(!may(&ana, 5, Verb::Act(Act::Oversee), HARBOUR));
    }

    #[test]
    fn no_role_writes_records_releases_verdicts_or_anything_scoped_to_the_organisation() {
        for role in [Role::Staff, Role::Technician, Role::Supervisor, Role::Manager, Role::Author, Role::Admin, Role::Integrator] {
            let grants = [grant(role, Scope::Org, 0, None)];
            for one in T::ALL {
                assert!(!may(&grants, 1, Verb::Write(*one), Scope::Org));
                if !one.is_from_devices() {
                    assert!(!may(&grants, 1, Verb::Write(*one), HARBOUR), "{role:?} {one}");
                }
            }
        }
    }

    #[test]
    fn a_withdrawn_grant_covers_work_done_before_its_end_only() {
        let ben = [grant(Role::Supervisor, HARBOUR, 100, Some(200))];
        assert!(!may(&ben, 99, Verb::Write(T::SIGNED_OFF), HARBOUR));
        assert!(may(&ben, 100, Verb::Write(T::SIGNED_OFF), HARBOUR));
        assert!(!may(&ben, 200, Verb::Write(T::SIGNED_OFF), HARBOUR));
        assert!(might(&ben, 150, 900, Verb::Write(T::SIGNED_OFF), HARBOUR));
        assert!(!might(&ben, 200, 900, Verb::Write(T::SIGNED_OFF), HARBOUR));
    }

    #[test]
    fn a_contact_is_voided_by_its_author_or_whoever_manages_its_place() {
        for role in Role::ALL {
            let grants = [grant(role, HARBOUR, 100, Some(200))];
            let manages = matches!(role, Role::Manager | Role::Admin);
            assert!(might_void(&grants, 150, 150, true, HARBOUR), "{role:?}");
            assert_eq!(might_void(&grants, 150, 150, false, HARBOUR), manages, "{role:?}");
            assert!(!might_void(&grants, 150, 150, false, MARINA) && !might_void(&grants, 200, 900, false, HARBOUR));
        }
    }

    #[test]
    fn a_grant_that_was_withdrawn_before_it_began_was_never_held() {
        let ben = [grant(Role::Supervisor, HARBOUR, 44, Some(33))];
        assert!(!might(&ben, 13, 44, Verb::Write(T::SIGNED_OFF), HARBOUR));
    }

    #[test]
    fn whoever_works_anywhere_reads_the_organisations_content_and_acts_only_at_their_site() {
        let ana = [grant(Role::Manager, HARBOUR, 0, None)];
        assert!(reads(&ana, 1, Scope::Org).contains(T::RELEASE));
        assert!(reads(&ana, 1, MARINA).is_empty());
        assert!(may(&ana, 1, Verb::Act(Act::Assign), HARBOUR));
        assert!(!may(&ana, 1, Verb::Act(Act::Assign), MARINA));
        assert!(!may(&ana, 1, Verb::Act(Act::Assign), Scope::Org));
        assert!(reads(&[], 1, Scope::Org).is_empty());
    }

    #[test]
    fn a_manager_gives_the_roles_below_at_their_site_and_nobody_raises_themselves() {
        let grace = [grant(Role::Manager, HARBOUR, 10, Some(20))];
        for role in Role::ALL {
            let below = matches!(role, Role::Staff | Role::Technician | Role::Supervisor);
            assert_eq!(may_give(&grace, 15, role, HARBOUR), below, "{role:?}");
            assert!(!may_give(&grace, 15, role, MARINA) && !may_give(&grace, 15, role, Scope::Org));
            assert!(!may_give(&grace, 20, role, HARBOUR), "what was withdrawn gives nothing");
            for other in [Role::Staff, Role::Technician, Role::Supervisor, Role::Author, Role::Integrator] {
                assert!(!may_give(&[grant(other, Scope::Org, 0, None)], 1, role, HARBOUR));
            }
            let helen = [grant(Role::Admin, Scope::Org, 0, None)];
            assert!(may_give(&helen, 1, role, HARBOUR) && may_give(&helen, 1, role, Scope::Org));
            // A person's own feed is no place for a role.
            assert!(!may_give(&helen, 1, role, Scope::Person(PersonId::from_bytes([3; 16]))));
        }
    }

    #[test]
    fn another_persons_feed_is_not_read_even_by_an_admin() {
        let admin = [grant(Role::Admin, Scope::Org, 0, None)];
        assert!(reads(&admin, 1, Scope::Person(PersonId::from_bytes([8; 16]))).is_empty());
        assert!(!reads(&admin, 1, Scope::Person(PersonId::from_bytes([3; 16]))).is_empty());
    }

    #[test]
    fn a_role_is_spelt_everywhere_as_messages_spell_it() {
        for role in Role::ALL {
            let spelt: String = crate::cbor::decode("a role", &crate::cbor::encode(&role)).expect("a word");
            assert_eq!(role.name(), spelt);
        }
    }

    #[test]
    fn staff_read_what_a_site_shares_and_whoever_leads_there_what_everybody_wrote() {
        for role in Role::ALL {
            let held = [grant(role, HARBOUR, 0, None)];
            let (works, leads) = (!matches!(role, Role::Author | Role::Integrator), role.writes().contains(T::SIGNED_OFF));
            assert_eq!(may(&held, 1, Verb::Read(T::RUN_CHANGED), HARBOUR), works, "{role:?}");
            assert_eq!(may(&held, 1, Verb::Read(T::FEEDBACK_GIVEN), HARBOUR), leads, "{role:?}");
            assert!(!may(&held, 1, Verb::Read(T::RUN_CHANGED), MARINA), "{role:?}");
            assert!(may(&held, 1, Verb::Read(T::RELEASE), Scope::Org) && !may(&held, 1, Verb::Read(T::RUN_CHANGED), Scope::Org));
        }
    }

    #[test]
    fn a_devices_feed_is_the_servers_alone_and_read_by_the_device_whoever_uses_it() {
        let feed = Scope::Device(crate::ids::DeviceId::from_bytes([4; 16]));
        for role in Role::ALL {
            for scope in [HARBOUR, Scope::Org, feed] {
                let held = [grant(role, scope, 0, None)];
                for one in T::ALL {
                    assert!(!may(&held, 1, Verb::Write(*one), feed) && !may(&held, 1, Verb::Read(*one), feed), "{role:?} {one}");
                }
                assert!(role.acts().iter().all(|act| !may(&held, 1, Verb::Act(*act), feed)), "{role:?}");
            }
        }
        assert!(reads(&[], 1, feed).contains(T::VERDICT) && !reads(&[], 1, feed).contains(T::RUN_CHANGED));
    }

    #[test]
    fn work_lies_at_a_site_and_what_the_server_writes_where_it_likes() {
        let person = Scope::Person(PersonId::from_bytes([3; 16]));
        for scope in [Scope::Org, person] {
            assert!(!scope_fits(T::FEEDBACK_GIVEN, scope) && !scope_fits(T::RUN_CHANGED, scope) && scope_fits(T::GRANT, scope));
        }
        assert!(scope_fits(T::FEEDBACK_GIVEN, HARBOUR) && scope_fits(T::RUN_CHANGED, HARBOUR) && scope_fits(T::GRANT, HARBOUR));
    }
}
