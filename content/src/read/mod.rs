//! From the text of files to parts of a bundle, one file of the folder a module.
//!
//! Start at [`page`]: what is known while one file is read. A reader takes what it can, says everything that
//! is wrong, and returns `None` for what can't be used; so one run reports every problem of a folder.
//! [`fields`] reads a YAML map strictly; [`names`] joins references to what they name, after all files.

pub mod assets;
pub mod assignments;
pub mod cards;
pub mod csv_rows;
mod demands;
mod expressions;
pub mod fields;
pub mod form;
pub mod kind;
pub mod languages;
pub mod lists;
pub mod markdown;
pub mod media;
pub mod modules;
pub mod names;
pub mod notices;
pub mod organisation;
pub mod page;
pub mod people;
pub mod procedures;
pub mod quiz;
pub mod reasons;
mod references;
pub mod surveys;
pub mod text;
pub mod touchpoints;
