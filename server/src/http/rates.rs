//! How much a device, and an organisation with all its devices, may ask for: buckets that fill with the time
//! that is passed in.
//!
//! What a request costs is known only when it has come. So whoever has anything left may go on, and what it took
//! is taken away after, into debt: nothing is too large to pass, and a debt is waited out.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};

use frontline_domain::{DeviceId, OrgId};
use frontline_protocol::Code;

use crate::sync::Refusal;

/// What is not used is saved up for so many minutes: a phone that was away has much to say at once.
const SAVED: i64 = 10;
/// A level counts in such parts, so that no millisecond's worth is lost to rounding.
const PARTS: i64 = 60_000;
/// Nobody waits longer, s.
const LONGEST: i64 = 600;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    Requests,
    /// Of bodies, as they travel.
    Bytes,
    /// Offered to be judged.
    Entries,
}

impl What {
    const ALL: [Self; 3] = [Self::Requests, Self::Bytes, Self::Entries];
    pub fn name(self) -> &'static str {
        match self {
            Self::Requests => "requests",
            Self::Bytes => "bytes",
            Self::Entries => "entries",
        }
    }
}

/// Whose share it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    Device,
    Organisation,
}

impl Whose {
    pub fn name(self) -> &'static str {
        match self {
            Self::Device => "device",
            Self::Organisation => "organisation",
        }
    }
}

/// In a minute, on average.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    pub requests: NonZeroU32,
    pub mib: NonZeroU32,
    pub entries: NonZeroU32,
}

impl Rate {
    const fn of(requests: u32, mib: u32, entries: u32) -> Self {
        const fn some(n: u32) -> NonZeroU32 {
            match NonZeroU32::new(n) {
                Some(n) => n,
                None => NonZeroU32::MIN,
            }
        }
        Self { requests: some(requests), mib: some(mib), entries: some(entries) }
    }
    fn per_minute(&self, what: What) -> i64 {
        match what {
            What::Requests => i64::from(self.requests.get()),
            What::Bytes => i64::from(self.mib.get()) << 20,
            What::Entries => i64::from(self.entries.get()),
        }
    }
}

/// What everybody may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimits {
    pub device: Rate,
    pub organisation: Rate,
}

impl Default for RateLimits {
    /// A phone in use syncs some times a minute. With what is saved up, the phones of the largest organisation
    /// come back from an outage at once, each with a few thousand entries at the most.
    fn default() -> Self {
        Self { device: Rate::of(120, 10, 3_000), organisation: Rate::of(6_000, 500, 100_000) }
    }
}

/// More was taken than there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Over {
    pub whose: Whose,
    pub what: What,
    /// Seconds until there is some again.
    pub wait_s: u32,
}

impl Over {
    /// What the device is told; it comes back by itself.
    pub fn refusal(self, now_ms: i64) -> Refusal {
        let Self { whose, what, wait_s } = self;
        let whose = if whose == Whose::Device { "this device" } else { "this organisation" };
        let detail = format!("{whose} has sent more {} than it may for now; it may go on in {wait_s} s", what.name());
        Refusal::new(429, Code::BUSY, now_ms).with(detail).after(u64::from(wait_s))
    }
}

/// Levels of one account, one for each [`What`].
#[derive(Debug, Clone, Copy)]
struct Account {
    at_ms: i64,
    levels: [i64; 3],
}

impl Account {
    fn full(rate: &Rate, now_ms: i64) -> Self {
        Self { at_ms: now_ms, levels: What::ALL.map(|what| most(rate, what)) }
    }
    /// A clock that was set back gives nothing, and takes nothing away.
    fn fill(&mut self, rate: &Rate, now_ms: i64) {
        let passed = now_ms.saturating_sub(self.at_ms).max(0);
        for (level, what) in self.levels.iter_mut().zip(What::ALL) {
            *level = level.saturating_add(passed.saturating_mul(rate.per_minute(what))).min(most(rate, what));
        }
        self.at_ms = now_ms;
    }
    fn over(&self, rate: &Rate, whose: Whose) -> Option<Over> {
        let empty = self.levels.iter().zip(What::ALL).filter(|(level, _)| **level <= 0);
        let wait = |(level, what): (&i64, What)| (level.saturating_neg() / rate.per_minute(what) + 1, what);
        let (wait_ms, what) = empty.map(wait).max_by_key(|(ms, _)| *ms)?;
        let wait_s = (wait_ms / 1_000 + 1).min(LONGEST);
        Some(Over { whose, what, wait_s: u32::try_from(wait_s).unwrap_or(u32::MAX) })
    }
    fn take(&mut self, what: What, many: usize) {
        let many = i64::try_from(many).unwrap_or(i64::MAX).saturating_mul(PARTS);
        for (level, one) in self.levels.iter_mut().zip(What::ALL) {
            if one == what {
                *level = level.saturating_sub(many);
            }
        }
    }
    fn is_full(&self, rate: &Rate) -> bool {
        self.levels.iter().zip(What::ALL).all(|(level, what)| *level >= most(rate, what))
    }
}

fn most(rate: &Rate, what: What) -> i64 {
    rate.per_minute(what).saturating_mul(PARTS * SAVED)
}

/// The accounts of one server.
#[derive(Debug, Default)]
pub struct Rates(Mutex<Accounts>);

#[derive(Debug, Default)]
struct Accounts {
    limits: RateLimits,
    devices: BTreeMap<(OrgId, DeviceId), Account>,
    organisations: BTreeMap<OrgId, Account>,
    swept: i64,
}

impl Rates {
    fn with<T>(&self, org: OrgId, device: DeviceId, now_ms: i64, ask: impl FnOnce(&RateLimits, [&mut Account; 2]) -> T) -> T {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Accounts { limits, devices, organisations, swept } = &mut *all;
        // An account that is full says no more than none.
        if *swept != now_ms / 60_000 {
            *swept = now_ms / 60_000;
            let keep = |account: &mut Account, rate: &Rate| {
                account.fill(rate, now_ms);
                !account.is_full(rate)
            };
            devices.retain(|_, account| keep(account, &limits.device));
            organisations.retain(|_, account| keep(account, &limits.organisation));
        }
        let one = devices.entry((org, device)).or_insert_with(|| Account::full(&limits.device, now_ms));
        let all = organisations.entry(org).or_insert_with(|| Account::full(&limits.organisation, now_ms));
        one.fill(&limits.device, now_ms);
        all.fill(&limits.organisation, now_ms);
        ask(limits, [one, all])
    }

    /// Other limits than the usual ones; everybody begins with a full account.
    pub fn limit(&self, limits: RateLimits) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Accounts { limits, ..Accounts::default() };
    }

    /// Whether this device may ask for something now; if so, that is one request.
    pub fn ask(&self, org: OrgId, device: DeviceId, now_ms: i64) -> Result<(), Over> {
        self.with(org, device, now_ms, |limits, [one, all]| {
            let over = one.over(&limits.device, Whose::Device).or_else(|| all.over(&limits.organisation, Whose::Organisation));
            if let Some(over) = over {
                return Err(over);
            }
            one.take(What::Requests, 1);
            all.take(What::Requests, 1);
            Ok(())
        })
    }

    /// It took so much.
    pub fn took(&self, org: OrgId, device: DeviceId, what: What, many: usize, now_ms: i64) {
        self.with(org, device, now_ms, |_, accounts| accounts.into_iter().for_each(|account| account.take(what, many)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HARBOUR: OrgId = OrgId::from_bytes([1; 16]);
    const MARINA: OrgId = OrgId::from_bytes([2; 16]);
    const ANA: DeviceId = DeviceId::from_bytes([1; 16]);
    const BEN: DeviceId = DeviceId::from_bytes([2; 16]);

    fn rates() -> Rates {
        let rates = Rates::default();
        rates.limit(RateLimits { device: Rate::of(6, 1, 60), organisation: Rate::of(10, 5, 300) });
        rates
    }
    fn asks(rates: &Rates, org: OrgId, device: DeviceId, now_ms: i64) -> usize {
        (0..1_000).take_while(|_| rates.ask(org, device, now_ms).is_ok()).count()
    }

    #[test]
    fn a_device_has_what_it_saved_up_and_then_its_rate() {
        let rates = rates();
        assert_eq!(asks(&rates, HARBOUR, ANA, 0), 60, "ten minutes' worth");
        assert_eq!(rates.ask(HARBOUR, ANA, 0), Err(Over { whose: Whose::Device, what: What::Requests, wait_s: 1 }));
        assert_eq!(asks(&rates, HARBOUR, ANA, 60_000), 6, "a minute later");
        assert_eq!(asks(&rates, HARBOUR, ANA, 24 * 3_600_000), 60, "and never more than is saved");
        assert_eq!(asks(&rates, HARBOUR, ANA, 0), 0, "a clock that was set back gives nothing");
        assert_eq!(asks(&rates, HARBOUR, ANA, 60_000), 6, "and goes on from there");
    }

    #[test]
    fn an_organisation_has_a_share_for_all_its_devices_and_no_other_organisation_feels_it() {
        let rates = rates();
        let device = |n: u8| DeviceId::from_bytes([n; 16]);
        let asked: usize = (0..5).map(|n| asks(&rates, HARBOUR, device(n), 0)).sum();
        assert_eq!(asked, 100);
        assert_eq!(rates.ask(HARBOUR, device(9), 0).map_err(|over| over.whose), Err(Whose::Organisation));
        assert_eq!(asks(&rates, MARINA, device(9), 0), 60);
    }

    #[test]
    fn what_is_larger_than_all_that_was_saved_passes_and_is_waited_out() {
        let rates = rates();
        assert!(rates.ask(HARBOUR, ANA, 0).is_ok());
        rates.took(HARBOUR, ANA, What::Entries, 660, 0);
        let over = rates.ask(HARBOUR, ANA, 0).expect_err("60 in debt, 60 a minute");
        assert_eq!((over.what, over.wait_s), (What::Entries, 61));
        assert!(rates.ask(HARBOUR, ANA, 59_000).is_err() && rates.ask(HARBOUR, ANA, i64::from(over.wait_s) * 1_000).is_ok());
        assert!(rates.ask(HARBOUR, BEN, 61_000).is_ok(), "another device goes on");
        rates.took(HARBOUR, BEN, What::Bytes, usize::MAX, 62_000);
        rates.took(HARBOUR, BEN, What::Bytes, usize::MAX, 62_000);
        assert_eq!(rates.ask(HARBOUR, BEN, 62_000).expect_err("much in debt").wait_s, LONGEST as u32, "nobody waits longer");
    }

    #[test]
    fn an_account_that_is_full_again_is_not_kept() {
        let rates = rates();
        assert!(rates.ask(HARBOUR, ANA, 0).is_ok());
        assert!(rates.ask(MARINA, BEN, 600_000).is_ok());
        let accounts = rates.0.lock().expect("the accounts");
        assert_eq!((accounts.devices.len(), accounts.organisations.len()), (1, 1));
    }
}
