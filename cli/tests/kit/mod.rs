//! The program as its users start it, and a small company to start it in.
#![allow(clippy::unwrap_used, dead_code, reason = "a test that cannot go on may panic; not every file needs all of it")]

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

pub fn program(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_frontline"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    // A zone of its own, so that local times can be told from UTC.
    command.args(words).current_dir(root).env("FRONTLINE_LOG", "off").env("TZ", "EAST-5");
    command
}
pub fn run(words: &[&str]) -> Output {
    program(words).output().unwrap()
}
pub fn out(words: &[&str]) -> String {
    let done = run(words);
    assert!(done.status.success(), "{words:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap().trim().to_owned()
}
pub fn json(words: &[&str]) -> Value {
    serde_json::from_str(&out(words)).unwrap()
}
/// The exit code and what standard error says.
pub fn refused(words: &[&str]) -> (i32, String) {
    said(&run(words))
}
pub fn said(done: &Output) -> (i32, String) {
    (done.status.code().unwrap(), String::from_utf8_lossy(&done.stderr).trim().to_owned())
}
pub fn lines(dir: &str, said: impl AsRef<[u8]>) -> Vec<Value> {
    let mut child = program(&["device", "do", "--data", dir]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(said.as_ref()).unwrap();
    let done = child.wait_with_output().unwrap();
    String::from_utf8(done.stdout).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

/// A server of the program, killed when dropped.
pub struct Serving {
    child: Child,
    pub url: String,
}
impl Serving {
    pub fn start(data: &str) -> Self {
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

/// A server with the sample company on it.
pub struct Company {
    pub folder: tempfile::TempDir,
    pub serving: Serving,
    pub server: String,
    pub made: Value,
}
impl Company {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let server = folder.path().join("server").display().to_string();
        let made = json(&["admin", "init", "--data", &server, "--org", "Harbour", "--email", "ana@harbour.example"]);
        let serving = Serving::start(&server);
        out(&["content", "push", "samples/harbour", "--server", &serving.url, "--token", made["token"].as_str().unwrap()]);
        Self { folder, serving, server, made }
    }
    pub fn at(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }
    pub fn code(&self, person: &str) -> String {
        out(&["admin", "code", "--data", &self.server, "--site", "harbour", "--person", person])
    }
    /// A phone that is enrolled and has synced.
    pub fn phone(&self, name: &str, person: &str) -> String {
        let dir = self.at(name);
        out(&["device", "enrol", "--data", &dir, "--server", &self.serving.url, "--code", &self.code(person)]);
        dir
    }
}

/// Runs a command of the program as somebody who may write nowhere, on a copy of `dir` that everybody may
/// read. (The superuser is kept from nothing: as one, the test becomes somebody else.)
#[cfg(unix)]
pub fn as_a_reader(dir: &Path, words: impl Fn(&str) -> Vec<String>) -> Output {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let outer = tempfile::tempdir().unwrap();
    let copy: PathBuf = outer.path().join("copy");
    std::fs::create_dir(&copy).unwrap();
    for file in std::fs::read_dir(dir).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), copy.join(file.file_name())).unwrap();
        std::fs::set_permissions(copy.join(file.file_name()), PermissionsExt::from_mode(0o444)).unwrap();
    }
    // The program lies in a folder that only its owner may enter, perhaps.
    let tool = outer.path().join("frontline");
    // Copied by a process of its own: a handle to write to, which a neighbour's child inherits while it starts, would
    // keep the copy from being run ("text file busy").
    assert!(Command::new("cp").arg(env!("CARGO_BIN_EXE_frontline")).arg(&tool).status().unwrap().success());
    for path in [outer.path(), copy.as_path(), tool.as_path()] {
        std::fs::set_permissions(path, PermissionsExt::from_mode(0o555)).unwrap();
    }
    let words = words(&copy.display().to_string());
    let mut command = Command::new(&tool);
    command.args(&words).env("FRONTLINE_LOG", "off").current_dir(outer.path());
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|about| std::os::unix::fs::MetadataExt::uid(&about) == 0);
    if is_root {
        command.uid(65_534).gid(65_534);
    }
    let done = command.output().unwrap();
    std::fs::set_permissions(outer.path(), PermissionsExt::from_mode(0o755)).unwrap();
    std::fs::set_permissions(&copy, PermissionsExt::from_mode(0o755)).unwrap();
    done
}
