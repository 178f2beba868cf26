//! What each page shows, as plain structs that its template renders: no rule and no query here or there.
//! The templates are in `server/templates`, one per page, with shared pieces in `parts.html`.

mod action;
mod assignment;
mod compare;
mod device;
mod draft;
mod figures;
mod list;
mod pages;
mod parts;
mod person;
mod picture;

mod release;
mod run;

pub use action::*;
pub use assignment::*;
pub use compare::*;
pub use device::*;
pub use draft::*;
pub use figures::*;
pub use list::*;
pub use pages::*;
pub use parts::*;
pub use person::*;
pub use picture::*;

pub use release::*;
pub use run::*;
