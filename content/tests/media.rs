//! Pictures and videos of a folder: known by their bytes, cleaned, named by what shows them, and each slip said once.

mod kit;

use std::fs;

use frontline_content::{Bundle, Finding, check, diff, media_lines};
use frontline_domain::form::Reference;
use frontline_domain::media::clean::chunk;
use frontline_domain::release::{Card, Content, Release};

const STEP: &str = "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: lights\n        kind: pass-fail\n        label: Lights\n        reference: ";
const CARD: &str = "---\ntitle: Leaves\n---\n[image] shelf.png\nGreen left, black right.\n---\nBlack.\n";

/// Files of the folder `media`, by name.
type Files<'a> = Vec<(&'a str, Vec<u8>)>;

fn png(width: u32, more: &[u8]) -> Vec<u8> {
    let head = [&width.to_be_bytes()[..], &30u32.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
    [&b"\x89PNG\r\n\x1a\n"[..], &chunk(b"IHDR", &head), more, &chunk(b"IDAT", b"pixels"), &chunk(b"IEND", b"")].concat()
}

fn checked(changes: &[(&str, &str)], media: &[(&str, Vec<u8>)]) -> Result<Bundle, Vec<String>> {
    let dir = kit::folder(changes);
    for (name, bytes) in media {
        let file = dir.path().join("media").join(name);
        fs::create_dir_all(file.parent().expect("a folder")).expect("it is there");
        fs::write(file, bytes).expect("it is there");
    }
    check(dir.path()).map_err(|all| all.iter().map(Finding::to_string).collect())
}

fn step(reference: &str) -> String {
    format!("{STEP}{reference}\n")
}

fn release<'b>(bundle: &'b Bundle, kind: &str) -> &'b Release {
    bundle.releases.iter().find(|r| r.kind() == kind).expect("it is there")
}

#[test]
fn a_picture_beside_a_step_and_on_a_card_is_named_by_the_hash_of_what_is_left_of_it() {
    let told = png(40, &chunk(b"tEXt", b"Author\0somebody"));
    let procedure = step("{ picture: shelf.png, alt: { en: Two rows, ar: صفّان } }");
    let files = [("procedures/opening.yaml", procedure.as_str()), ("modules/tea/01-leaves.md", CARD)];
    let bundle = checked(&files, &[("shelf.png", told)]).unwrap();
    let [file] = bundle.media.as_slice() else { panic!("{:?}", bundle.media) };
    assert_eq!((&file.content[..], file.name.as_str()), (&png(40, &[])[..], "shelf.png"));
    let Content::Procedure(opening) = &release(&bundle, "procedure").content else { panic!() };
    let Some(Reference::Picture { picture, alt }) = &opening.form.items().next().unwrap().reference else { panic!() };
    assert_eq!((picture.blob, picture.width, picture.height, alt.by.iter().count()), (file.blob, 40, 30, 2));
    let Content::Module(tea) = &release(&bundle, "module").content else { panic!() };
    assert!(matches!(&tea.lessons[0].cards[0], Card::Image { picture, .. } if picture.blob == file.blob));
    // What travels is the bundle, and the bytes by themselves.
    let travelled = Bundle::decode(&bundle.encode()).unwrap();
    assert_eq!(travelled.releases, bundle.releases);
    assert!(travelled.media[0].content.is_empty() && travelled.verify().is_ok());
}

#[test]
fn a_new_version_with_another_picture_says_where_it_stands() {
    let of = |name: &str, width| {
        let procedure = step(&format!("{{ picture: {name}, alt: Two rows }}"));
        checked(&[("procedures/opening.yaml", procedure.as_str())], &[(name, png(width, &[]))]).unwrap()
    };
    let (old, new) = (of("shelf.png", 40), of("shelf.png", 41));
    assert_eq!(media_lines(release(&old, "procedure"), release(&new, "procedure")), ["another picture or video: beside lights"]);
    assert_eq!(media_lines(release(&old, "procedure"), release(&old, "procedure")), [] as [&str; 0]);
    let none = kit::bundle(&[]);
    assert_eq!(media_lines(release(&none, "procedure"), release(&new, "procedure")), ["a new picture or video: beside lights"]);
    assert_eq!(media_lines(release(&new, "procedure"), release(&none, "procedure")), ["no picture or video any more: beside lights"]);
    // The name of a file is the author's own: another name for the same bytes changes nothing.
    let renamed = of("wall.png", 40);
    assert_eq!(release(&renamed, "procedure"), release(&old, "procedure"));
    assert!(!diff(&[], &new).is_empty());
}

#[test]
fn each_slip_has_one_sentence_at_its_place() {
    let good = || vec![("shelf.png", png(40, &[]))];
    let shown = step("{ picture: shelf.png, alt: Two rows }");
    let cases: Vec<(String, Files<'_>, &str)> = vec![
        (step("{ picture: shelf.png }"), good(), "procedures/opening.yaml:9:20: a reference needs ‘alt’"),
        (
            step("{ picture: shelves.png, alt: Two rows }"),
            good(),
            "procedures/opening.yaml:9:31: there is no file media/‘shelves.png’ (did you mean ‘shelf.png’?)",
        ),
        (
            step("{ picture: Shelf.PNG, alt: Two rows }"),
            good(),
            "procedures/opening.yaml:9:31: the file is called ‘shelf.png’, not ‘Shelf.PNG’; large and small letters differ",
        ),
        (
            step("{ video: shelf.png, alt: Two rows }"),
            good(),
            "procedures/opening.yaml:9:29: ‘shelf.png’ is a picture, and a video is shown here",
        ),
        (shown.clone(), vec![], "procedures/opening.yaml:9:31: there is no file media/‘shelf.png’"),
        (
            shown.clone(),
            [good(), vec![("wall.png", png(50, &[]))]].concat(),
            "media/wall.png:1:1: nothing of this folder shows this file; name it beside a step or in a card, or take it out",
        ),
        (
            shown.clone(),
            vec![("shelf.png", png(4_097, &[]))],
            "media/shelf.png:1:1: no side of a picture has more than 4096 pixels; this one is 4097 by 30",
        ),
        (
            shown.clone(),
            vec![("shelf.png", [png(40, &[]), vec![0; 5 << 20]].concat())],
            "media/shelf.png:1:1: a picture has at most 5 MiB; this one has 5242943 bytes",
        ),
        (
            shown.clone(),
            vec![("shelf.png", png(40, &[])[..60].to_vec())],
            "media/shelf.png:1:1: this file is damaged or cut off: it ends before the picture or video does",
        ),
        (
            shown.clone(),
            vec![("shelf.png", b"GIF89a".to_vec())],
            "media/shelf.png:1:1: this is a GIF file, which not every phone and browser shows; save it as a JPEG or PNG picture, or an MP4 video",
        ),
        (
            step("{ picture: shelf.jpg, alt: Two rows }"),
            vec![("shelf.jpg", png(40, &[]))],
            "media/shelf.jpg:1:1: this is a file of image/png; call it shelf.png",
        ),
        (
            shown.clone(),
            [good(), vec![("My Wall.png", png(50, &[]))]].concat(),
            "media/My Wall.png:1:1: a file of media/ is called by a name of a-z, 0-9 and single hyphens, and .jpg, .png or .mp4, such as fridge-door.jpg",
        ),
        (
            shown.clone(),
            [good(), vec![("walls/wall.png", png(50, &[]))]].concat(),
            "media/walls/wall.png:1:1: media/ holds files and no folders; move this file up",
        ),
    ];
    for (procedure, media, want) in cases {
        let found = checked(&[("procedures/opening.yaml", procedure.as_str())], &media).unwrap_err();
        assert_eq!(found, [want]);
    }
}

#[test]
fn a_card_of_a_picture_has_words_and_the_same_file_in_all_languages() {
    let two = || vec![("shelf.png", png(40, &[])), ("wall.png", png(50, &[]))];
    let one = || vec![("shelf.png", png(40, &[]))];
    let cases = [
        (
            "[image] shelf.png\n",
            "",
            one(),
            "01-leaves.md:4:1: below [image] stands, in words, what is to be seen: for whoever does not see it",
        ),
        ("[image]\nTwo rows\n", "", vec![], "01-leaves.md:4:1: behind [image] stands the name of a file in media/, such as fridge.jpg"),
        ("[video] shelf.png\nTwo rows\n", "", one(), "01-leaves.md:4:1: ‘shelf.png’ is a picture, and a video is shown here"),
        (
            "[image] shelf.png\nTwo rows\n",
            "[image] wall.png\nصفّان\n",
            two(),
            "01-leaves.ar.md:4:1: card 1 shows another file than 01-leaves.md does; all languages show the same one",
        ),
        ("[image] shelf.png\nTwo rows\n", "صفّان\n", one(), "01-leaves.ar.md:4:1: card 1 is of kind text, where 01-leaves.md has image"),
    ];
    for (source, translation, media, want) in cases {
        let source = format!("---\ntitle: Leaves\n---\n{source}");
        let other = format!("---\ntitle: أوراق\n---\n{translation}");
        let mut files = vec![("modules/tea/01-leaves.md", source.as_str())];
        if !translation.is_empty() {
            files.push(("modules/tea/01-leaves.ar.md", &other));
        }
        assert_eq!(checked(&files, &media).unwrap_err(), [format!("modules/tea/{want}")]);
    }
}
