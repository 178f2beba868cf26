//! Counters for `/metrics`, in Prometheus' text format. Written by hand: one server's counters belong to it
//! and not to the process, where a simulation runs several.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use frontline_protocol::sync::{Answer, Verdict};

/// Upper bounds of the buckets of a request's duration, seconds.
const BOUNDS: [f64; 8] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];

/// What happened since the server began.
#[derive(Debug, Default)]
pub struct Metrics(Mutex<Counted>);

#[derive(Debug, Default)]
struct Counted {
    requests: BTreeMap<(String, u16), u64>,
    durations: BTreeMap<String, Durations>,
    verdicts: BTreeMap<(&'static str, &'static str), u64>,
    rows_sent: u64,
    bytes_received: u64,
    panics: u64,
    refused_connections: u64,
    over_rates: BTreeMap<(&'static str, &'static str), u64>,
    turned_away: u64,
}

#[derive(Debug, Default, Clone, Copy)]
struct Durations {
    buckets: [u64; BOUNDS.len()],
    count: u64,
    seconds: f64,
}

impl Metrics {
    fn with(&self, change: impl FnOnce(&mut Counted)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// A request was answered. `route` is the pattern, never the path.
    pub fn request(&self, route: &str, status: u16, took: Duration) {
        self.with(|all| {
            *all.requests.entry((route.to_owned(), status)).or_default() += 1;
            let durations = all.durations.entry(route.to_owned()).or_default();
            durations.count += 1;
            durations.seconds += took.as_secs_f64();
            for (bucket, bound) in durations.buckets.iter_mut().zip(BOUNDS) {
                *bucket += u64::from(took.as_secs_f64() <= bound);
            }
        });
    }

    /// A device was answered.
    pub fn answered(&self, answer: &Answer, received: usize) {
        self.with(|all| {
            let stretched: u64 = answer.stretches.iter().map(|stretch| u64::from(stretch.count)).sum();
            if stretched > 0 {
                *all.verdicts.entry(("stored", "")).or_default() += stretched;
            }
            for judged in &answer.verdicts {
                let (verdict, code) = match &judged.verdict {
                    Verdict::Stored(_) => ("stored", ""),
                    Verdict::Held(code) => ("held", code.name()),
                    Verdict::Quarantined(code) => ("quarantined", code.name()),
                    Verdict::Replaced => ("replaced", ""),
                    Verdict::Remake => ("remake", ""),
                };
                *all.verdicts.entry((verdict, code)).or_default() += 1;
            }
            all.rows_sent += answer.pages.iter().map(|page| page.rows.len() as u64).sum::<u64>();
            all.bytes_received += received as u64;
        });
    }

    pub fn panicked(&self) {
        self.with(|all| all.panics += 1);
    }

    /// An address had more connections than its share.
    pub fn refused_connection(&self) {
        self.with(|all| all.refused_connections += 1);
    }

    /// A device was told to wait: it, or its organisation, had sent too much of something.
    pub fn over_rate(&self, whose: &'static str, what: &'static str) {
        self.with(|all| *all.over_rates.entry((whose, what)).or_default() += 1);
    }

    /// A push found no room among those that wait to be judged.
    pub fn turned_away(&self) {
        self.with(|all| all.turned_away += 1);
    }

    /// Everything, as Prometheus reads it.
    pub fn render(&self) -> String {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut out = String::from("# TYPE frontline_requests_total counter\n");
        for ((route, status), n) in &all.requests {
            let _ = writeln!(out, "frontline_requests_total{{route=\"{route}\",status=\"{status}\"}} {n}");
        }
        out.push_str("# TYPE frontline_request_seconds histogram\n");
        for (route, durations) in &all.durations {
            for (bound, n) in BOUNDS.iter().zip(durations.buckets) {
                let _ = writeln!(out, "frontline_request_seconds_bucket{{route=\"{route}\",le=\"{bound}\"}} {n}");
            }
            let Durations { count, seconds, .. } = durations;
            let _ = writeln!(out, "frontline_request_seconds_bucket{{route=\"{route}\",le=\"+Inf\"}} {count}");
            let _ = writeln!(out, "frontline_request_seconds_sum{{route=\"{route}\"}} {seconds}");
            let _ = writeln!(out, "frontline_request_seconds_count{{route=\"{route}\"}} {count}");
        }
        out.push_str("# TYPE frontline_verdicts_total counter\n");
        for ((verdict, code), n) in &all.verdicts {
            let _ = writeln!(out, "frontline_verdicts_total{{verdict=\"{verdict}\",code=\"{code}\"}} {n}");
        }
        out.push_str("# TYPE frontline_over_rate_total counter\n");
        for ((whose, what), n) in &all.over_rates {
            let _ = writeln!(out, "frontline_over_rate_total{{whose=\"{whose}\",what=\"{what}\"}} {n}");
        }
        for (name, n) in [
            ("pushes_turned_away_total", all.turned_away),
            ("rows_sent_total", all.rows_sent),
            ("sync_bytes_received_total", all.bytes_received),
            ("panics_total", all.panics),
            ("refused_connections_total", all.refused_connections),
        ] {
            let _ = writeln!(out, "# TYPE frontline_{name} counter\nfrontline_{name} {n}");
        }
        out
    }
}
