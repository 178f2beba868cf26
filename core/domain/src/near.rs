//! "Did you mean": the known word that is nearest to what was typed.

/// The sentence's end, ` (did you mean ‘label’?)`, or nothing where no word is near.
pub fn did_you_mean<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    match nearest(typed, known) {
        Some(word) => format!(" (did you mean ‘{word}’?)"),
        None => String::new(),
    }
}

/// What was typed, short enough and plain enough to be shown in a sentence.
pub fn shown(typed: &str) -> String {
    let plain: String = typed.chars().map(|c| if c.is_control() { ' ' } else { c }).take(60).collect();
    if typed.chars().count() > 60 { format!("‘{plain}…’") } else { format!("‘{plain}’") }
}

/// The known word that was probably meant.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if typed.chars().count() > 64 {
        return None;
    }
    let typed = typed.to_lowercase();
    let ranked = known.into_iter().map(|word| (distance(&typed, &word.to_lowercase()), word));
    let (steps, word) = ranked.min()?;
    (steps <= 1 + typed.chars().count() / 4).then_some(word)
}

/// Insertions, deletions, replacements and swaps of neighbours between two words.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = replaced.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_recognised_and_another_word_is_not() {
        let known = ["label", "required", "kind", "help"];
        assert_eq!(did_you_mean("lable", known), " (did you mean ‘label’?)");
        assert_eq!(did_you_mean("Requierd", known), " (did you mean ‘required’?)");
        assert_eq!(did_you_mean("photo", known), "");
        assert_eq!(did_you_mean(&"x".repeat(10_000), known), "");
    }
}
