//! The server's secret key, in a file beside the database and never in it: whoever copies the database alone
//! can forge no certificate and no nonce, and can't tell which code or token a hash stands for.

use std::io::Write;
use std::path::Path;

use frontline_domain::customer::Handle;
use frontline_domain::record::Certificate;
use frontline_domain::{DeviceId, OrgId, PersonId, Random, SiteId, cbor};
use frontline_protocol::give_back::Vouched;
use frontline_protocol::hpke::{self, Secret};
use frontline_protocol::limits::NONCE_DAYS;
use serde_bytes::ByteArray;
use zeroize::Zeroizing;

const DAY_MS: i64 = 86_400_000;

/// The number of the key that pages are vouched for with.
pub const PAGE_KEY: u32 = 1;

/// Keys derived from the one secret, each for one use.
pub struct Keys {
    nonce: Zeroizing<[u8; 32]>,
    certificate: Zeroizing<[u8; 32]>,
    secret: Zeroizing<[u8; 32]>,
    customers: Zeroizing<[u8; 32]>,
    ledger: Zeroizing<[u8; 32]>,
    page: Zeroizing<[u8; 32]>,
    browser: Zeroizing<[u8; 32]>,
    proof: [u8; 16],
}

/// The key's file is not usable.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("the server's key {path} can't be read or written: {source}")]
    Io { path: String, source: std::io::Error },
    #[error("the server's key {path} must hold 32 bytes; put back the file that belongs to this data directory")]
    Damaged { path: String },
    #[error(
        "the server's key {path} is gone, and a new one would not open what is there; put back the file that belongs to this data directory"
    )]
    Gone { path: String },
}

impl Keys {
    /// Reads the key, or makes one with mode 0600.
    pub fn open(path: &Path, random: &dyn Random) -> Result<Self, KeyError> {
        let io = |source| KeyError::Io { path: path.display().to_string(), source };
        let mut key = Zeroizing::new([0u8; 32]);
        if path.exists() {
            let bytes = Zeroizing::new(std::fs::read(path).map_err(io)?);
            *key = bytes.as_slice().try_into().map_err(|_| KeyError::Damaged { path: path.display().to_string() })?;
        } else {
            random.fill(&mut *key);
            let mut options = std::fs::OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let mut file = options.open(path).map_err(io)?;
            file.write_all(&*key).and_then(|()| file.sync_all()).map_err(io)?;
        }
        let derive = |context: &str| Zeroizing::new(blake3::derive_key(context, &*key));
        let mut proof = [0; 16];
        proof.copy_from_slice(&derive("frontline 2026 server proof")[..16]);
        Ok(Self {
            nonce: derive("frontline 2026 server nonce"),
            certificate: derive("frontline 2026 server certificate"),
            secret: derive("frontline 2026 server secret hash"),
            customers: derive("frontline 2026 server customers"),
            ledger: derive("frontline 2026 server ledger"),
            page: derive("frontline 2026 server page"),
            browser: derive("frontline 2026 server browser"),
            proof,
        })
    }

    /// Vouches for what a page brings: its MAC, beside the number of the key (`sync.md` 25).
    pub fn vouch(&self, org: OrgId, page: &Vouched) -> [u8; 32] {
        *blake3::keyed_hash(&self.page, &page.said(org)).as_bytes()
    }
    /// Whether this server vouched for it.
    pub fn vouched(&self, org: OrgId, page: &Vouched) -> bool {
        page.key == PAGE_KEY && equal(&self.vouch(org, page), page.mac.as_slice())
    }

    /// What the MACs of the ledger are made with.
    pub fn ledger(&self) -> Zeroizing<[u8; 32]> {
        self.ledger.clone()
    }
    /// Tells this key from another's, and nothing about it.
    pub fn proof(&self) -> [u8; 16] {
        self.proof
    }

    /// A nonce for this device: its time in seconds and a MAC of 12 bytes, so that the server keeps nothing for it
    /// (`sync.md` 11).
    pub fn nonce(&self, org: OrgId, device: DeviceId, now_ms: i64) -> Vec<u8> {
        let made = u32::try_from(now_ms / 1_000).unwrap_or_default().to_be_bytes();
        [&made[..], &self.nonce_mac(org, device, made)].concat()
    }

    /// How old the nonce is, ms, where the server gave it to this device within the last 30 days.
    pub fn age_ms(&self, org: OrgId, device: DeviceId, nonce: &[u8], now_ms: i64) -> Option<i64> {
        let (made, mac) = nonce.split_first_chunk()?;
        let age_ms = now_ms.saturating_sub(i64::from(u32::from_be_bytes(*made)) * 1_000);
        // One that is of tomorrow was given by a clock that ran ahead; it is not good for longer than others for that.
        let is_fresh = (-DAY_MS..=NONCE_DAYS * DAY_MS).contains(&age_ms);
        (equal(&self.nonce_mac(org, device, *made), mac) && is_fresh).then_some(age_ms)
    }

    fn nonce_mac(&self, org: OrgId, device: DeviceId, made: [u8; 4]) -> [u8; 12] {
        let mut hasher = blake3::Hasher::new_keyed(&self.nonce);
        hasher.update(org.as_bytes()).update(device.as_bytes()).update(&made);
        let mut mac = [0; 12];
        mac.copy_from_slice(&hasher.finalize().as_bytes()[..12]);
        mac
    }

    /// A certificate under the server's MAC (`sync.md` 14), which covers the device's public key as well: it is of
    /// use to nobody else.
    pub fn certify(&self, org: OrgId, (device, key): (DeviceId, &[u8; 32]), person: PersonId, site: SiteId, at_ms: i64) -> Certificate {
        let about = cbor::encode(&(org, device, ByteArray::new(*key), person, site, at_ms));
        let mac = *blake3::keyed_hash(&self.certificate, &about).as_bytes();
        Certificate { device, person, site, at_ms, mac: mac.into() }
    }

    /// Whether this server gave this certificate to the device with this key.
    pub fn is_certificate(&self, org: OrgId, key: &[u8; 32], shown: &Certificate) -> bool {
        let ours = self.certify(org, (shown.device, key), shown.person, shown.site, shown.at_ms);
        equal(ours.mac.as_slice(), shown.mac.as_slice())
    }

    /// The X25519 secret that devices of an organisation seal keys of customers to (`sync.md` 27).
    pub fn customers(&self, org: OrgId) -> Secret {
        self.of_customers(org, "exchange")
    }
    /// Its public half.
    pub fn customers_public(&self, org: OrgId) -> [u8; 32] {
        hpke::public_key(&self.customers(org))
    }
    /// What keys of customers are wrapped under in the database.
    pub fn customer_rows(&self, org: OrgId) -> Secret {
        self.of_customers(org, "rows")
    }
    /// By what the server finds a customer again. Phone numbers are few: without this key, which never leaves
    /// the server, one can't be tried against what the database holds.
    pub fn customer_mac(&self, org: OrgId, handle: &Handle) -> [u8; 32] {
        *blake3::keyed_hash(&self.of_customers(org, "index"), handle.tagged().as_bytes()).as_bytes()
    }
    fn of_customers(&self, org: OrgId, what: &str) -> Secret {
        Zeroizing::new(*blake3::keyed_hash(&self.customers, &cbor::encode(&(org, what))).as_bytes())
    }

    /// That an account was signed in to the browser with this number.
    pub fn browser(&self, (org, person): (OrgId, PersonId), number: &[u8; 16], at_ms: i64) -> [u8; 16] {
        let about = cbor::encode(&(org, person, ByteArray::new(*number), at_ms));
        let mut mac = [0; 16];
        mac.copy_from_slice(&blake3::keyed_hash(&self.browser, &about).as_bytes()[..16]);
        mac
    }

    /// What is kept of a secret: an enrolment code, a token.
    pub fn hash_secret(&self, kind: &str, secret: &str) -> [u8; 32] {
        *blake3::keyed_hash(&self.secret, &cbor::encode(&(kind, secret))).as_bytes()
    }
}

/// Compares in a time that does not tell where they differ.
pub(crate) fn equal(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |all, (x, y)| all | (x ^ y)) == 0
}
