use std::path::PathBuf;

use frontline_domain::SubjectId;

use super::*;

fn key(of: u8) -> Zeroizing<[u8; 32]> {
    Zeroizing::new([of; 32])
}
fn folder() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(FILE);
    (dir, path)
}
fn forgotten(n: u8) -> Order {
    let org = frontline_domain::OrgId::from_bytes([1; 16]);
    Order::Forgotten { org, subject: SubjectId::from_bytes([n; 16]), at_ms: 5 }
}
fn subjects(ledger: &Ledger) -> Vec<u64> {
    ledger.said().unwrap().orders.iter().map(|(n, _)| *n).collect()
}

#[test]
fn what_was_appended_is_read_by_whoever_opens_it_next_and_by_those_who_have_it_open() {
    let (_dir, path) = folder();
    let one = Ledger::open(&path, key(1)).unwrap();
    let other = Ledger::open(&path, key(1)).unwrap();
    assert_eq!(one.append(&[forgotten(1), forgotten(2)]).unwrap(), 2);
    assert_eq!(other.append(&[forgotten(3)]).unwrap(), 3, "it goes on behind lines that another program wrote");
    assert_eq!(subjects(&one), [1, 2, 3]);
    assert_eq!(subjects(&Ledger::open(&path, key(1)).unwrap()), [1, 2, 3]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn a_last_line_that_is_cut_was_never_carried_out_and_the_next_one_takes_its_number() {
    let (_dir, path) = folder();
    Ledger::open(&path, key(1)).unwrap().append(&[forgotten(1), forgotten(2)]).unwrap();
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..whole.len() - 9]).unwrap();
    let ledger = Ledger::open(&path, key(1)).unwrap();
    assert_eq!(subjects(&ledger), [1]);
    assert_eq!(ledger.append(&[forgotten(3)]).unwrap(), 2);
    assert_eq!(subjects(&Ledger::open(&path, key(1)).unwrap()), [1, 2]);
}

#[test]
fn a_line_that_is_changed_left_out_or_moved_is_noticed_and_so_is_another_servers_key() {
    let (_dir, path) = folder();
    Ledger::open(&path, key(1)).unwrap().append(&[forgotten(1), forgotten(2), forgotten(3)]).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let damaged = |text: String| {
        std::fs::write(&path, text).unwrap();
        match Ledger::open(&path, key(1)) {
            Err(LedgerError::Damaged { line, .. }) => line,
            Err(other) => panic!("{other}"),
            Ok(_) => 0,
        }
    };
    assert_eq!(damaged(text.replace("\"at_ms\":5", "\"at_ms\":6")), 1);
    assert_eq!(damaged(format!("{}\n{}\n", lines[0], lines[2])), 2);
    assert_eq!(damaged(format!("{}\n{}\n{}\n", lines[1], lines[0], lines[2])), 1);
    assert_eq!(damaged(text.clone()), 0);
    assert!(matches!(Ledger::open(&path, key(2)), Err(LedgerError::Damaged { line: 1, .. })));
}
