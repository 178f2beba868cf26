//! Runs in a terminal: looked for, and told change by change.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod kit;

use kit::{Company, lines, out, refused};
use serde_json::json;

#[test]
fn a_history_tells_answer_by_answer_who_changed_it_to_what_and_what_stands() {
    let company = Company::new();
    let (ana, ben) = (company.phone("ana", "ana-pereira"), company.phone("ben", "ben-okafor"));
    let begun = &lines(&ana, "{\"do\":\"procedures.start\",\"procedure\":\"fridge-log\"}\n")[0];
    let run = begun["id"].as_str().unwrap().to_owned();
    let answer = |item: &str, value: serde_json::Value| {
        json!({"do": "procedures.answer", "run": run, "item": item, "value": value}).to_string() + "\n"
    };
    lines(
        &ana,
        answer("milk-fridge", json!(3))
            + &answer("milk-fridge", json!(4.5))
            + &answer("note", json!("Door was open"))
            + &answer("note", json!("")),
    );
    let said = |phone: &str| lines(phone, "{\"do\":\"sync.now\"}\n");
    said(&ana);
    said(&ben);
    // Two who did not see each other.
    lines(&ana, answer("food-fridge", json!(2)));
    lines(&ben, answer("food-fridge", json!(5)));
    said(&ana);
    said(&ben);
    let told = out(&["device", "show", &run, "--data", &ben, "--history"]);
    let (_, history) = told.split_once("\nhistory:\n").expect("it comes last");
    let lines: Vec<&str> = history.lines().collect();
    assert_eq!(lines[0], "  milk-fridge (Milk fridge):");
    assert!(lines[1].ends_with("Ana Pereira answered 3; replaced") && lines[1].starts_with("    20"), "{history}");
    assert!(lines[2].ends_with("Ana Pereira answered 4.5; stands"), "{history}");
    assert_eq!(lines[3], "  food-fridge (Food fridge):");
    assert!(lines[4..6].iter().any(|l| l.ends_with("Ana Pereira answered 2; stands beside others")), "{history}");
    assert!(lines[4..6].iter().any(|l| l.ends_with("Ben Okafor answered 5; stands beside others")), "{history}");
    assert!(lines[7].ends_with("answered Door was open; replaced") && lines[8].ends_with("took the answer back; stands"), "{history}");

    let settle = json!({"do": "procedures.settle", "run": run, "item": "food-fridge", "pick": 5}).to_string() + "\n";
    kit::lines(&ben, settle);
    let told = out(&["device", "show", &run, "--data", &ben, "--history"]);
    assert!(
        told.contains("Ben Okafor settled what differed: 5; stands\n") && told.contains("Ana Pereira answered 2; replaced\n"),
        "{told}"
    );
    // Programs read the lines as they are, in the order of time.
    let raw = kit::json(&["device", "show", &run, "--data", &ben, "--history", "--json"]);
    assert_eq!((raw["history"].as_array().unwrap().len(), &raw["history"][6]["what"]), (7, &json!("settled")), "{raw}");
    assert!(!out(&["device", "show", &run, "--data", &ben]).contains("history"));
}

#[test]
fn runs_are_looked_for_in_a_terminal_a_page_at_a_time() {
    let company = Company::new();
    let phone = company.phone("ana", "ana-pereira");
    for procedure in ["fridge-log", "opening-checks", "fridge-log"] {
        lines(&phone, json!({"do": "procedures.start", "procedure": procedure}).to_string() + "\n");
    }
    let list = |words: &[&str]| kit::run(&[&["device", "list", "runs", "--data", &phone], words].concat());
    let rows = |words: &[&str]| String::from_utf8(list(words).stdout).unwrap().lines().count();
    assert_eq!((rows(&[]), rows(&["--search", "fri log"]), rows(&["--search", "per", "--procedure", "opening-checks"])), (3, 2, 1));
    assert_eq!((rows(&["--status", "open", "--site", "harbour"]), rows(&["--search", "fridge", "--count", "1"])), (3, 1));
    let (code, more) = kit::said(&list(&["--search", "fridge", "--count", "1"]));
    let next = more.split_once("there are more: --after ").expect("where it goes on").1.to_owned();
    assert_eq!((code, rows(&["--search", "fridge", "--count", "1", "--after", &next])), (0, 1));
    assert_eq!(String::from_utf8(list(&["--search", "zzz"]).stdout).unwrap().trim(), "nothing here yet");
    let (code, why) = refused(&["device", "list", "feedback", "--data", &phone, "--search", "x"]);
    assert!(code == 2 && why.contains("--search is for the list of runs, not for feedback"), "{why}");
    let (code, why) = refused(&["device", "list", "runs", "--data", &phone, "--status", "ready"]);
    assert!(code == 1 && why.contains("say open, submitted, signed-off, lapsed or withdrawn"), "{why}");
}
