//! Takes connections, as many as there are places, and ends them all when the server stops.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use super::connection::{Connections, told};
use super::front::{Front, Limits};
use super::peer::network;
use crate::metrics::Metrics;

/// Files that are not connections with a place: the store's, the log's, of those who are told to come back.
const OTHER_FILES: u64 = 192;
/// How long to wait for files to be given back, where there are none.
const NO_FILES: Duration = Duration::from_millis(100);
/// Connections beyond their address's share that are told so at the same time; more are closed without a word.
const TOLD: usize = 64;
/// All places are no longer taken once one was free for so long.
const ROOM: Duration = Duration::from_secs(1);

/// Serves until it is told to stop, then finishes what runs, within the limit's patience.
pub async fn serve(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    router: Router,
    front: Arc<Front>,
    metrics: Arc<Metrics>,
    mut stop: watch::Receiver<bool>,
) {
    let places = Arc::new(Semaphore::new(places(&front.limits)));
    let (crowds, tellers) = (Arc::new(Crowds::default()), Arc::new(Semaphore::new(TOLD)));
    let (full, is_full) = watch::channel(false);
    let connections = Arc::new(Connections::new(router, tls, front.clone(), stop.clone(), is_full));
    let mut running = JoinSet::new();
    let mut place: Option<OwnedSemaphorePermit> = None;
    loop {
        if place.is_none() {
            place = places.clone().try_acquire_owned().ok();
            if place.is_none() {
                set(&full, true);
            }
        }
        let was_full = *full.borrow();
        tokio::select! {
            biased;
            () = told(&mut stop) => break,
            Some(_) = running.join_next() => {}
            freed = places.clone().acquire_owned(), if place.is_none() => place = freed.ok(),
            accepted = listener.accept(), if place.is_some() => {
                let Ok((stream, peer)) = accepted else {
                    tokio::time::sleep(NO_FILES).await;
                    continue;
                };
                let Some(one) = crowds.enter(peer, &front) else {
                    metrics.refused_connection();
                    if let Ok(teller) = tellers.clone().try_acquire_owned() {
                        let connections = connections.clone();
                        running.spawn(async move {
                            connections.turn_away(stream).await;
                            drop(teller);
                        });
                    }
                    continue;
                };
                let (connections, held) = (connections.clone(), (place.take(), one));
                running.spawn(async move {
                    connections.serve(stream, peer.ip()).await;
                    drop(held);
                });
            }
            // After the accepting: whoever stands in line is let in first.
            () = tokio::time::sleep(ROOM), if place.is_some() && was_full => set(&full, false),
        }
    }
    drop(listener);
    let all = async { while running.join_next().await.is_some() {} };
    if tokio::time::timeout(front.limits.patience, all).await.is_err() {
        tracing::warn!(connections = running.len(), "requests that took too long were given up; what they brought was not acknowledged");
    }
    running.shutdown().await;
}

/// Tells all connections, where it is news: each of them wakes up.
fn set(full: &watch::Sender<bool>, to: bool) {
    full.send_if_modified(|full| std::mem::replace(full, to) != to);
}

/// As many as are wanted, or as the system has files for.
fn places(limits: &Limits) -> usize {
    let files = crate::system::files().map_or(usize::MAX, |files| usize::try_from(files.saturating_sub(OTHER_FILES)).unwrap_or(usize::MAX));
    if files < limits.connections {
        tracing::warn!(connections = files, "the system's limit of open files (ulimit -n) allows fewer connections than usual");
    }
    limits.connections.min(files).max(1)
}

/// Connections by where they come from.
#[derive(Debug, Default)]
struct Crowds(Mutex<BTreeMap<IpAddr, usize>>);

/// One of an address.
struct OneOf {
    address: IpAddr,
    crowds: Arc<Crowds>,
}

impl Crowds {
    /// One more, unless there are too many. Proxies and this machine stand for many.
    fn enter(self: &Arc<Self>, peer: SocketAddr, front: &Front) -> Option<OneOf> {
        let address = peer.ip().to_canonical();
        let for_many = address.is_loopback() || front.proxies.has(address);
        let address = network(address);
        let mut map = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = map.entry(address).or_default();
        if *count >= front.limits.per_address && !for_many {
            return None;
        }
        *count += 1;
        drop(map);
        Some(OneOf { address, crowds: self.clone() })
    }
}

impl Drop for OneOf {
    fn drop(&mut self) {
        let mut map = self.crowds.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = map.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                map.remove(&self.address);
            }
        }
    }
}

/// Small answers are sent at once: waiting to fill a packet costs up to 40 ms against a client that delays its
/// acknowledgements.
pub(super) fn at_once(stream: &TcpStream) {
    let _ = stream.set_nodelay(true);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_has_its_share_and_proxies_stand_for_many() {
        let limits = Limits { per_address: 2, ..Limits::default() };
        let front = Front { limits, proxies: vec!["10.0.0.1".parse().expect("a network")].into(), ..Front::default() };
        let crowds = Arc::new(Crowds::default());
        let enter = |address: &str| crowds.enter(SocketAddr::new(address.parse().expect("an address"), 1), &front);
        let ana = [enter("203.0.113.9"), enter("203.0.113.9")];
        assert!(ana.iter().all(Option::is_some) && enter("203.0.113.9").is_none() && enter("203.0.113.8").is_some());
        // A household has one network of IPv6, not as many addresses as it likes.
        let home = [enter("2001:db8::1"), enter("2001:db8::2")];
        assert!(home.iter().all(Option::is_some) && enter("2001:db8::3").is_none());
        for many in ["127.0.0.1", "10.0.0.1", "::ffff:10.0.0.1"] {
            assert!([enter(many), enter(many), enter(many)].iter().all(Option::is_some), "{many}");
        }
        drop((ana, home));
        assert!(crowds.0.lock().expect("the map").is_empty());
    }
}
