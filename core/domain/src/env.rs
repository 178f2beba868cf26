//! Time and randomness as arguments: the traits through which a shell, a server or a story supplies them.
//! The only implementations that ask the system are `device::system` and `server::system`.

/// A reading of a device's clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// Wall clock, ms since 1970 UTC.
    pub wall_ms: i64,
    /// The offset of local time from UTC, minutes.
    pub offset_min: i16,
    /// Monotonic clock, ms since `boot`.
    pub mono_ms: u64,
    /// Drawn when the monotonic clock began.
    pub boot: u64,
}

/// Tells the time.
pub trait Clock: Send + Sync {
    fn now(&self) -> Reading;
}

/// Gives random bytes; a story gives the same ones for the same seed.
pub trait Random: Send + Sync {
    fn fill(&self, bytes: &mut [u8]);

    /// A random number.
    fn next_u64(&self) -> u64 {
        let mut bytes = [0; 8];
        self.fill(&mut bytes);
        u64::from_be_bytes(bytes)
    }
    /// 16 random bytes: an id made at capture.
    fn id(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        self.fill(&mut bytes);
        bytes
    }
    /// A UUID version 7 (RFC 9562) for the instant `wall_ms`: ids that sort by birth.
    fn uuid_v7(&self, wall_ms: i64) -> [u8; 16] {
        let mut bytes = self.id();
        bytes[..6].copy_from_slice(&wall_ms.to_be_bytes()[2..]);
        bytes[6] = bytes[6] & 0x0f | 0x70;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        bytes
    }
}
