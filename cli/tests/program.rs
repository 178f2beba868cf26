//! The program as its users meet it: the commands of `docs/cli.md` in order, and what it says to wrong input.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

fn program(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_frontline"));
    command.args(words).current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()).env("FRONTLINE_LOG", "off");
    command
}
fn run(words: &[&str]) -> Output {
    program(words).output().unwrap()
}
fn out(words: &[&str]) -> String {
    let done = run(words);
    assert!(done.status.success(), "{words:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap().trim().to_owned()
}
/// The exit code and what standard error says.
fn refused(words: &[&str]) -> (i32, String) {
    let done = run(words);
    (done.status.code().unwrap(), String::from_utf8_lossy(&done.stderr).trim().to_owned())
}
fn lines(dir: &str, said: impl AsRef<[u8]>) -> Vec<Value> {
    let mut child = program(&["device", "do", "--data", dir]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(said.as_ref()).unwrap();
    let done = child.wait_with_output().unwrap();
    String::from_utf8(done.stdout).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

/// A server of the program, killed when dropped.
struct Serving {
    child: Child,
    url: String,
}
impl Serving {
    fn start(data: &str) -> Self {
        let mut child = program(&["serve", "--data", data, "--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).spawn().unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let url = first.trim().strip_prefix("listening on ").expect("it says where it listens").to_owned();
        Self { child, url }
    }
}
impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

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
    assert!(pushed.contains("added"), "{pushed}");
    let again = out(&["content", "diff", "samples/harbour", "--server", &serving.url, "--token", token]);
    assert!(again.contains("0 added, 0 changed, 0 withdrawn"), "{again}");
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
    assert!(code == 1 && (why.contains("signature") || why.contains("no file of unsent work")), "{why}");
    let (code, why) = refused(&["admin", "code", "--data", &server, "--site", "nowhere", "--person", "ana-pereira"]);
    assert!(code == 1 && why.contains("no site ‘nowhere’") && why.contains("harbour"), "{why}");
    let (code, why) = refused(&["admin", "grant", "--data", &server, "--site", "harbour", "--person", "ana-pereira", "--role", "boss"]);
    assert!(code == 2 && why.contains("supervisor"), "{why}");
}

#[test]
fn wrong_lines_get_one_clear_answer_each_and_the_phone_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("phone").display().to_string();
    let (code, why) = refused(&["device", "status", "--data", &dir]);
    assert!(code == 1 && why.contains("device enrol"), "{why}");
    let (code, why) = refused(&["device", "enrol", "--data", &dir, "--server", "http://192.0.2.1", "--code", "X"]);
    assert!(code == 1 && why.contains("https"), "{why}");
    let (code, _) = refused(&["device", "enrol", "--data", &dir, "--server", "http://127.0.0.1:9", "--code", "X"]);
    assert_eq!(code, 1);
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
    for words in [vec![], vec!["fly"], vec!["serve"], vec!["bench", "nothing"], vec!["demo", "--devices", "1"], vec!["scenario", "run"]] {
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
