//! The bytes that rows are ordered by, compared one by one.

/// Of a name: `harbour-10` comes after `harbour-9`, whatever the case. A run of digits is written with how
/// many it has before it. No collation of a language: letters come by their code points.
pub fn name(name: &str) -> Vec<u8> {
    let mut out = String::with_capacity(name.len() + 4);
    let mut digits = String::new();
    for c in name.trim().chars().flat_map(char::to_lowercase) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        number(&mut out, &mut digits);
        out.push(c);
    }
    number(&mut out, &mut digits);
    out.into_bytes()
}

/// Ends a run of digits: its length as a letter above `0`, so that longer numbers come later.
fn number(out: &mut String, digits: &mut String) {
    if digits.is_empty() {
        return;
    }
    let value = digits.trim_start_matches('0');
    let length = u8::try_from(value.len()).unwrap_or(u8::MAX).min(70);
    out.push(char::from(b'0' + length));
    out.push_str(value);
    digits.clear();
}

/// What the bytes of every name begin with that begins with `typed`: without the digits at its end, which
/// others may follow.
pub fn beginning(typed: &str) -> Vec<u8> {
    name(typed.trim().trim_end_matches(|c: char| c.is_ascii_digit()))
}

/// The first bytes after all that begin with `prefix`; none where there are none.
pub fn after(prefix: &[u8]) -> Option<Vec<u8>> {
    let mut end = prefix.to_vec();
    while let Some(last) = end.pop() {
        if last < 0xff {
            end.push(last + 1);
            return Some(end);
        }
    }
    None
}

/// Of an instant, the earliest first.
pub fn earliest(ms: i64) -> Vec<u8> {
    (ms.cast_unsigned() ^ 1 << 63).to_be_bytes().to_vec()
}

/// Of an instant, the latest first.
pub fn latest(ms: i64) -> Vec<u8> {
    (!(ms.cast_unsigned() ^ 1 << 63)).to_be_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_ordered_as_people_read_them() {
        let mut names = ["harbour-10", "Ben 2", "harbour-9", "ana", "harbour-09a", "ben 10", "Ben", "ليلى", "harbour-2b", "ben 0"];
        names.sort_by_key(|one| name(one));
        assert_eq!(names, ["ana", "Ben", "ben 0", "Ben 2", "ben 10", "harbour-2b", "harbour-9", "harbour-09a", "harbour-10", "ليلى"]);
    }

    #[test]
    fn what_is_typed_finds_every_name_that_begins_with_it() {
        for (typed, found) in [("har", "Harbour-10"), ("harbour-1", "harbour-12"), ("BEN", "ben okafor"), ("", "x"), ("لي", "ليلى")] {
            let (low, high) = (beginning(typed), after(&beginning(typed)));
            let key = name(found);
            assert!(key >= low && high.is_none_or(|high| key < high), "{typed} finds {found}");
        }
        assert!(name("priya") > after(&beginning("ana")).expect("an end"));
        assert_eq!(after(&[1, 0xff]), Some(vec![2]));
    }

    #[test]
    fn the_latest_instant_comes_first_before_1970_too() {
        let mut times = [-5, 0, 7, i64::MAX, i64::MIN];
        times.sort_by_key(|ms| latest(*ms));
        assert_eq!(times, [i64::MAX, 7, 0, -5, i64::MIN]);
        times.sort_by_key(|ms| earliest(*ms));
        assert_eq!(times, [i64::MIN, -5, 0, 7, i64::MAX]);
    }
}
