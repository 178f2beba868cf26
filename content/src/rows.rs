//! What a new version of a list changes, row by row.

use std::collections::BTreeMap;

use frontline_domain::Slug;
use frontline_domain::release::Rows;
use frontline_domain::release::list::Row;

use crate::words::count_of;

/// Rows that a line names.
const NAMED: usize = 5;

/// What became of rows, in lines: the parts that only the old version has against those that only the new one has.
pub fn rows_changed(before: &[Rows], after: &[Rows]) -> Vec<String> {
    let (old, new) = (by_slug(before), by_slug(after));
    let mut out = Vec::new();
    let columns = |of: &[Rows]| of.first().map(|part| part.columns.clone()).unwrap_or_default();
    if columns(before) != columns(after) && !before.is_empty() && !after.is_empty() {
        let all: Vec<String> = columns(after).iter().map(Slug::to_string).collect();
        out.push(format!("its columns are now {}", if all.is_empty() { "none".to_owned() } else { all.join(", ") }));
    }
    let added = new.keys().filter(|slug| !old.contains_key(*slug));
    let gone = old.keys().filter(|slug| !new.contains_key(*slug));
    let changed = new.iter().filter(|(slug, row)| old.get(*slug).is_some_and(|before| before != *row)).map(|(slug, _)| slug);
    for (word, slugs) in [("new", added.collect::<Vec<_>>()), ("gone", gone.collect()), ("changed", changed.collect())] {
        if let Some((shown, rest)) = slugs.split_at_checked(slugs.len().min(NAMED)).filter(|(shown, _)| !shown.is_empty()) {
            let shown: Vec<&str> = shown.iter().map(|slug| slug.as_str()).collect();
            let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
            out.push(format!("{word}: {} ({}{more})", count_of(slugs.len(), "row", "rows"), shown.join(", ")));
        }
    }
    if out.is_empty() && !(before.is_empty() && after.is_empty()) {
        out.push("the order of its rows".to_owned());
    }
    out
}

fn by_slug(parts: &[Rows]) -> BTreeMap<&Slug, &Row> {
    parts.iter().flat_map(|part| &part.rows).map(|row| (&row.slug, row)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(columns: &[&str], rows: &[(&str, &str)]) -> Rows {
        let slug = |text: &str| text.parse::<Slug>().expect("it reads");
        let row = |(name, label): &(&str, &str)| Row { slug: slug(name), labels: vec![(*label).to_owned()], values: vec![] };
        Rows {
            columns: columns.iter().map(|c| slug(c)).collect(),
            languages: vec!["en".parse().expect("it reads")],
            rows: rows.iter().map(row).collect(),
        }
    }

    #[test]
    fn what_became_of_rows_is_counted_and_the_first_are_named() {
        let old = [part(&[], &[("a", "A"), ("b", "B"), ("c", "C")])];
        let told = |new: &[Rows]| rows_changed(&old, new);
        assert_eq!(
            told(&[part(&[], &[("a", "A"), ("b", "Bee"), ("d", "D")])]),
            ["new: 1 row (d)", "gone: 1 row (c)", "changed: 1 row (b)"]
        );
        assert_eq!(told(&[part(&[], &[("b", "B"), ("a", "A"), ("c", "C")])]), ["the order of its rows"]);
        assert_eq!(told(&[part(&["group"], &[("a", "A"), ("b", "B"), ("c", "C")])]), ["its columns are now group"]);
        assert_eq!(rows_changed(&[], &[]), [] as [&str; 0]);
        let many: Vec<String> = (0..9).map(|n| format!("x-{n}")).collect();
        let many: Vec<(&str, &str)> = many.iter().map(|slug| (slug.as_str(), "X")).collect();
        assert_eq!(rows_changed(&[], &[part(&[], &many)]), ["new: 9 rows (x-0, x-1, x-2, x-3, x-4 and 4 more)"]);
    }
}
