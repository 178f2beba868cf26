//! An assigned module.

use askama::Template;

use super::{Bar, Chip, Frame, Stamp, Words};

#[derive(Template)]
#[template(path = "quiz.html")]
pub struct QuizPage {
    pub frame: Frame,
    pub title: Words,
    pub site_id: String,
    pub site: Words,
    pub zone: String,
    pub lead: String,
    pub due: Stamp,
    pub passed: String,
    pub bar: Bar,
    pub rows: Vec<ResultRow>,
}

pub struct ResultRow {
    pub name: String,
    pub chip: Chip,
    pub best: String,
    pub bar: Option<Bar>,
    pub attempts: String,
    pub beyond: Option<String>,
    pub passed: Option<Stamp>,
}
