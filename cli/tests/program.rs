//! The program as its users meet it: the commands of `docs/cli.md` in order, and what it says to wrong input.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod kit;

use kit::{Company, Serving, lines, out, refused, run};
use serde_json::Value;

#[test]
fn a_company_in_five_commands_and_work_carried_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let (server, phone, parcel) = (at("server"), at("phone"), at("unsent.frontline"));
    let made: Value =
        serde_json::from_str(&out(&["admin", "init", "--data", &server, "--org", "Harbour", "--email", "ana@harbour.example"])).unwrap();
    let serving = Serving::start(&server);
    let token = made["token"].as_str().unwrap();
    let pushed = out(&["content", "push", "samples/harbour", "--server", &serving.url, "--token", token]);
    assert!(pushed.contains("published: ") && !pushed.contains("would"), "{pushed}");
    let again = out(&["content", "diff", "samples/harbour", "--server", &serving.url, "--token", token]);
    assert!(again.starts_with("nothing to publish: 0 added, 0 changed, 0 withdrawn"), "{again}");
    let (code, why) = refused(&["content", "push", "samples/harbour", "--server", &serving.url, "--token", "wrong"]);
    assert!(code == 1 && !why.is_empty(), "{why}");

    let (code, why) = refused(&["device", "enrol", "--data", &phone, "--server", &serving.url, "--code", "AAAAA-AAAAA"]);
    assert!(code == 1 && why.contains("enrolment code is not valid"), "{why}");
    let code = out(&["admin", "code", "--data", &server, "--site", "harbour", "--person", "ana-pereira"]);
    out(&["device", "enrol", "--data", &phone, "--server", &serving.url, "--code", &code]);
    let (used, why) = refused(&["device", "enrol", "--data", &at("other"), "--server", &serving.url, "--code", &code]);
    assert!(used == 1 && why.contains("was used"), "{why}");

    let said = lines(
        &phone,
        "{\"do\":\"feedback.give\",\"touchpoint\":\"harbour-front-desk\",\"score\":5}\n{\"do\":\"feedback.give\",\"touchpoint\":\"harbour-front-desk\",\"score\":1}\n",
    );
    assert!(said.iter().all(|s| s["ok"] == true), "{said:?}");
    assert!(out(&["device", "export", "--data", &phone, "--out", &parcel]).starts_with("2 unsent"));
    let taken: Value = serde_json::from_str(&out(&["admin", "import", "--data", &server, &parcel])).unwrap();
    assert_eq!((taken["stored"].as_u64(), taken["quarantined"].as_u64()), (Some(2), Some(0)));
    out(&["device", "sync", "--data", &phone]);
    let status: Value = serde_json::from_str(&out(&["device", "status", "--data", &phone, "--json"])).unwrap();
    assert_eq!((status["unsent"].as_u64(), status["stored"].as_u64()), (Some(0), Some(2)), "{status}");
    for field in
        ["device", "epoch", "person", "server", "incarnation", "held", "quarantined", "last_contact", "reported_through", "clashes"]
    {
        assert!(!status[field].is_null(), "status has no {field}: {status}");
    }
    let row: Value =
        serde_json::from_str(out(&["device", "list", "feedback", "--data", &phone, "--json"]).lines().next().unwrap()).unwrap();
    assert!(row["id"].is_string() && row["state"] == "stored", "{row}");
    out(&["device", "rebuild", "--data", &phone]);
    out(&["device", "check", "--data", &phone]);

    let mut bytes = std::fs::read(&parcel).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&parcel, bytes).unwrap();
    let (code, why) = refused(&["admin", "import", "--data", &server, &parcel]);
    assert!(code == 1 && why.contains("was changed"), "{why}");
    let (code, why) = refused(&["admin", "code", "--data", &server, "--site", "nowhere", "--person", "ana-pereira"]);
    assert!(code == 1 && why.contains("no site ‘nowhere’") && why.contains("harbour"), "{why}");
    let (code, why) = refused(&["admin", "grant", "--data", &server, "--site", "harbour", "--person", "ana-pereira", "--role", "boss"]);
    assert!(code == 2 && why.contains("supervisor"), "{why}");
}

#[test]
fn wrong_lines_get_one_clear_answer_each_and_the_phone_goes_on() {
    let company = Company::new();
    let none = company.at("none");
    let (code, why) = refused(&["device", "status", "--data", &none]);
    assert!(code == 1 && why.contains("device enrol"), "{why}");
    let (code, why) = refused(&["device", "enrol", "--data", &none, "--server", "http://192.0.2.1", "--code", "X"]);
    assert!(code == 1 && why.contains("https"), "{why}");
    let dir = company.phone("phone", "ana-pereira");
    let said = lines(
        &dir,
        concat!(
            "not json\n[]\n{}\n{\"do\":\"dance\"}\n{\"do\":\"feedback.give\",\"touchpoint\":\"x\",\"score\":\"five\"}\n",
            "{\"do\":\"device.status\",\"loud\":true}\n{\"do\":\"device.list\",\"topic\":\"moon\"}\n{\"do\":\"device.status\"}\n"
        ),
    );
    assert_eq!(said.len(), 8);
    for (line, field) in said.iter().zip(["line", "line", "do", "do", "score", "loud", "topic"]) {
        assert_eq!((line["ok"].as_bool(), line["field"].as_str()), (Some(false), Some(field)), "{line}");
        assert!(line["message"].as_str().is_some_and(|m| !m.is_empty() && !m.contains("panicked")), "{line}");
    }
    assert_eq!(said[7]["ok"], true);
    let said = lines(&dir, b"\xff\n{\"do\":\"device.status\"}\n");
    assert_eq!((said[0]["ok"].as_bool(), said[1]["ok"].as_bool()), (Some(false), Some(true)), "{said:?}");
}

#[test]
fn wrong_use_has_exit_code_2_and_a_failure_1_each_with_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    for words in [
        vec![],
        vec!["fly"],
        vec!["serve"],
        vec!["bench", "nothing"],
        vec!["bench", "storm", "--devices", "0"],
        vec!["demo", "--devices", "1"],
        vec!["scenario", "run"],
    ] {
        assert_eq!(refused(&words).0, 2, "{words:?}");
    }
    std::fs::write(folder.path().join("full"), "x").unwrap();
    let (code, why) = refused(&["demo", "--exit", "--data", &folder.path().display().to_string()]);
    assert!(code == 2 && why.contains("not empty"), "{why}");
    let (code, why) = refused(&["serve", "--data", &at("none")]);
    assert!(code == 1 && why.contains("admin init"), "{why}");
    let (code, why) = refused(&["content", "push", "samples/harbour", "--server", "http://192.0.2.1", "--token", "t"]);
    assert!(code == 2 && why.contains("https"), "{why}");
    let (code, why) = refused(&["admin", "init", "--data", &at("s"), "--org", "X", "--email", "nobody"]);
    assert!(code == 1 && why.contains("e-mail address"), "{why}");

    std::fs::write(folder.path().join("story.yaml"), "name: x\npeople: { ana: { role: staff } }\nsteps:\n  - { wait: soon }\n").unwrap();
    let done = run(&["scenario", "run", &at("story.yaml")]);
    assert!(!done.status.success() && String::from_utf8_lossy(&done.stdout).contains("‘soon’ is not a duration"));
    std::fs::write(folder.path().join("broken.yaml"), "name: [\n").unwrap();
    let (code, why) = refused(&["scenario", "run", &at("broken.yaml")]);
    assert!(code == 1 && why.contains("broken.yaml"), "{why}");
    let done = run(&["content", "check", &at("none")]);
    assert_eq!(done.status.code(), Some(1));
}

#[test]
fn killed_phones_and_servers_lose_nothing_that_was_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let json = folder.path().join("kills.json").display().to_string();
    let said = out(&["kills", "--count", "3", "--seed", "1", "--json", &json]);
    assert!(said.starts_with("3 kills, ") && said.contains(" 0 lost"), "{said}");
    let figures: Value = serde_json::from_str(&std::fs::read_to_string(json).unwrap()).unwrap();
    assert_eq!((figures["servers"].as_u64(), figures["phones_syncing"].as_u64()), (Some(1), Some(1)));
    assert!(figures["acknowledged"].as_u64() > Some(20), "{figures}");
}

#[test]
fn phones_that_come_back_all_at_once_are_drained_without_an_error_and_all_is_stored() {
    let folder = tempfile::tempdir().unwrap();
    let json = folder.path().join("storm.json").display().to_string();
    out(&["bench", "storm", "--devices", "12", "--entries", "6", "--json", &json, "--", "--device-entries", "100"]);
    let figures: Value = serde_json::from_str(&std::fs::read_to_string(json).unwrap()).unwrap();
    let of = |name: &str| figures[name].as_f64().unwrap_or_else(|| panic!("{name} in {figures}"));
    assert_eq!((of("storm_stored"), of("storm_stored_percent"), of("storm_unanswered")), (72.0, 100.0, 0.0));
    assert!(of("storm_exchanges") >= 12.0 && of("storm_exchange_p99_ms") >= of("storm_exchange_p50_ms"));
}
