//! The examples of docs/content.md, put into the files that their headings name, are one good folder.

use std::fs;
use std::path::Path;

use frontline_content::check;
use frontline_domain::media::clean::chunk;

fn png() -> Vec<u8> {
    let head = [&40u32.to_be_bytes()[..], &30u32.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
    [&b"\x89PNG\r\n\x1a\n"[..], &chunk(b"IHDR", &head), &chunk(b"IDAT", b"pixels"), &chunk(b"IEND", b"")].concat()
}

#[test]
fn the_examples_of_the_authors_page_check_clean() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/content.md")).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let mut count = 0;
    for part in page.split("\n### ").skip(1) {
        let (name, rest) = part.split_once('\n').unwrap();
        let example = rest.trim_start_matches('\n').lines().take_while(|l| l.is_empty() || l.starts_with("    "));
        let text: String = example.map(|l| format!("{}\n", l.get(4..).unwrap_or(""))).collect();
        let file = dir.path().join(name.trim());
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        // What no text can be shown as: a picture of one colour stands for it.
        if name.starts_with("media/") {
            fs::write(file, png()).unwrap()
        } else {
            fs::write(file, text).unwrap()
        }
        count += 1;
    }
    match check(dir.path()) {
        Ok(bundle) => println!("{count} examples: {}", bundle.counts()),
        Err(findings) => panic!("{}", findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")),
    }
    assert!(count >= 13);
}
