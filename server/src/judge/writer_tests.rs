//! How much one commit takes, and one push of it.

use frontline_domain::{DeviceId, Epoch, OrgId};

use super::*;

type Answered = oneshot::Receiver<std::result::Result<Outcome, Unwritten>>;

/// A push with so many offers that cost what any fact costs, of which some were judged.
fn waiting(offers: usize, done: usize) -> (Waiting, Answered) {
    let (answer, answered) = oneshot::channel();
    let push = Push {
        org: OrgId::from_bytes([1; 16]),
        device: DeviceId::from_bytes([2; 16]),
        epoch: Epoch(1),
        next_seq: None,
        contact: None,
        arrived_ms: 0,
        app: None,
        offers: (0..offers).map(|_| Offer::read(b"no entry".to_vec())).collect(),
        customers: Vec::new(),
    };
    (Waiting { push, done, outcome: Outcome::default(), since: timer_now(), answer }, answered)
}

#[tokio::test]
async fn a_push_is_judged_in_parts_of_bounded_cost_that_come_in_order_and_leave_nothing_out() {
    let (mut one, _answered) = waiting(5_000, 0);
    let (mut parts, most) = (Vec::new(), (PART - 1) / FACT);
    while one.done < 5_000 {
        let (part, cost) = one.part();
        assert_eq!((part.start, cost), (one.done, 1 + FACT * part.len()));
        parts.push(part.len());
        one.done = part.end;
    }
    assert_eq!(parts, [most, most, 5_000 - 2 * most]);
    assert_eq!(waiting(0, 0).0.part(), (0..0, 1), "one without offers costs something, too");
    // Whatever the first one costs it is taken, or the push would wait for ever.
    assert_eq!(waiting(3, 2).0.part(), (2..3, 1 + FACT));
}

async fn gathered(sizes: &[usize]) -> usize {
    let queue = Queue::of(QUEUE);
    let mut answers = Vec::new();
    for offers in sizes {
        let (one, answered) = waiting(*offers, 0);
        answers.push(answered);
        assert!(queue.put(one.push.org, one).is_none());
    }
    let first = queue.take().expect("one");
    gather(&queue, first).await.len()
}

#[tokio::test]
async fn a_commit_takes_so_many_pushes_and_so_much_cost_and_no_more() {
    assert_eq!(gathered(&[1; 10]).await, 10);
    assert_eq!(gathered(&[1; BATCH + 6]).await, BATCH);
    // Each costs half of a commit, or a little less: the third is the last one.
    assert_eq!(gathered(&[5_000; 6]).await, 3);
    assert_eq!(gathered(&[1]).await, 1, "a device alone waits for nobody");
}

#[tokio::test]
async fn whoever_went_away_is_not_judged_for() {
    let queue = Queue::of(QUEUE);
    let mut answers = Vec::new();
    for n in 0..4 {
        let (one, answered) = waiting(n, 0);
        if n != 1 {
            answers.push(answered);
        }
        assert!(queue.put(one.push.org, one).is_none());
    }
    let first = queue.take().expect("one");
    let sizes: Vec<usize> = gather(&queue, first).await.iter().map(|(one, _)| one.push.offers.len()).collect();
    assert_eq!(sizes, [0, 2, 3]);
}
