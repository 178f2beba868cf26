mod actions;
mod answers;
mod appended;
mod assets;
mod capture;
mod damage;
mod drafts;
mod evidence;
mod facts;
mod leave;
mod media;
mod parcel;
mod pin;
mod quiz;
mod recover;
mod rights;
mod runs;
mod signers;
mod spoken;
mod today;
mod upkeep;
mod withdrawn;
mod world;

use crate::Error;

/// The field and the rule of an error that says that something given is wrong.
fn invalid<T: std::fmt::Debug>(result: Result<T, Error>) -> (String, String) {
    match result {
        Err(Error::Invalid { field, rule, message }) => {
            assert!(message.len() > 10, "no sentence: {message}");
            (field, rule)
        }
        other => panic!("not invalid: {other:?}"),
    }
}

/// As [`invalid`], to compare with what is expected.
fn is_invalid<T: std::fmt::Debug>(result: Result<T, Error>, field: &str, rule: &str) {
    assert_eq!(invalid(result), (field.to_owned(), rule.to_owned()));
}
