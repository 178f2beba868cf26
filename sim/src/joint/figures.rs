//! What happened in a run that five people filled, counted; many runs are their sum.

use serde_json::{Value, json};

macro_rules! figures {
    ($($(#[$doc:meta])* $name:ident),*) => {
        /// Counted over one run, or many.
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        pub struct Figures { $($(#[$doc])* pub $name: u64),* }
        impl Figures {
            /// Adds another's.
            pub fn add(&mut self, other: &Figures) {
                $(self.$name += other.$name;)*
            }
            /// As one flat object.
            pub fn json(&self) -> Value {
                json!({ $(stringify!($name): self.$name),* })
            }
        }
    };
}

figures!(
    /// Answers, answers taken back, photos added and taken back, clashes settled.
    edits,
    /// Of them, made on a screen that showed an older state.
    on_old_screens,
    taken_back,
    repeats,
    photos,
    /// Notes beside answers.
    notes,
    settled,
    submitted,
    /// Signatures, and runs that all who were asked have signed at the end.
    signed_off,
    signed_by_all,
    returned,
    /// Answers that were refused on the phone because the run was signed off there.
    locked,
    /// Answers to what a signer is asked; and those that somebody tried to give who is not asked.
    of_signers,
    not_asked,
    messages,
    lost,
    twice,
    /// Messages that arrived after newer ones.
    late,
    /// Steps on which somebody was without a network.
    alone,
    /// At the server, until what they build on came.
    waited,
    /// Clashes that stood at the end, and their values.
    clashes,
    clash_values,
    /// Answers at the end to items that are not there.
    hidden,
    /// Runs whose sign-off covers other answers than those that stand at the end.
    lapsed
);
