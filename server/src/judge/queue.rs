//! What waits for the writer, fairly: organisations take turns, and within one whoever came first, so that the
//! storm of one is no other's. A push that was judged in part goes to the end of its organisation's line.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use frontline_domain::OrgId;
use tokio::sync::Notify;

/// Lines by organisation.
pub struct Queue<T> {
    lines: Mutex<Lines<T>>,
    came: Notify,
    most: usize,
}

struct Lines<T> {
    by_org: BTreeMap<OrgId, VecDeque<T>>,
    /// Organisations with a line that is not empty, the next one first.
    turn: VecDeque<OrgId>,
    many: usize,
    closed: bool,
}

impl<T> Queue<T> {
    /// A queue of at most so many.
    pub fn of(most: usize) -> Self {
        let lines = Lines { by_org: BTreeMap::new(), turn: VecDeque::new(), many: 0, closed: false };
        Self { lines: Mutex::new(lines), came: Notify::new(), most }
    }

    fn lines(&self) -> MutexGuard<'_, Lines<T>> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets one more wait. Where there is no room, the newest of the longest line is given back: that may be
    /// this one.
    pub fn put(&self, org: OrgId, one: T) -> Option<T> {
        let mut lines = self.lines();
        let out = if lines.many >= self.most { lines.longest() } else { None };
        let own = lines.by_org.get(&org).map_or(0, VecDeque::len);
        let out = match out {
            Some((_, length)) if length <= own => return Some(one),
            Some((longest, _)) => lines.newest_of(longest),
            None => None,
        };
        lines.put(org, one);
        drop(lines);
        self.came.notify_one();
        out
    }

    /// Lets one go on waiting that was taken before; for this there is always room.
    pub fn put_back(&self, org: OrgId, one: T) {
        self.lines().put(org, one);
        self.came.notify_one();
    }

    /// The next in turn.
    pub fn take(&self) -> Option<T> {
        self.lines().take()
    }

    /// The next in turn, waiting for it; none once the queue is closed and empty. May be dropped at its await.
    pub async fn next(&self) -> Option<T> {
        loop {
            {
                let mut lines = self.lines();
                if let Some(one) = lines.take() {
                    return Some(one);
                }
                if lines.closed {
                    return None;
                }
            }
            self.came.notified().await;
        }
    }

    /// Nothing more comes; what waits is still taken.
    pub fn close(&self) {
        self.lines().closed = true;
        self.came.notify_one();
    }
}

impl<T> Lines<T> {
    fn put(&mut self, org: OrgId, one: T) {
        let line = self.by_org.entry(org).or_default();
        if line.is_empty() {
            self.turn.push_back(org);
        }
        line.push_back(one);
        self.many += 1;
    }

    fn take(&mut self) -> Option<T> {
        let org = self.turn.pop_front()?;
        let line = self.by_org.get_mut(&org)?;
        let one = line.pop_front();
        if line.is_empty() {
            self.by_org.remove(&org);
        } else {
            self.turn.push_back(org);
        }
        self.many -= usize::from(one.is_some());
        one
    }

    fn longest(&self) -> Option<(OrgId, usize)> {
        self.by_org.iter().map(|(org, line)| (*org, line.len())).max_by_key(|(_, length)| *length)
    }

    fn newest_of(&mut self, org: OrgId) -> Option<T> {
        let line = self.by_org.get_mut(&org)?;
        let one = line.pop_back();
        if line.is_empty() {
            self.by_org.remove(&org);
            self.turn.retain(|other| *other != org);
        }
        self.many -= usize::from(one.is_some());
        one
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn org(n: u8) -> OrgId {
        OrgId::from_bytes([n; 16])
    }
    fn taken(queue: &Queue<&'static str>) -> Vec<&'static str> {
        std::iter::from_fn(|| queue.take()).collect()
    }

    #[test]
    fn organisations_take_turns_however_many_wait_of_one() {
        let queue = Queue::of(10);
        for one in ["a1", "a2", "a3"] {
            assert_eq!(queue.put(org(1), one), None);
        }
        queue.put(org(2), "b1");
        queue.put(org(3), "c1");
        queue.put(org(2), "b2");
        assert_eq!(taken(&queue), ["a1", "b1", "c1", "a2", "b2", "a3"]);
    }

    #[test]
    fn what_was_judged_in_part_waits_behind_the_others_of_its_organisation() {
        let queue = Queue::of(10);
        queue.put(org(1), "large");
        queue.put(org(1), "small");
        let large = queue.take().expect("the first");
        queue.put_back(org(1), large);
        assert_eq!(taken(&queue), ["small", "large"]);
    }

    #[test]
    fn where_there_is_no_room_the_longest_line_gives_it() {
        let queue = Queue::of(3);
        queue.put(org(1), "a1");
        queue.put(org(1), "a2");
        queue.put(org(1), "a3");
        assert_eq!(queue.put(org(1), "a4"), Some("a4"), "the storm's own newest");
        assert_eq!(queue.put(org(2), "b1"), Some("a3"), "another organisation finds room");
        assert_eq!(queue.put(org(2), "b2"), Some("a2"));
        assert_eq!(queue.put(org(2), "b3"), Some("b3"), "and becomes the longest line itself");
        assert_eq!(taken(&queue), ["a1", "b1", "b2"]);
    }

    #[tokio::test]
    async fn a_closed_queue_gives_what_it_has_and_then_ends() {
        let queue = std::sync::Arc::new(Queue::of(3));
        let waits = tokio::spawn({
            let queue = queue.clone();
            async move { (queue.next().await, queue.next().await) }
        });
        tokio::task::yield_now().await;
        queue.put(org(1), "a");
        queue.close();
        assert_eq!(waits.await.expect("soundly"), (Some("a"), None));
    }
}
