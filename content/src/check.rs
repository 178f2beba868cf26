//! From a folder to a bundle, or to every reason why not.

use std::collections::BTreeMap;
use std::path::Path;

use frontline_domain::Slug;
use frontline_domain::release::{Content, MAX_BYTES, Release};

use crate::bundle::{Bundle, Part};
use crate::finding::{At, Finding, Notes};
use crate::folder::{self, Folder};
use crate::read::assets::assets;
use crate::read::assignments::{Known, assignments};
use crate::read::lists::list;
use crate::read::markdown::name_and_language;
use crate::read::media;
use crate::read::modules::module;
use crate::read::names::Names;
use crate::read::notices::notice;
use crate::read::page::Page;
use crate::read::{organisation, people, procedures, reasons, surveys, touchpoints};
use frontline_domain::near::did_you_mean;

/// What may lie at the top of a folder.
const TOP: [&str; 15] = [
    "organisation.yaml",
    "sites.yaml",
    "people.csv",
    "touchpoints.yaml",
    "reasons.yaml",
    "assignments.yaml",
    "modules",
    "procedures",
    "surveys",
    "announcements",
    "knowledge",
    "lists",
    "media",
    "assets.yaml",
    "schedules.yaml",
];

/// Reads a folder of content. All findings come at once, by file, line and column.
pub fn check(dir: &Path) -> Result<Bundle, Vec<Finding>> {
    let notes = Notes::default();
    let folder = folder::read(dir, &notes);
    let bundle = if folder.files.is_empty() && folder.media.is_empty() && !notes.is_empty() { None } else { read(&folder, &notes) };
    match (bundle, notes.into_sorted()) {
        (Some(bundle), findings) if findings.is_empty() => Ok(bundle),
        (_, findings) => Err(findings),
    }
}

/// Reads the files of a folder that are in memory already.
pub fn read(folder: &Folder, notes: &Notes) -> Option<Bundle> {
    let names = Names::default();
    let mut page = Page { file: ".", notes, names: &names, languages: &[] };
    strays(page, folder);
    let (languages, organisation) = one(page, folder, "organisation.yaml", &[], organisation::organisation, true).unwrap_or_default();
    page.languages = &languages;
    let media = media::read(page, folder);
    let sites = one(page, folder, "sites.yaml", &[Part::Site], organisation::sites, true);
    let people = one(page, folder, "people.csv", &[Part::Person], people::people, false);
    let (mut releases, rows) = lists(page, folder);
    releases.extend(one(page, folder, "reasons.yaml", &[], |page, text| Some(reasons::reasons(page, text)), false).flatten());
    releases.extend(each(page, folder, Part::Survey, "surveys/", surveys::survey));
    let touchpoints = one(page, folder, "touchpoints.yaml", &[Part::Touchpoint], touchpoints::touchpoints, false);
    releases.extend(modules(page, folder));
    releases.extend(each(page, folder, Part::Procedure, "procedures/", procedures::procedure));
    releases.extend(notices(page, folder, Part::Announcement, "announcements/"));
    releases.extend(notices(page, folder, Part::Article, "knowledge/"));
    let assets = one(page, folder, "assets.yaml", &[], assets, false);
    let known = Known::of(sites.as_deref().unwrap_or_default(), people.as_deref().unwrap_or_default());
    let tasks = one(page, folder, "assignments.yaml", &[], |page, text| assignments(page, text, &known), false);
    names.join(notes);
    media::unshown(page);
    Some(Bundle {
        organisation: organisation?,
        sites: sites?,
        people: people.unwrap_or_default(),
        touchpoints: touchpoints.unwrap_or_default(),
        releases,
        assignments: tasks.unwrap_or_default(),
        rows,
        assets: assets.unwrap_or_default(),
        media,
    })
}

/// Reads one file. What it names is not doubted elsewhere if it can't be read.
fn one<T>(
    page: Page<'_>,
    folder: &Folder,
    name: &str,
    names: &[Part],
    read: impl FnOnce(Page<'_>, &str) -> Option<T>,
    need: bool,
) -> Option<T> {
    let own = page.of(name);
    let found = match folder.files.get(name) {
        Some(text) => read(own, text),
        None => {
            let there = folder.unread.iter().any(|path| path == name);
            if !there && !need {
                return None;
            }
            if !there {
                own.say(At::START, "this file is missing; a folder of content needs it");
            }
            None
        }
    };
    if found.is_none() {
        names.iter().for_each(|part| page.names.unreadable(*part));
    }
    found
}

/// Files below a folder, by their path within it.
fn below<'f>(folder: &'f Folder, prefix: &'f str) -> impl Iterator<Item = (&'f str, &'f str, &'f str)> {
    let all = folder.files.iter();
    all.filter_map(move |(path, text)| Some((path.strip_prefix(prefix)?, path.as_str(), text.as_str())))
}

/// A file that could not be read may have named what others refer to.
fn doubt(page: Page<'_>, folder: &Folder, part: Part, prefix: &str) {
    let top = prefix.trim_end_matches('/');
    if folder.unread.iter().any(|path| path == top || path.starts_with(prefix)) {
        page.names.unreadable(part);
    }
}

/// The slug that a file's name gives to its release.
fn named(page: Page<'_>, part: Part, name: &str) -> Option<Slug> {
    let slug = page.slug(At::START, name);
    match &slug {
        Some(slug) => drop(page.names.declare(page, At::START, part, slug)),
        None => page.names.unreadable(part),
    }
    slug
}

/// Reads each `SLUG.yaml` of a folder.
fn each(page: Page<'_>, folder: &Folder, part: Part, prefix: &str, read: impl Fn(Page<'_>, Slug, &str) -> Option<Release>) -> Vec<Release> {
    doubt(page, folder, part, prefix);
    let mut releases = Vec::new();
    for (name, path, text) in below(folder, prefix) {
        let own = page.of(path);
        let Some(stem) = name.strip_suffix(".yaml") else {
            own.say(At::START, format!("{prefix} holds files that end in .yaml, nothing else"));
            continue;
        };
        let Some(slug) = named(own, part, stem) else { continue };
        releases.extend(read(own, slug, text).filter(|r| fits(own, r)));
    }
    releases
}

/// Reads each `lists/SLUG.csv`: their heads, and their parts.
fn lists(page: Page<'_>, folder: &Folder) -> (Vec<Release>, Vec<Release>) {
    doubt(page, folder, Part::List, "lists/");
    let (mut heads, mut rows) = (Vec::new(), Vec::new());
    for (name, path, text) in below(folder, "lists/") {
        let own = page.of(path);
        let Some(stem) = name.strip_suffix(".csv") else {
            own.say(At::START, "lists/ holds files that end in .csv, nothing else");
            continue;
        };
        let Some(slug) = named(own, Part::List, stem) else { continue };
        let Some((head, parts)) = list(own, slug, text).filter(|(head, _)| fits(own, head)) else { continue };
        heads.push(head);
        rows.extend(parts);
    }
    (heads, rows)
}

fn modules(page: Page<'_>, folder: &Folder) -> Vec<Release> {
    doubt(page, folder, Part::Module, "modules/");
    let mut modules: BTreeMap<&str, BTreeMap<&str, (&str, &str)>> = BTreeMap::new();
    for (name, path, text) in below(folder, "modules/") {
        match name.split_once('/') {
            Some((module, name)) => drop(modules.entry(module).or_default().insert(name, (path, text))),
            None => page.of(path).say(At::START, "modules/ holds a folder for each module, with its module.yaml and lessons"),
        }
    }
    let mut releases = Vec::new();
    for (name, files) in modules {
        let place = files.values().next().map_or("modules", |f| f.0);
        let own = page.of(place);
        let Some(slug) = named(own, Part::Module, name) else { continue };
        let read = module(page, slug.clone(), &files);
        page.names.has_lessons(&slug, read.as_ref().and_then(lessons_of));
        releases.extend(read.filter(|r| fits(own, r)));
    }
    releases
}

/// The lessons of a module, with how many cards each has.
fn lessons_of(release: &Release) -> Option<BTreeMap<Slug, usize>> {
    let Content::Module(module) = &release.content else { return None };
    Some(module.lessons.iter().map(|lesson| (lesson.slug.clone(), lesson.cards.len())).collect())
}

fn notices(page: Page<'_>, folder: &Folder, part: Part, prefix: &str) -> Vec<Release> {
    let mut notices: BTreeMap<&str, BTreeMap<Option<&str>, (&str, &str)>> = BTreeMap::new();
    for (name, path, text) in below(folder, prefix) {
        match name_and_language(name) {
            Some((stem, tag)) => drop(notices.entry(stem).or_default().insert(tag, (path, text))),
            None => page.of(path).say(At::START, format!("{prefix} holds files that end in .md, nothing else")),
        }
    }
    let mut releases = Vec::new();
    for (stem, files) in notices {
        let own = page.of(files.values().next().map_or(prefix, |f| f.0));
        let Some(slug) = named(own, part, stem) else { continue };
        releases.extend(notice(page, part, slug, &files).filter(|r| fits(own, r)));
    }
    releases
}

fn fits(page: Page<'_>, release: &Release) -> bool {
    let bytes = release.encode().len();
    if bytes > MAX_BYTES {
        page.say(At::START, format!("this makes a release of {bytes} bytes; at most {MAX_BYTES} fit"));
    }
    bytes <= MAX_BYTES
}

/// Says what lies at the top and is not known: a folder with a slip in its name would go unread.
fn strays(page: Page<'_>, folder: &Folder) {
    let mut tops: Vec<&str> = folder.files.keys().map(|path| path.split('/').next().unwrap_or(path)).collect();
    tops.dedup();
    for top in tops {
        let own = page.of(top);
        match top {
            "schedules.yaml" => own.say(At::START, format!("{top} comes with a later version; take it out for now")),
            readme if readme.to_ascii_lowercase().starts_with("readme") => {}
            known if TOP.contains(&known) => {
                if folder.files.contains_key(known) != known.contains('.') {
                    own.say(
                        At::START,
                        if known.contains('.') { "this is a folder; a file is wanted" } else { "this is a file; a folder is wanted" },
                    );
                }
            }
            other => own
                .say(At::START, format!("content has no place for this{}; what it holds is in docs/content.md", did_you_mean(other, TOP))),
        }
    }
}
