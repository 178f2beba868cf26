//! Where a part of a list ends: by what its rows are called, not by how many came before. A row that is put in or taken out
//! changes the part that it is in and moves none of the others (content-defined chunking, as rsync and restic cut files).

use super::Row;

/// Bytes of a part at least, about, but of the last.
const LEAST_BYTES: usize = 6_000;
pub const MOST_ROWS: usize = 2_048;
/// Bytes of a part, about: what travels and is read at once.
const MOST_BYTES: usize = 200_000;
/// Parts of a list that anybody may send: many more than cutting makes of the longest.
pub const MOST_PARTS: usize = 2_000;
/// After the least, a row ends its part once in so many bytes: long rows more often than short ones.
const ONE_IN_BYTES: u32 = 32_768;

/// Cuts rows into parts, in their order.
pub fn cut(rows: Vec<Row>) -> Vec<Vec<Row>> {
    let (mut out, mut part, mut bytes) = (Vec::new(), Vec::new(), 0);
    for row in rows {
        let size = row.slug.as_str().len() + row.labels.iter().chain(&row.values).map(|text| text.len() + 2).sum::<usize>() + 8;
        if bytes + size > MOST_BYTES && !part.is_empty() {
            out.push(std::mem::take(&mut part));
            bytes = 0;
        }
        let ends = ends(&row, size);
        part.push(row);
        bytes += size;
        if part.len() >= MOST_ROWS || ends && bytes >= LEAST_BYTES {
            out.push(std::mem::take(&mut part));
            bytes = 0;
        }
    }
    if !part.is_empty() {
        out.push(part);
    }
    out
}

fn ends(row: &Row, size: usize) -> bool {
    let hash = blake3::hash(row.slug.as_str().as_bytes());
    let [a, b, c, d, ..] = *hash.as_bytes();
    u32::from_le_bytes([a, b, c, d]) % ONE_IN_BYTES < u32::try_from(size).unwrap_or(ONE_IN_BYTES)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn rows(n: usize, long: usize) -> Vec<Row> {
        let values = vec!["x".repeat(long); 9];
        let row = |n| Row { slug: format!("part-{n}").parse().expect("a slug"), labels: vec![format!("Part {n}")], values: values.clone() };
        (0..n).map(row).collect()
    }

    #[test]
    fn a_row_more_or_less_changes_the_part_that_it_is_in_and_few_others() {
        for long in [0, 100] {
            moves_few(rows(20_000, long));
        }
        assert_eq!(cut(vec![]), Vec::<Vec<Row>>::new());
    }

    fn moves_few(all: Vec<Row>) {
        let before = cut(all.clone());
        assert_eq!(before.concat(), all);
        assert!(before.iter().all(|part| part.len() <= MOST_ROWS) && (10..2_000).contains(&before.len()), "{}", before.len());
        let known: BTreeSet<String> = before.iter().map(|part| format!("{part:?}")).collect();
        for at in [0, 4_321, 10_000, 19_999] {
            let mut less = all.clone();
            less.remove(at);
            let mut more = all.clone();
            more.insert(at, Row { slug: "new".parse().expect("a slug"), ..all[at].clone() });
            for changed in [less, more] {
                let new = cut(changed).iter().filter(|part| !known.contains(&format!("{part:?}"))).count();
                assert!((1..=3).contains(&new), "{new} parts anew, of {}", before.len());
            }
        }
    }
}
