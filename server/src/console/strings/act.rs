//! What a manager does: signing in, assigning, enrolling, letting in.

use super::strings;

strings! {
    /// Signing in.
    SignIn {
        title = "Sign in";
        lead = "The manager's console";
        email = "E-mail";
        password = "Password";
        submit = "Sign in";
        wrong = "The e-mail or the password is not right.";
        wait = "Too many attempts. Try again in {minutes} minute.|Too many attempts. Try again in {minutes} minutes.";
        missing = "Type your e-mail and your password.";
        signed_out = "You are signed out.";
        expired = "Your sign-in has ended. Sign in to go on.";
    }
}
strings! {
    /// Assigning.
    Assign {
        title = "Assign";
        lead = "Give a module or a procedure to everybody at a site, or to one person, with a date by which it is due. Devices show it at their next contact.";
        what = "What";
        what_help = "The version that is current on the day counts.";
        modules = "Modules";
        procedures = "Procedures";
        to = "Who";
        sites = "Everybody at a site";
        people = "One person";
        due = "Due";
        date = "Date";
        time = "Time";
        due_help = "In the time of the site, or of the person's site.";
        choose = "Choose";
        submit = "Assign";
        done = "Assigned: {what} to {who}, due {due} ({zone}).";
        see = "See the site";
        wrong_what = "Choose a module or a procedure.";
        wrong_to = "Choose a site or a person.";
        wrong_date = "Type a date such as 2026-05-31.";
        wrong_time = "Type a time such as 18:00.";
        past = "That is in the past: choose a later date or time.";
        skipped = "The clocks of {zone} skip this time: choose another one.";
        nothing = "Nothing is published yet";
        nothing_text = "Modules and procedures appear here once content has been pushed.";
        errors = "This can't be assigned yet:";
    }
}
strings! {
    /// Enrolling a device.
    Enrol {
        title = "Enrol a device";
        lead = "Choose who will use the device. You get a code that works once, for 15 minutes.";
        person = "Person";
        choose = "Choose";
        submit = "Make a code";
        wrong = "Choose a person of this site.";
        nobody = "Nobody works here yet";
        nobody_text = "People of this site appear here once they have been given a role at it.";
        code_for = "Code for {name}";
        code = "Code";
        qr = "QR code that opens the app with this enrolment code";
        expires = "Works once, until {time} ({zone}).";
        expired = "This code has expired. Make another one.";
        step_1 = "Open Frontline on the new device.";
        step_2 = "Choose Enrol and point the camera here, or type the code.";
        step_3 = "The device shows {name} and {site} when it is ready.";
        server = "Server";
        shown_once = "The code is shown this once. If it is lost, make another one.";
        another = "Make another code";
        copy = "Copy the code";
        copied = "Copied";
    }
}
strings! {
    /// Quarantine.
    Quarantine {
        title = "Quarantine";
        lead = "What the server could not take. Nothing here is counted or shown to anybody else until somebody lets it in.";
        entry = "Entry";
        reason = "Reason";
        who = "Who";
        site = "Site";
        when = "When";
        device = "Device";
        arrived_label = "Arrived";
        captured_label = "Captured";
        look = "Look and decide";
        empty = "Nothing is in quarantine";
        empty_text = "Everything that the devices have sent has been taken.";
        one = "Let in from quarantine?";
        one_text = "It will be stored as it was captured, counted in its site's figures, and sent to the devices that may read it. This can't be undone.";
        let_in = "Let it in";
        leave = "Leave it there";
        stored = "It was let in and stored.";
        remake = "What followed it was replaced meanwhile, so the device that captured it was asked to make it anew.";
        refused = "It could not be let in: {reason}";
        gone = "Somebody has dealt with it already.";
        unknown = "unknown";
        no_right = "Only a manager of the site or an administrator can let it in.";
        content = "Content";
        bytes = "{n} byte|{n} bytes";
        k_run_changed = "Answer in a procedure";
        k_run_submitted = "Submission of a run";
        k_signed_off = "Sign-off of a run";
        k_returned = "Return of a run";
        k_commented = "Comment";
        k_feedback = "Customer feedback";
        k_interaction = "Customer interaction";
        k_lesson = "Progress in a lesson";
    }
}
