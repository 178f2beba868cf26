//! What `serve` is told of its front.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod kit;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Stdio;

use kit::{out, program, refused};

#[test]
fn what_is_no_address_is_refused_in_words_before_anything_is_opened() {
    for (words, why) in [
        (["--public-url", "http://frontline.example"], "must begin with https://"),
        (["--public-url", "frontline.example"], "is not a URL"),
        (["--trusted-proxy", "proxy.example"], "neither an address such as 10.0.0.1 nor a network"),
        (["--trusted-proxy", "10.0.0.0/99"], "neither an address"),
    ] {
        let (code, said) = refused(&[&["serve", "--data", "nowhere"][..], &words].concat());
        assert!(code == 2 && said.contains(why), "{words:?}: {said}");
    }
}

#[test]
fn a_server_behind_a_proxy_starts_as_it_is_told_and_its_cookies_are_secure() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("server").display().to_string();
    out(&["admin", "init", "--data", &data, "--org", "Harbour", "--email", "ana@harbour.example"]);
    let words = ["serve", "--data", &data, "--listen", "127.0.0.1:0", "--trusted-proxy", "127.0.0.0/8", "--trusted-proxy", "::1"];
    let words = [&words[..], &["--public-url", "https://frontline.example"]].concat();
    let mut server = program(&words).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let addr = line.trim().strip_prefix("listening on http://").unwrap().to_owned();
    let asks = |client: &str| {
        let mut stream = TcpStream::connect(&addr).unwrap();
        write!(stream, "GET /sign-in HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-forwarded-for: {client}\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    let answer = asks("203.0.113.9");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let cookie = answer.lines().find(|l| l.starts_with("set-cookie: frontline-visit")).unwrap();
    assert!(cookie.contains("; Secure"), "people reach it over HTTPS: {cookie}");
    server.kill().unwrap();
    server.wait().unwrap();
}
