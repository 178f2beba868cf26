//! The overview, one site, and the numbers that both show.

use super::strings;

strings! {
    /// Numbers and how complete they are.
    Numbers {
        devices = "Devices";
        reported = "{reported} of {expected} device has reported past {time}|{reported} of {expected} devices have reported past {time}";
        no_devices = "No device is in use here yet";
        waiting_for = "Not yet: {names}";
        waiting_more = "{names} and {n} more|{names} and {n} more";
        silent = "Silent for more than {days} days, not waited for: {names}";
        never = "No contact since enrolment, not waited for: {names}";
        complete = "Complete";
        provisional = "Provisional";
        runs = "Runs";
        open = "Open";
        past_due = "Past due";
        done = "Done";
        clashes = "Clashes";
        csat = "CSAT";
        satisfied = "{satisfied} of {answered} satisfied";
        too_few = "{n} answered so far, {least} needed";
        no_data = "No data";
        not_enough = "Not enough data";
        no_responses = "Nobody has answered in this period";
        interactions = "Interactions";
        handled = "handled";
        median = "Median {time}";
        no_median = "No handling time yet";
        abandoned = "{n} abandoned|{n} abandoned";
        still_open = "{n} still open|{n} still open";
        overlong = "{n} left running, not in the median|{n} left running, not in the median";
        percent = "{n} %";
        period = "Period";
        today = "Today";
        yesterday = "Yesterday";
        week = "7 days";
        month = "28 days";
        figures = "Figures";
    }
}
strings! {
    /// The overview.
    Sites {
        title = "Sites";
        lead = "{n} site, as far as its devices have reported|{n} sites, as far as their devices have reported";
        attention = "Needs somebody";
        clashes = "{n} clash to settle at {site}|{n} clashes to settle at {site}";
        past_due = "{n} run past due at {site}|{n} runs past due at {site}";
        not_begun = "{n} procedure past due and not begun at {site}|{n} procedures past due and not begun at {site}";
        quarantined = "{n} entry in quarantine|{n} entries in quarantine";
        calm = "Nothing needs you right now: no clash, nothing past due, nothing in quarantine.";
        empty = "No site yet";
        empty_text = "As soon as you are given a role at a site, it appears here.";
        local = "{time} local time";
    }
}
strings! {
    /// One site.
    Site {
        enrol = "Enrol a device";
        assign = "Assign";
        runs = "Runs";
        run = "Procedure";
        state = "State";
        started = "Started";
        changed = "Last answer";
        progress = "Answered";
        of = "{n} of {total}";
        no_runs = "No runs in this period";
        no_runs_text = "A run appears here when a phone that worked on it has been in contact.";
        more_runs = "The {n} most recent are shown.|The {n} most recent are shown.";
        devices = "Devices";
        last_contact = "Last contact {time}";
        never = "No contact yet";
        reported_through = "Reported through {time}";
        not_reported = "Has not reported anything yet";
        held = "{n} held|{n} held";
        quarantined = "{n} in quarantine|{n} in quarantine";
        revoked = "Revoked";
        is_silent = "Silent";
        is_new = "Not in use yet";
        up_to_date = "Up to date";
        behind = "Behind";
        no_devices = "No devices yet";
        no_devices_text = "Enrol the first one: the person scans a code with the app.";
        csat = "CSAT by touchpoint";
        touchpoint = "Touchpoint";
        score = "CSAT";
        responses = "Satisfied / answered";
        no_touchpoints = "No feedback in this period";
        no_touchpoints_text = "Responses appear here once a device that took them has been in contact.";
        comments = "Latest comments";
        interactions = "Interactions by reason";
        reason = "Reason";
        handled = "Handled";
        median = "Median";
        no_interactions = "No interactions in this period";
        no_interactions_text = "Contacts that staff log with customers are counted here by their reason.";
        assignments = "Assignments";
        due = "Due";
        everybody = "Everybody at the site";
        module = "Module";
        procedure = "Procedure";
        no_assignments = "Nothing is assigned";
        no_assignments_text = "Assign a module or a procedure to the site or to one person.";
        overdue = "Past due";
        not_begun = "Not begun";
        done = "Done";
        read_by = "Read by {done} of {n} person|Read by {done} of {n} people";
        read_by_nobody = "Nobody here has a role under which training is kept";
        cards = "{read} of {n} card|{read} of {n} cards";
        unknown_person = "Unknown person";
        score_of_five = "{n} of 5";
    }
}
