//! Memory of this process, as Linux counts it.

/// The highest resident set so far, MiB; 0 where the system does not say.
pub fn peak_rss_mib() -> u64 {
    field("self", "VmHWM:") / 1_024
}

/// The resident set now, KiB.
pub fn rss_kib() -> u64 {
    field("self", "VmRSS:")
}

/// The highest resident set of another process so far, KiB.
pub fn peak_of(pid: u32) -> u64 {
    field(&pid.to_string(), "VmHWM:")
}

/// The resident set of another process now, KiB.
pub fn rss_of(pid: u32) -> u64 {
    field(&pid.to_string(), "VmRSS:")
}

fn field(process: &str, name: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix(name)).unwrap_or_default();
    line.split_whitespace().next().and_then(|n| n.parse().ok()).unwrap_or(0)
}
