//! One person, and the forms about them.

use askama::Template;

use super::parts::*;

#[derive(Template)]
#[template(path = "person.html")]
pub struct PersonPage {
    pub frame: Frame,
    pub id: String,
    pub name: String,
    pub slug: String,
    pub language: String,
    pub zone: String,
    pub chip: Option<Chip>,
    /// Whether they may sign in to the console and with which address: for administrators alone.
    pub sign_in: Option<Option<String>>,
    pub roles: Vec<RoleRow>,
    pub devices: Vec<UsedDevice>,
    pub codes: Vec<Step>,
    pub assigned: Vec<OwnAssignment>,
    pub more_assigned: Option<String>,
    pub training: Vec<TrainingRow>,
    pub give: Option<GiveForm>,
    pub may_move: bool,
    pub assign: Option<String>,
    pub notice: Option<Notice>,
}

/// A role, held now or before.
pub struct RoleRow {
    pub role: &'static str,
    pub place: Words,
    pub from: Stamp,
    pub until: Option<Stamp>,
    /// Where it is ended, by those who may.
    pub end: Option<String>,
}

/// A device on which somebody may write.
pub struct UsedDevice {
    pub id: String,
    pub name: String,
    pub chip: Chip,
    pub enrolled: String,
}

/// Where to go on, and its words.
pub struct Step {
    pub href: String,
    pub words: String,
}

/// What is assigned to somebody, by themselves or with their site.
pub struct OwnAssignment {
    pub what: Words,
    pub href: String,
    pub kind: &'static str,
    pub to: Words,
    pub due: Stamp,
    pub chip: Option<Chip>,
}

/// How far somebody is with a module.
pub struct TrainingRow {
    pub title: Words,
    pub lessons: String,
    pub bar: Bar,
    pub last: Option<String>,
    pub quiz: Option<Chip>,
    pub points: Option<String>,
}

/// The form that gives a role.
pub struct GiveForm {
    pub roles: Vec<Choice>,
    pub places: Vec<Choice>,
    pub wrong: GiveWrong,
}

/// What was wrong with it.
#[derive(Debug, Default)]
pub struct GiveWrong {
    pub role: Option<&'static str>,
    pub place: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "person_new.html")]
pub struct NewPersonPage {
    pub frame: Frame,
    pub name: String,
    pub slug: String,
    pub languages: Vec<Choice>,
    pub roles: Vec<Choice>,
    pub places: Vec<Choice>,
    pub wrong: NewPersonWrong,
}

/// What was wrong with each field of the form.
#[derive(Debug, Default)]
pub struct NewPersonWrong {
    pub name: Option<&'static str>,
    pub slug: Option<&'static str>,
    pub language: Option<&'static str>,
    pub role: Option<&'static str>,
    pub place: Option<&'static str>,
}
impl NewPersonWrong {
    pub fn any(&self) -> bool {
        self.name.is_some() || self.slug.is_some() || self.language.is_some() || self.role.is_some() || self.place.is_some()
    }
}

#[derive(Template)]
#[template(path = "role_end.html")]
pub struct RoleEndPage {
    pub frame: Frame,
    pub id: String,
    pub grant: String,
    pub name: String,
    /// Whose role, which, where, since when.
    pub who: String,
    /// What ending it does.
    pub effects: Vec<&'static str>,
    pub since_help: String,
    pub date: String,
    pub time: String,
    pub wrong: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "person_move.html")]
pub struct MovePage {
    pub frame: Frame,
    pub id: String,
    pub name: String,
    pub from: Vec<Choice>,
    pub to: Vec<Choice>,
    pub wrong: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "person_password.html")]
pub struct PasswordPage {
    pub frame: Frame,
    pub id: String,
    pub name: String,
    pub heading: String,
    pub email: String,
    pub wrong: Option<&'static str>,
    /// Shown this once.
    pub made: Option<String>,
}
