//! What the folder names, and what refers to it. References are joined after all files were read, so that
//! the order of files does not matter.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use frontline_domain::Slug;
use frontline_domain::media::Media;

use super::page::Page;
use crate::bundle::Part;
use crate::finding::{At, Notes};
use frontline_domain::near::did_you_mean;

#[derive(Debug, Default)]
pub struct Names {
    declared: RefCell<BTreeMap<(Part, Slug), (String, At)>>,
    wanted: RefCell<Vec<Wanted>>,
    unknown: RefCell<BTreeSet<Part>>,
    /// What forms may choose rows of each list by; none where its file does not say.
    columns: RefCell<BTreeMap<Slug, Option<Vec<Slug>>>>,
    /// How many cards each lesson of a module has; none where its files do not say.
    lessons: RefCell<BTreeMap<Slug, Option<BTreeMap<Slug, usize>>>>,
    /// The pictures and videos of `media/` by their names; none of what is there and can't be used.
    media: RefCell<BTreeMap<String, Option<Media>>>,
    /// Those that something shows.
    shown: RefCell<BTreeSet<String>>,
}

#[derive(Debug)]
struct Wanted {
    file: String,
    at: At,
    part: Part,
    slug: Slug,
}

impl Names {
    /// Keeps that `slug` names something, even if the rest of it can't be read: a reference to it is right.
    /// Says so if it is taken, and gives whether it was free.
    pub fn declare(&self, page: Page<'_>, at: At, part: Part, slug: &Slug) -> bool {
        let mut declared = self.declared.borrow_mut();
        if let Some((file, first)) = declared.get(&(part, slug.clone())) {
            let a = if part.name().starts_with(['a', 'o']) { "an" } else { "a" };
            page.say(at, format!("‘{slug}’ already names {a} {part}, at {file}:{}:{}; choose another slug", first.line, first.column));
            return false;
        }
        declared.insert((part, slug.clone()), (page.file.to_owned(), at));
        true
    }
    /// Keeps that something refers to `slug`.
    pub fn refer(&self, page: Page<'_>, at: At, part: Part, slug: &Slug) {
        self.wanted.borrow_mut().push(Wanted { file: page.file.to_owned(), at, part, slug: slug.clone() });
    }
    /// The file that names these can't be read: references to them are not doubted.
    pub fn unreadable(&self, part: Part) {
        self.unknown.borrow_mut().insert(part);
    }
    pub fn has_columns(&self, list: &Slug, columns: Option<Vec<Slug>>) {
        self.columns.borrow_mut().insert(list.clone(), columns);
    }
    /// The columns of a list, where its file says which.
    pub fn columns(&self, list: &Slug) -> Option<Vec<Slug>> {
        self.columns.borrow().get(list).cloned().flatten()
    }
    pub fn has_lessons(&self, module: &Slug, lessons: Option<BTreeMap<Slug, usize>>) {
        self.lessons.borrow_mut().insert(module.clone(), lessons);
    }
    /// The lessons of a module with how many cards each has, where its files say which.
    pub fn lessons(&self, module: &Slug) -> Option<BTreeMap<Slug, usize>> {
        self.lessons.borrow().get(module).cloned().flatten()
    }
    pub fn has_media(&self, name: &str, media: Option<Media>) {
        self.media.borrow_mut().insert(name.to_owned(), media);
    }
    /// What lies under a name in `media/`, and that something shows it; the inner none where it can't be used.
    pub fn media(&self, name: &str) -> Option<Option<Media>> {
        let found = self.media.borrow().get(name).cloned();
        if found.is_some() {
            self.shown.borrow_mut().insert(name.to_owned());
        }
        found
    }
    /// The names of `media/`; those that nothing shows.
    pub fn media_names(&self) -> Vec<String> {
        self.media.borrow().keys().cloned().collect()
    }
    pub fn unshown(&self) -> Vec<String> {
        let shown = self.shown.borrow();
        self.media.borrow().keys().filter(|name| !shown.contains(*name)).cloned().collect()
    }
    /// Says which references lead nowhere.
    pub fn join(&self, notes: &Notes) {
        let (declared, unknown) = (self.declared.borrow(), self.unknown.borrow());
        for want in self.wanted.borrow().iter() {
            if unknown.contains(&want.part) || declared.contains_key(&(want.part, want.slug.clone())) {
                continue;
            }
            let known = declared.keys().filter(|(part, _)| *part == want.part).map(|(_, slug)| slug.as_str());
            let near = did_you_mean(want.slug.as_str(), known);
            notes.say(&want.file, want.at, format!("there is no {} ‘{}’{near}", want.part, want.slug));
        }
    }
}

/// Slugs of one parent, each once.
#[derive(Debug, Default)]
pub struct Seen(BTreeMap<Slug, At>);

impl Seen {
    /// Whether `slug` is new here; says so if not.
    pub fn take(&mut self, page: Page<'_>, at: At, slug: &Slug, what: &str) -> bool {
        if let Some(first) = self.0.get(slug) {
            page.say(at, format!("{what} ‘{slug}’ is there already, at line {}; each is used once", first.line));
            return false;
        }
        self.0.insert(slug.clone(), at);
        true
    }
}
