//! One run.

use super::strings;

strings! {
    /// One run.
    Run {
        progress = "{n} of {total} answered|{n} of {total} answered";
        open = "Open";
        submitted = "Submitted";
        signed_off = "Signed off";
        lapsed = "Sign-off lapsed";
        past_due = "Past due";
        clash = "Clash";
        clashes = "{n} clash|{n} clashes";
        clash_notice = "{n} item has different answers from people who had not seen each other's. Go to it|{n} items have different answers from people who had not seen each other's. Go to the first";
        due = "Due";
        started = "Started";
        people = "People";
        sign_off = "Sign-off";
        not_needed = "This procedure ends when it is submitted.";
        not_signed = "Nobody has signed it off yet.";
        not_submitted = "It has not been submitted yet.";
        submitted_by = "Submitted by {name}, {time}.";
        signed_by = "Signed off by {name}, {time}. It covers every answer below.";
        lapsed_by = "{name} signed it off, {time}. It has lapsed: the answers are no longer the ones that were signed.";
        lapsed_because = "Changed since";
        lapsed_change = "{item}: {value}, by {name}, {time}";
        lapsed_unseen = "The signed answers were not the ones on the server: another phone had answered, unseen by the person who signed.";
        returned_by = "Returned by {name}, {time}.";
        returned_because = "Reason: {reason}";
        clash_text = "Given without seeing each other. All {n} stand until one is picked on a device.|Given without seeing each other. All {n} stand until one is picked on a device.";
        not_answered = "Not answered";
        required = "Required";
        na = "Not applicable";
        na_because = "Not applicable: {reason}";
        yes = "Yes";
        no = "No";
        pass = "Pass";
        fail = "Fail";
        out_of = "{n} of {max}";
        out_of_band = "Outside {from} to {to}";
        settled = "settled a clash";
        instance = "{section} {n}";
        history = "History";
        earlier = "{n} earlier|{n} earlier";
        h_answered = "{name} answered {item}: {value}";
        h_settled = "{name} settled {item}: {value}";
        h_submitted = "{name} submitted the run";
        h_signed = "{name} signed the run off";
        h_returned = "{name} returned the run: {reason}";
        no_history = "Nothing has been answered yet";
    }
}
