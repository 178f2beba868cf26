//! What the ledger says: one order a line.

use frontline_domain::permission::Grant;
use frontline_domain::{DeviceId, Incarnation, OrgId, SiteId, SubjectId};
use serde::{Deserialize, Serialize};

use crate::backup::Kept;

/// Ids, times and paths only: the ledger outlives every key, so nothing personal may stand in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// The store lives under this number from now on.
    Life {
        incarnation: Incarnation,
        at_ms: i64,
    },
    /// So far the store had come: a file that had not was copied back.
    Stands {
        incarnation: Incarnation,
        commits: u64,
        latest_ms: i64,
    },
    Forgotten {
        org: OrgId,
        subject: SubjectId,
        at_ms: i64,
    },
    /// With what it takes to know the device where the store never heard of it.
    Revoked {
        org: OrgId,
        device: DeviceId,
        key: String,
        site: SiteId,
        enrolled_ms: i64,
        at_ms: i64,
        lost: bool,
    },
    /// A lost device turned up.
    Found {
        org: OrgId,
        device: DeviceId,
    },
    Withdrawn {
        org: OrgId,
        grant: Grant,
    },
    TokenWithdrawn {
        org: OrgId,
        hash: String,
    },
    Backup(Kept),
    /// This file is no backup any more.
    BackupGone {
        file: String,
    },
}

impl Order {
    /// Whether a store that was set back must be told of it.
    pub fn is_for_the_store(&self) -> bool {
        match self {
            Self::Forgotten { .. } | Self::Revoked { .. } | Self::Found { .. } | Self::Withdrawn { .. } | Self::TokenWithdrawn { .. } => {
                true
            }
            Self::Life { .. } | Self::Stands { .. } | Self::Backup(_) | Self::BackupGone { .. } => false,
        }
    }
}
