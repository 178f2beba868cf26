//! What makes the product show itself: scenarios, the demo's fleet, invariants, benches. No rule of the
//! product lives here; everything goes through the same doors as a phone, a manager or an administrator.
//!
//! Where to start: [`verbs`] is a phone driven by JSON lines (the same that `frontline device do` speaks);
//! [`story`] plays scenarios with such phones against a real server over real HTTP; [`demo`] is two days of a
//! whole company; [`invariants`] is what must hold after any of them, over what phones [`acknowledged`];
//! [`fuzz`] is the simulator: a whole company in one thread, out of one seed; [`joint`] is five people on one run;
//! [`kills`] kills real processes; [`faults`] lets the disk fail at every operation, and [`damage`] spoils its files; [`picture`] makes photos; [`bench`] measures.

pub mod acknowledged;
pub mod bench;
pub mod damage;
pub mod demo;
pub mod faults;
pub mod film;
pub mod fuzz;
pub mod invariants;
pub mod joint;
pub mod kills;
pub mod phone;
pub mod picture;
pub mod proxy;
pub mod sound;
pub mod story;
pub mod time;
pub mod verbs;
pub mod world;
