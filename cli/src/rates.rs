//! How much devices and organisations may ask of a server, as `serve` is told it.

use std::num::NonZeroU32;

use clap::Args;
use frontline_server::{Rate, RateLimits};

/// A minute, on average; what is not used is saved up for ten minutes. Beyond, a device is told when to come back.
#[derive(Debug, Args)]
pub struct Rates {
    /// Requests that a device may send a minute; what it does not use is saved up for ten minutes. Beyond, it is told when to come back
    #[arg(long, value_name = "N", default_value_t = RateLimits::default().device.requests)]
    pub device_requests: NonZeroU32,
    /// MiB that a device may send a minute, likewise
    #[arg(long, value_name = "N", default_value_t = RateLimits::default().device.mib)]
    pub device_mib: NonZeroU32,
    /// Captured things that a device may push a minute, likewise
    #[arg(long, value_name = "N", default_value_t = RateLimits::default().device.entries)]
    pub device_entries: NonZeroU32,
    /// Requests that all devices of an organisation may send a minute, likewise
    #[arg(long, value_name = "N", default_value_t = RateLimits::default().organisation.requests)]
    pub org_requests: NonZeroU32,
    /// MiB that all devices of an organisation may send a minute, likewise
    #[arg(long, value_name = "N", default_value_t = RateLimits::default().organisation.mib)]
    pub org_mib: NonZeroU32,
    /// Captured things that all devices of an organisation may push a minute, likewise
    #[arg(long, value_name = "N", default_value_t = RateLimits::default().organisation.entries)]
    pub org_entries: NonZeroU32,
}

impl Rates {
    pub fn limits(&self) -> RateLimits {
        RateLimits {
            device: Rate { requests: self.device_requests, mib: self.device_mib, entries: self.device_entries },
            organisation: Rate { requests: self.org_requests, mib: self.org_mib, entries: self.org_entries },
        }
    }
}
