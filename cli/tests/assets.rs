//! An asset in a terminal: shown by what its label says, and a run begun about it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod kit;

use std::process::Command;

use kit::{Company, json, out, refused};

#[test]
fn a_label_shows_its_asset_and_begins_a_run_about_it() {
    let company = Company::new();
    let content = company.at("content");
    assert!(Command::new("cp").args(["-r", "samples/harbour", &content]).current_dir("..").status().unwrap().success());
    let assets = "- slug: milk-fridge\n  site: harbour\n  name: Milk fridge\n  codes: [\"0012345678905\"]\n  procedures: [fridge-log]\n";
    std::fs::write(format!("{content}/assets.yaml"), assets).unwrap();
    let token = company.made["token"].as_str().unwrap();
    let pushed = out(&["content", "push", &content, "--server", &company.serving.url, "--token", token]);
    assert!(pushed.contains("+ asset milk-fridge: phones of its site show it after their next sync"), "{pushed}");
    let phone = company.phone("ana", "ana-pereira");
    let run = out(&["device", "start", "fridge-log", "--asset", "012345678905", "--data", &phone]);
    let shown = json(&["device", "asset", "milk-fridge", "--data", &phone, "--json"]);
    assert_eq!((shown["label"]["text"].as_str(), shown["runs"][0]["id"].as_str()), (Some("Milk fridge"), Some(run.as_str())));
    let told = out(&["device", "asset", "0012345678905", "--data", &phone]);
    assert!(told.contains("Milk fridge") && told.contains(&run), "{told}");
    assert!(out(&["device", "show", &run, "--data", &phone]).contains("about: Milk fridge"));
    assert!(out(&["device", "list", "runs", "--data", &phone]).contains("asset milk-fridge"));
    let (code, why) = refused(&["device", "start", "opening-checks", "--asset", "milk-fridge", "--data", &phone]);
    assert!(code == 1 && why.contains("opening-checks is not done about milk-fridge; what is, is fridge-log"), "{why}");
    let (code, why) = refused(&["device", "asset", "4006381333931", "--data", &phone]);
    assert!(code == 1 && why.contains("There is no asset whose label or name says ‘4006381333931’"), "{why}");
}
