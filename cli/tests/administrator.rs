//! What an administrator types, and what it says that it did.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod kit;

use kit::{Company, json, lines, out, refused, run};
use serde_json::{Value, json as value};

#[test]
fn roles_are_given_taken_and_moved_and_each_command_says_what_it_did() {
    let company = Company::new();
    let admin = |words: &[&str]| -> Value {
        let mut all = vec!["admin", words[0], "--data", &company.server];
        all.extend(&words[1..]);
        json(&all)
    };
    let ana = ["--person", "ana-pereira"];
    let granted = admin(&["grant", ana[0], ana[1], "--role", "technician", "--site", "marina"]);
    assert_eq!(
        (&granted["person"], &granted["role"], &granted["site"]),
        (&value!("ana-pereira"), &value!("technician"), &value!("marina"))
    );
    assert!(granted["from"].as_str().unwrap().ends_with("+05:00"), "{granted}");
    assert_eq!(admin(&["grant", ana[0], ana[1], "--role", "technician", "--site", "marina"]), granted, "twice is one grant");
    let moved = admin(&["move", ana[0], ana[1], "--from", "marina", "--to", "harbour"]);
    assert_eq!(moved, value!({"person": "ana-pereira", "from": "marina", "to": "harbour", "roles": ["technician"]}));
    let taken = admin(&["withdraw", ana[0], ana[1], "--role", "technician", "--site", "harbour"]);
    assert!(taken["until"].as_str().unwrap().ends_with("+05:00"), "{taken}");
    let again = refused(&["admin", "withdraw", "--data", &company.server, ana[0], ana[1], "--role", "technician", "--site", "harbour"]);
    assert!(again.0 == 1 && again.1.contains("does not hold"), "{again:?}");

    let phone = company.phone("phone", "ben-okafor");
    let status = json(&["device", "status", "--data", &phone, "--json"]);
    let revoked = admin(&["revoke", "--device", status["name"].as_str().unwrap()]);
    assert_eq!((&revoked["device"], &revoked["name"]), (&status["device"], &status["name"]));
    let known = admin(&["revoke", "--device", status["device"].as_str().unwrap()]);
    assert_eq!(known["revoked"], revoked["revoked"], "the first time stands");
}

#[test]
fn a_role_withdrawn_since_a_date_refuses_what_was_done_after_it() {
    let company = Company::new();
    let phone = company.phone("phone", "ana-pereira");
    // Work that was done with a right that turns out to have ended before.
    assert_eq!(lines(&phone, "{\"do\":\"feedback.give\",\"touchpoint\":\"harbour-front-desk\",\"score\":5}\n")[0]["ok"], true);
    let withdraw = |since: &str| {
        let role = ["--role", "staff", "--site", "harbour", "--since", since];
        run(&[&["admin", "withdraw", "--data", &company.server, "--person", "ana-pereira"][..], &role].concat())
    };
    for (since, why) in [("yesterday", "is no date"), ("2999-01-01", "lies ahead")] {
        let (code, said) = kit::said(&withdraw(since));
        assert!(code == 2 && said.contains("--since") && said.contains(why), "{said}");
    }
    let done = withdraw("2026-01-01");
    let said: Value = serde_json::from_slice(&done.stdout).unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&done.stderr)));
    // The role began after that day: it never was.
    assert!(said["until"].as_str().unwrap() > "2026-01-02", "{said}");
    let synced = json(&["device", "sync", "--data", &phone, "--json"]);
    assert_eq!((synced["stored"].as_u64(), synced["quarantined"].as_u64()), (Some(0), Some(1)), "{synced}");
    assert_eq!(synced["refused"][0]["code"], "NOT_PERMITTED");
}

#[test]
fn a_lost_password_and_a_leaked_token_are_replaced_beside_a_running_server() {
    let company = Company::new();
    let fresh = json(&["admin", "password", "--data", &company.server, "--email", "Ana@Harbour.example"]);
    assert_eq!(fresh["email"], "ana@harbour.example");
    assert!(fresh["password"].as_str().is_some_and(|p| p.len() > 20 && Some(p) != company.made["password"].as_str()), "{fresh}");
    let (code, why) = refused(&["admin", "password", "--data", &company.server, "--email", "nobody@harbour.example"]);
    assert!(code == 1 && why.contains("nobody signs in"), "{why}");

    let diff =
        |token: &str| run(&["content", "diff", "samples/harbour", "--server", &company.serving.url, "--token", token]).status.success();
    let second = json(&["admin", "token", "--data", &company.server, "--name", "deploys", "--role", "author"]);
    assert_eq!((&second["name"], &second["role"], &second["withdrawn"]), (&value!("deploys"), &value!("author"), &value!(0)));
    assert!(diff(second["token"].as_str().unwrap()) && diff(company.made["token"].as_str().unwrap()));
    let third = json(&["admin", "token", "--data", &company.server, "--withdraw-others"]);
    assert_eq!((&third["role"], &third["withdrawn"]), (&value!("admin"), &value!(2)));
    assert!(diff(third["token"].as_str().unwrap()));
    assert!(!diff(second["token"].as_str().unwrap()) && !diff(company.made["token"].as_str().unwrap()));
    let (code, why) = refused(&["admin", "token", "--data", &company.server, "--role", "boss"]);
    assert!(code == 2 && why.contains("author"), "{why}");
}

#[test]
fn a_push_says_what_it_would_do_and_then_what_it_did() {
    let company = Company::new();
    let copy = company.folder.path().join("content");
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("samples/harbour");
    assert!(std::process::Command::new("cp").arg("-r").arg(sample).arg(&copy).status().unwrap().success());
    std::fs::write(copy.join("announcements/quiet.md"), "---\ntitle: Quiet hours\n---\nPlease be quiet after ten.\n").unwrap();
    let folder = copy.display().to_string();
    let token = company.made["token"].as_str().unwrap();
    let content = |verb: &str| out(&["content", verb, &folder, "--server", &company.serving.url, "--token", token]);
    let would = content("diff");
    assert!(would.contains("\nwould publish: 1 added, 0 changed"), "{would}");
    assert_eq!(content("diff"), would, "nothing was done");
    let did = content("push");
    assert!(did.contains("\npublished: 1 added, 0 changed"), "{did}");
    assert!(content("diff").starts_with("nothing to publish: 0 added"));

    // Kept as a draft, it is published by nobody: the next push still has it to do.
    let log = copy.join("procedures/fridge-log.yaml");
    let words = std::fs::read_to_string(&log).unwrap();
    std::fs::write(&log, words.replacen("sections:", "sign_off: manager\nsections:", 1)).unwrap();
    let push = |more: &[&'static str]| [&["content", "push", &folder, "--server", &company.serving.url, "--token", token], more].concat();
    let kept = out(&push(&["--draft", "--only", "fridge-log"]));
    assert!(kept.contains("~ procedure fridge-log: nobody has it yet") && kept.contains("signed off by: manager, before nobody"), "{kept}");
    assert!(kept.ends_with("kept as drafts: 0 added, 1 changed, 0 withdrawn, 0 unchanged"), "{kept}");
    assert!(content("diff").contains("would publish: 0 added, 1 changed"));
    let (code, why) = refused(&push(&["--draft", "--only", "no-such"]));
    assert!(code == 1 && why.contains("there is no procedure ‘no-such’ in the folder"), "{why}");
    let (code, why) = refused(&push(&["--only", "fridge-log"]));
    assert!(code == 2 && why.contains("--draft"), "{why}");
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_to_gets_a_sentence_from_every_command() {
    let company = Company::new();
    let phone = company.phone("phone", "ben-okafor");
    let Company { folder, serving, server, .. } = company;
    drop(serving);
    let words = |line: &str| {
        let line = line.to_owned();
        move |data: &str| line.replace("DATA", data).split(' ').map(str::to_owned).collect()
    };
    for (of, line) in [
        (&server, "serve --data DATA --listen 127.0.0.1:0"),
        (&server, "admin code --data DATA --site harbour --person ben-okafor"),
        (&phone, "device status --data DATA"),
        (&phone, "device do --data DATA"),
        (&phone, "device sync --data DATA"),
    ] {
        let (code, why) = kit::said(&kit::as_a_reader(std::path::Path::new(of), words(line)));
        assert!(code == 1 && why.contains("may not be written to") && !why.contains("Something went wrong"), "{line}: {why}");
    }
    drop(folder);
}
