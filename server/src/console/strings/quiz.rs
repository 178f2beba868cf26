//! What people learned.

use super::strings;

strings! {
    /// An assigned module and how people stand in its quiz.
    Quiz {
        passed_of = "{n} of {total} passed|{n} of {total} passed";
        lead = "A quiz counts as passed from {score} % of its points.";
        person = "Person";
        state = "State";
        best = "Best result";
        attempts = "Attempts";
        when = "Passed";
        passed = "Passed";
        failed = "Not passed";
        open = "Under way";
        not_begun = "Not begun";
        points = "{n} of {total} points";
        no_result = "None yet";
        beyond = "{n} beyond the limit, not counted|{n} beyond the limit, not counted";
        of_allowed = "{n} of {total}";
        nobody = "Nobody yet";
        nobody_text = "As soon as somebody has a role at the site, they stand here.";
        due = "Due";
        results = "Results";
    }
}
