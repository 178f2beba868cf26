//! A phone in a terminal: what it says to people, and what it leaves on the disk.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod kit;

use std::path::Path;
use std::process::Stdio;

use kit::{Company, json, lines, out, program, refused, run, said};

const TAP: &str = "{\"do\":\"feedback.give\",\"touchpoint\":\"harbour-front-desk\",\"score\":2}\n";

#[test]
fn a_revoked_phone_says_so_wherever_it_is_asked_and_keeps_its_work() {
    let company = Company::new();
    let phone = company.phone("phone", "ana-pereira");
    assert!(out(&["device", "status", "--data", &phone]).contains("\nblocked            no\n"));
    lines(&phone, TAP);
    let name = json(&["device", "status", "--data", &phone, "--json"])["name"].as_str().unwrap().to_owned();
    out(&["admin", "revoke", "--data", &company.server, "--device", &name]);
    // The first sync carries its work to the server, which sets it aside; the later ones are turned away.
    let first = run(&["device", "sync", "--data", &phone]);
    let figures = String::from_utf8_lossy(&first.stdout).into_owned();
    assert!(figures.contains("up 1 entry in ") && figures.contains("refused 1: The device was revoked"), "{figures}");
    for done in [first, run(&["device", "sync", "--data", &phone]), run(&["device", "sync", "--data", &phone, "--json"])] {
        let (code, why) = said(&done);
        assert!(code == 1 && why.contains("This device was revoked. What is unsent stays; ask a manager."), "{why}");
    }
    let status = out(&["device", "status", "--data", &phone]);
    assert!(status.contains("blocked            This device was revoked.") && status.contains(" Since 20"), "{status}");
    let status = json(&["device", "status", "--data", &phone, "--json"]);
    assert_eq!((&status["blocked"]["code"], status["quarantined"].as_u64()), (&"DEVICE_REVOKED".into(), Some(1)));
    // What it had received is gone with the right to it; whoever misses it is told why.
    let told = lines(&phone, format!("{TAP}{{\"do\":\"sync.now\"}}\n"));
    for line in &told {
        assert_eq!((&line["error"], &line["code"]), (&"unauthorized".into(), &"DEVICE_REVOKED".into()), "{line}");
    }

    let file = company.at("unsent.frontline");
    let done = run(&["device", "export", "--data", &phone, "--out", &file]);
    assert!(String::from_utf8_lossy(&done.stdout).starts_with("0 unsent entries, "), "{done:?}");
    let (code, hint) = said(&done);
    assert!(code == 0 && hint.contains("1 refused entry is not in the file") && hint.contains("device list quarantine"), "{hint}");
}

#[test]
fn times_are_dates_of_this_machine_with_how_long_ago_and_one_is_singular() {
    let company = Company::new();
    let phone = company.phone("phone", "ana-pereira");
    lines(&phone, TAP);
    let synced = out(&["device", "sync", "--data", &phone]);
    assert!(synced.starts_with("up 1 entry in ") && synced.lines().next().unwrap().ends_with(", 1 round trip"), "{synced}");
    let raw = json(&["device", "status", "--data", &phone, "--json"]);
    let status = out(&["device", "status", "--data", &phone]);
    let contact = status.lines().find(|l| l.starts_with("last contact ")).unwrap();
    assert!(contact.ends_with("(just now)") && !contact.contains(&raw["last_contact"].to_string()), "{contact}");
    // Five hours ahead of UTC, as this test's zone is.
    let hour = (raw["last_contact"].as_i64().unwrap() / 3_600_000 + 5) % 24;
    assert!(contact.contains(&format!(" {hour:02}:")), "{contact}");
    assert_eq!(raw["sync_sessions"].as_u64(), Some(2), "the one of the enrolment too: {raw}");
    assert!(status.contains("\nsyncs so far       2\n") && status.contains("\nsent so far        "), "{status}");
    let list = out(&["device", "list", "feedback", "--data", &phone]);
    assert!(list.contains(", at 20") && list.contains("(just now)") && list.contains("state stored"), "{list}");
    let id = list.split_whitespace().next().unwrap();
    let shown = out(&["device", "show", id, "--data", &phone]);
    assert!(shown.contains("\nat: 20") && shown.contains("\nscore: 2\n") && !shown.contains("at_ms"), "{shown}");
    assert!(out(&["device", "list", "sync", "--data", &phone]).contains("what feedback-given, at 20"));
}

#[test]
fn an_enrolment_that_fails_leaves_the_disk_as_it_was() {
    let company = Company::new();
    let enrol = |dir: &str, server: &str, code: &str| refused(&["device", "enrol", "--data", dir, "--server", server, "--code", code]);
    let deep = company.at("deep/er/phone");
    for (server, why) in [
        (company.serving.url.as_str(), "enrolment code is not valid"),
        ("http://127.0.0.1:9", "no network"),
        ("http://192.0.2.1", "https"),
        (&format!("{}/console", company.serving.url), "Something other than the server answered"),
    ] {
        let (code, said) = enrol(&deep, server, "AAAAA-AAAAA");
        assert!(code == 1 && said.contains(why), "{said}");
        assert!(!Path::new(&company.at("deep")).exists(), "{why}");
    }
    // A folder that was there stays, with what is not ours.
    let mine = company.at("mine");
    std::fs::create_dir(&mine).unwrap();
    std::fs::write(company.folder.path().join("mine/notes.txt"), "mine").unwrap();
    assert_eq!(enrol(&mine, &company.serving.url, "AAAAA-AAAAA").0, 1);
    let left: Vec<_> = std::fs::read_dir(&mine).unwrap().map(|f| f.unwrap().file_name()).collect();
    assert_eq!(left, ["notes.txt"]);
    // A phone that was there stays a phone.
    let phone = company.phone("phone", "ana-pereira");
    lines(&phone, TAP);
    assert_eq!(enrol(&phone, &company.serving.url, "AAAAA-AAAAA").0, 1);
    assert_eq!(json(&["device", "status", "--data", &phone, "--json"])["unsent"].as_u64(), Some(1));
}

#[test]
fn an_enrolment_whose_answer_got_lost_goes_on_with_the_same_code() {
    let company = Company::new();
    // Takes whatever is said to it and answers nothing.
    let deaf = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", deaf.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in deaf.incoming() {
            use std::io::Read;
            let _ = stream.and_then(|mut stream| stream.read(&mut [0; 512]));
        }
    });
    let (dir, code) = (company.at("phone"), company.code("ana-pereira"));
    let (exit, why) = refused(&["device", "enrol", "--data", &dir, "--server", &url, "--code", &code]);
    assert!(exit == 1 && why.contains("broke off") && why.contains("run the same line again"), "{why}");
    let key = std::fs::read(Path::new(&dir).join("key")).unwrap();
    out(&["device", "enrol", "--data", &dir, "--server", &company.serving.url, "--code", &code]);
    assert_eq!(std::fs::read(Path::new(&dir).join("key")).unwrap(), key);
}

#[test]
fn a_line_exports_into_the_phones_own_folder_and_nowhere_else() {
    let company = Company::new();
    let phone = company.phone("phone", "ana-pereira");
    lines(&phone, TAP);
    let outside = company.at("outside.frontline");
    std::fs::create_dir(company.folder.path().join("phone/sub")).unwrap();
    let names = [
        outside.as_str(),
        "../outside.frontline",
        "sub/x.frontline",
        "..",
        ".",
        "",
        "/",
        "store.db",
        "store.db-journal",
        "sub",
        "sub/../x.frontline",
    ];
    let said: String = names.map(|name| serde_json::json!({"do": "device.export", "file": name}).to_string() + "\n").concat();
    for (line, name) in lines(&phone, said).iter().zip(names) {
        assert_eq!((&line["ok"], &line["field"]), (&false.into(), &"file".into()), "{name}: {line}");
    }
    assert!(!Path::new(&outside).exists());
    let line = &lines(&phone, "{\"do\":\"device.export\",\"file\":\"unsent.frontline\"}\n")[0];
    assert_eq!((line["entries"].as_u64(), line["quarantined"].as_u64()), (Some(1), Some(0)), "{line}");
    assert!(company.folder.path().join("phone/unsent.frontline").exists());
    // Whoever types the command may name any place.
    assert!(out(&["device", "export", "--data", &phone, "--out", &outside]).starts_with("1 unsent entry, "));
}

#[cfg(unix)]
#[test]
fn a_demo_that_is_ended_in_the_middle_removes_its_folder() {
    for signal in ["-TERM", "-INT"] {
        let folder = tempfile::tempdir().unwrap();
        let mut child = program(&["demo", "--devices", "3", "--days", "30", "--listen", "127.0.0.1:0"])
            .env("TMPDIR", folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let has_begun = || {
            let dirs = std::fs::read_dir(folder.path()).unwrap();
            dirs.flatten().any(|dir| dir.path().join("phones/phone-01/store.db").exists())
        };
        while !has_begun() {
            assert!(child.try_wait().unwrap().is_none(), "it ended by itself");
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        assert!(std::process::Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
        let (code, why) = said(&child.wait_with_output().unwrap());
        assert!(code == 1 && why.contains("stopped before the end"), "{why}");
        let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|f| f.unwrap().file_name()).collect();
        assert!(left.is_empty(), "{signal}: {left:?}");
    }
}

#[test]
fn a_story_is_counted_in_the_right_number() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("one.yaml").display().to_string();
    std::fs::write(&file, "name: Waiting\npeople: { ana: { role: staff } }\nsteps:\n  - { wait: 1h }\n").unwrap();
    let told = out(&["scenario", "run", &file]);
    assert!(told.contains("ok      Waiting (1 step)") && told.contains("\n1 scenario, 1 step\n"), "{told}");
    let dirty = folder.path().join("\u{1b}[2Jcontent");
    std::fs::create_dir(&dirty).unwrap();
    std::fs::write(dirty.join("\u{1b}[2Jstray.yaml"), "").unwrap();
    let done = run(&["content", "check", &dirty.display().to_string()]);
    let findings = String::from_utf8_lossy(&done.stdout);
    assert!(findings.contains("\\u{1b}[2Jstray.yaml:1:1: ") && !findings.contains('\u{1b}'), "{findings}");
    let (code, why) = said(&done);
    assert!(code == 1 && why.contains("3 problems found") && !why.contains('\u{1b}'), "{why}");
}
