//! A Markdown file: front matter between two lines of `---`, then its body.

use super::page::Page;
use crate::finding::At;
use crate::yaml::Node;

/// A file taken apart. Lines are counted from 1, as editors do.
pub struct Parts<'t> {
    pub head: Node,
    /// The body's lines with their numbers.
    pub lines: Vec<(usize, &'t str)>,
}

/// Takes a file apart.
pub fn parts<'t>(page: Page<'_>, file: &'t str) -> Option<Parts<'t>> {
    let lines: Vec<&str> = file.lines().collect();
    if lines.first().map(|l| l.trim_end()) != Some("---") {
        return page.nothing(At::START, "a page begins with a line `---`, its title as `title: …`, and another line `---`");
    }
    let Some(end) = lines.iter().skip(1).position(|l| l.trim_end() == "---").map(|i| i + 1) else {
        return page.nothing(At::START, "the lines above the text end with a line `---`, which is missing");
    };
    let head = page.yaml(&lines[1..end].join("\n"), 2);
    let body = lines.into_iter().enumerate().skip(end + 1).map(|(i, line)| (i + 1, line)).collect();
    Some(Parts { head: head?, lines: body })
}

/// Lines as one text, without the empty ones around it; where it begins.
pub fn joined(lines: &[(usize, &str)]) -> (At, String) {
    let filled = |l: &&(usize, &str)| !l.1.trim().is_empty();
    let first = lines.iter().find(filled).or(lines.first()).map_or(1, |l| l.0);
    let text = lines.iter().map(|l| l.1.trim_end()).collect::<Vec<_>>().join("\n");
    (At::line(first), text.trim().to_owned())
}

/// Says where a text asks for what devices do not show yet.
pub fn plain(page: Page<'_>, lines: &[(usize, &str)]) -> bool {
    let mut good = true;
    let mut fenced = false;
    for (number, line) in lines {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if let Some(i) = line.find("![").filter(|_| !fenced) {
            let column = u32::try_from(line[..i].chars().count() + 1).unwrap_or(1);
            page.say(
                At { column, ..At::line(*number) },
                "a picture stands in a card of its own, `[image] NAME.jpg`, or beside a step; take this out here",
            );
            good = false;
        }
    }
    good
}

/// `01-welcome.ar.md` is `01-welcome` in `ar`; `01-welcome.md` is its source.
pub fn name_and_language(name: &str) -> Option<(&str, Option<&str>)> {
    let stem = name.strip_suffix(".md")?;
    Some(match stem.split_once('.') {
        Some((stem, tag)) => (stem, Some(tag)),
        None => (stem, None),
    })
}
