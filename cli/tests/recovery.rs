//! What opens a store that lost its phone's key, and files of unsent work; and what does not.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod kit;

use kit::{Company, json, lines, out, refused, run, said};

const TAP: &str =
    "{\"do\":\"feedback.give\",\"touchpoint\":\"harbour-front-desk\",\"score\":2,\"comment\":\"We waited for a long time\"}\n";

#[test]
fn a_file_of_unsent_work_opens_for_the_organisation_alone_and_brings_what_customers_said() {
    let company = Company::new();
    let phone = company.phone("phone", "ben-okafor");
    lines(&phone, TAP);
    let file = company.at("unsent.frontline");
    out(&["device", "export", "--data", &phone, "--out", &file]);
    let bytes = std::fs::read(&file).unwrap();
    let holds = |what: &[u8]| bytes.windows(what.len()).any(|w| w == what);
    assert!(!holds(b"harbour-front-desk") && !holds(b"entries"), "whoever carries it reads nothing of it");

    // The private half is taken away from the server: then it has to be named.
    let kept = company.at("kept.key");
    let taken = json(&["admin", "recovery", "--data", &company.server, "--take", &kept]);
    assert!(taken["private"].is_null() && taken["public"].as_str().unwrap().len() == 64, "{taken}");
    let (code, why) = refused(&["admin", "import", "--data", &company.server, &file]);
    assert!(code == 1 && why.contains("--recovery-key"), "{why}");
    let other = company.at("other.key");
    std::fs::write(&other, [7; 32]).unwrap();
    let (code, why) = refused(&["admin", "import", "--data", &company.server, &file, "--recovery-key", &other]);
    assert!(code == 1 && why.contains("another recovery key"), "{why}");
    let done = json(&["admin", "import", "--data", &company.server, &file, "--recovery-key", &kept]);
    assert_eq!((done["stored"].as_u64(), done["quarantined"].as_u64()), (Some(1), Some(0)), "{done}");

    // Another phone reads what the customer said: the keys came with the file.
    let manager = company.phone("manager", "ben-okafor");
    let list = json(&["device", "list", "feedback", "--data", &manager, "--json"]);
    assert_eq!(list["comment"], "We waited for a long time");
}

#[test]
fn a_store_without_its_key_opens_by_a_code_of_somebody_of_it_and_its_work_is_sent() {
    let company = Company::new();
    let phone = company.phone("phone", "ana-pereira");
    lines(&phone, TAP);
    let device = json(&["device", "status", "--data", &phone, "--json"])["device"].clone();
    std::fs::remove_file(format!("{phone}/key")).unwrap();
    let locked = lines(&phone, TAP);
    assert_eq!((&locked[0]["error"], &locked[0]["lock"]), (&"locked".into(), &"key".into()), "{locked:?}");
    let (status, why) = refused(&["device", "enrol", "--data", &phone, "--server", &company.serving.url, "--code", "AAAAA-AAAAA"]);
    assert!(status == 1 && why.contains("locked"), "{why}");
    let code = |person: &str| out(&["admin", "code", "--data", &company.server, "--site", "harbour", "--person", person]).trim().to_owned();
    let recover = |code: &str| run(&["device", "recover", "--data", &phone, "--server", &company.serving.url, "--code", code]);
    for wrong in ["AAAAA-AAAAA", &code("ben-okafor")] {
        let (status, why) = said(&recover(wrong));
        assert!(status == 1 && why.contains("enrolment code is not valid"), "{why}");
    }
    let done = recover(&code("ana-pereira"));
    let known: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap_or_else(|_| panic!("{done:?}"));
    assert_eq!(known["device"], device, "the same device goes on");
    let synced = json(&["device", "sync", "--data", &phone, "--json"]);
    assert_eq!((synced["stored"].as_u64(), synced["quarantined"].as_u64()), (Some(1), Some(0)), "{synced}");
}

#[test]
fn another_recovery_key_is_learned_at_a_sync_and_files_of_before_still_open() {
    let company = Company::new();
    let phone = company.phone("phone", "ben-okafor");
    lines(&phone, TAP);
    let before = company.at("before.frontline");
    out(&["device", "export", "--data", &phone, "--out", &before]);
    let first = json(&["admin", "recovery", "--data", &company.server]);
    let renewed = json(&["admin", "recovery", "--data", &company.server, "--renew"]);
    assert_ne!(first["public"], renewed["public"]);
    let done = json(&["admin", "import", "--data", &company.server, &before]);
    assert_eq!(done["stored"].as_u64(), Some(1), "{done}");

    // The phone hears of it, and nobody who has the old one opens what it writes or wraps from here on.
    out(&["device", "sync", "--data", &phone]);
    lines(&phone, TAP);
    let after = company.at("after.frontline");
    out(&["device", "export", "--data", &phone, "--out", &after]);
    let files = std::fs::read_dir(&company.server).unwrap().map(|one| one.unwrap().path());
    let named = |path: &std::path::Path| path.file_name().unwrap().to_string_lossy().into_owned();
    let old = files.into_iter().find(|path| named(path).starts_with("recovery-") && named(path).len() > 60).expect("kept");
    let (code, why) = refused(&["admin", "import", "--data", &company.server, &after, "--recovery-key", old.to_str().unwrap()]);
    assert!(code == 1 && why.contains("another recovery key"), "{why}");
    let done = json(&["admin", "import", "--data", &company.server, &after]);
    assert_eq!(done["stored"].as_u64(), Some(1), "{done}");
    std::fs::remove_file(old).unwrap();
    std::fs::remove_file(format!("{phone}/key")).unwrap();
    let code = out(&["admin", "code", "--data", &company.server, "--site", "harbour", "--person", "ben-okafor"]);
    out(&["device", "recover", "--data", &phone, "--server", &company.serving.url, "--code", code.trim()]);
}
