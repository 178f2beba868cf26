//! What a server's memory comes to under pressure: `cargo run -p frontline-server --example pressure`.
//! Starts a server in a process of its own for each kind of pressure, and prints its peak (VmHWM, Linux).

use std::io::BufRead;
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use ed25519_dalek::SigningKey;
use frontline_domain::{Epoch, Random};
use frontline_protocol::enrol::{Enrol, Enrolled};
use frontline_protocol::frame::{self, MEDIA_TYPE};
use frontline_protocol::limits;
use frontline_protocol::sign::Claim;
use frontline_protocol::sync::Request;
use frontline_server::admin::{self, Desk};
use frontline_server::system::{SystemClock, SystemRandom};
use frontline_server::{App, Options, Server};
use serde::Serialize;
use serde_bytes::ByteBuf;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

#[tokio::main]
async fn main() {
    if let Some(dir) = std::env::args().nth(1) {
        return serve(dir.into()).await;
    }
    for (name, pressure) in [
        ("nothing", Pressure::Nothing),
        ("500 connections with half a header", Pressure::HalfHeaders),
        ("500 strangers with 2 MiB bodies that do not end", Pressure::Strangers),
        ("200 enrolments that unpack to the limit", Pressure::Enrolments),
        ("64 exchanges of 1 MiB that unpack to the limit", Pressure::Packed),
        ("64 exchanges of a million empty offers", Pressure::Empty),
        ("one exchange of 1 MiB of offers", Pressure::Offers(1)),
        ("64 exchanges of 1 MiB of offers", Pressure::Offers(64)),
        ("256 exchanges of 1 MiB of offers", Pressure::Offers(256)),
    ] {
        let dir = tempfile::tempdir().expect("a directory");
        let mut phones = Phone::prepare(dir.path()).await;
        let (mut child, addr) = start(dir.path());
        for phone in &mut phones {
            phone.enrol(addr).await;
        }
        let answers = press(pressure, &phones, addr).await;
        println!("{name}: {} MB ({answers})", peak(&child) / 1_000);
        child.kill().expect("killed");
        child.wait().expect("ended");
    }
}

async fn serve(data: std::path::PathBuf) {
    let listen = SocketAddr::from(([127, 0, 0, 1], 0));
    let options = Options { data, listen, clock: Arc::new(SystemClock), random: Arc::new(SystemRandom), tls: None };
    let running = Server::start(options).await.expect("a server");
    println!("{}", running.addr);
    std::future::pending().await
}

fn start(dir: &std::path::Path) -> (Child, SocketAddr) {
    let program = std::env::current_exe().expect("this program");
    let mut child = Command::new(program).arg(dir).stdout(Stdio::piped()).spawn().expect("a server");
    let mut line = String::new();
    let out = child.stdout.take().expect("its output");
    std::io::BufReader::new(out).read_line(&mut line).expect("an address");
    (child, line.trim().parse().expect("an address"))
}

/// kB at the most so far.
fn peak(child: &Child) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).expect("Linux");
    let line = status.lines().find(|l| l.starts_with("VmHWM:")).expect("VmHWM");
    line.split_whitespace().nth(1).expect("a number").parse().expect("a number")
}

#[derive(Clone, Copy)]
enum Pressure {
    Nothing,
    HalfHeaders,
    Strangers,
    Enrolments,
    Packed,
    Empty,
    Offers(usize),
}

const PHONES: u8 = 64;

struct Phone {
    key: SigningKey,
    code: String,
    enrolled: Option<Enrolled>,
}

impl Phone {
    async fn prepare(dir: &std::path::Path) -> Vec<Self> {
        let app = App::open(dir, Arc::new(SystemClock), Arc::new(SystemRandom)).await.expect("a server");
        let made = admin::init(&app, "Harbour", "ana@harbour.example").await.expect("an organisation");
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples/harbour");
        let bundle = frontline_content::check(&folder).expect("the sample content");
        admin::content::apply(&app, made.org, &bundle, false, true).await.expect("published");
        let mut desk = Desk::open(&app, made.org).await.expect("a desk");
        let (site, person) = (desk.site("harbour").await.expect("a site").id, desk.person("ana-pereira").await.expect("Ana").id);
        let mut phones = Vec::new();
        for n in 0..PHONES {
            let code = desk.enrolment_code(site, person).await.expect("a code").code;
            phones.push(Self { key: SigningKey::from_bytes(&[n + 1; 32]), code, enrolled: None });
        }
        desk.close().await.expect("written");
        phones
    }
    async fn enrol(&mut self, addr: SocketAddr) {
        let key = self.key.verifying_key().to_bytes().into();
        let ask = Enrol { versions: (1, 1), code: self.code.clone(), key, model: "Test".into(), again: None };
        let answer = post(addr, "/v1/enrol", &frame::pack(&ask)).await;
        let body = answer.windows(4).position(|w| w == b"\r\n\r\n").expect("a body") + 4;
        self.enrolled = Some(frame::unpack("enrolled", &answer[body..]).expect("enrolled"));
    }
    fn sealed(&self, body: &[u8]) -> Vec<u8> {
        let enrolled = self.enrolled.as_ref().expect("enrolled");
        let nonce = enrolled.nonce.to_vec();
        let claim = Claim { org: enrolled.org, device: enrolled.device, epoch: Epoch(5), next_seq: 1, nonce };
        claim.seal(&self.key, "/v1/sync", body)
    }
}

async fn post(addr: SocketAddr, path: &str, body: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(addr).await.expect("a connection");
    let mut answer = Vec::new();
    let _ = stream.write_all(head(path, body.len()).as_bytes()).await;
    let _ = stream.write_all(body).await;
    let _ = stream.read_to_end(&mut answer).await;
    answer
}

fn head(path: &str, length: usize) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: {MEDIA_TYPE}\r\ncontent-length: {length}\r\n\r\n"
    )
}

fn noise(bytes: usize) -> Vec<u8> {
    let mut noise = vec![0; bytes];
    SystemRandom.fill(&mut noise);
    noise
}

fn request(offers: Vec<ByteBuf>) -> Request {
    Request {
        versions: (1, 1),
        contact: None,
        cursors: Vec::new(),
        offers,
        page_bytes: 1 << 20,
        stance: None,
        app: None,
        reader: None,
        keys: None,
    }
}

/// Bytes that are a message and have this size unpacked, nearly.
fn packed(message: &impl Serialize) -> Vec<u8> {
    frame::pack(message)
}

async fn press(pressure: Pressure, phones: &[Phone], addr: SocketAddr) -> String {
    let (many, path, body) = match pressure {
        Pressure::Nothing => (1, "/v1/sync", packed(&request(Vec::new()))),
        Pressure::HalfHeaders | Pressure::Strangers => {
            let mut open = Vec::new();
            for _ in 0..500 {
                let Ok(mut stream) = TcpStream::connect(addr).await else { continue };
                let _ = match pressure {
                    Pressure::HalfHeaders => stream.write_all(b"POST /v1/sync HTTP/1.1\r\nhost: ").await,
                    _ => {
                        let _ = stream.write_all(head("/v1/sync", limits::BODY).as_bytes()).await;
                        let rest = vec![1; limits::BODY - 1];
                        tokio::time::timeout(Duration::from_millis(500), stream.write_all(&rest)).await.unwrap_or(Ok(()))
                    }
                };
                open.push(stream);
            }
            tokio::time::sleep(Duration::from_secs(2)).await;
            return format!("{} connected", open.len());
        }
        Pressure::Enrolments => {
            let model = String::from_utf8(vec![b'a'; limits::MESSAGE - 200]).expect("text");
            let key = phones[0].key.verifying_key().to_bytes().into();
            (200, "/v1/enrol", packed(&Enrol { versions: (1, 1), code: "AAAAA-AAAAA".into(), key, model, again: None }))
        }
        // A quarter of it is noise, the rest presses well.
        Pressure::Packed => {
            let mut bytes = noise(1 << 20);
            bytes.resize(limits::MESSAGE - 200, 0);
            (64, "/v1/sync", packed(&request(vec![bytes.into()])))
        }
        Pressure::Empty => (64, "/v1/sync", packed(&request(vec![ByteBuf::new(); limits::MESSAGE - 200]))),
        Pressure::Offers(many) => {
            let offers = (0..4_096).map(|_| ByteBuf::from(noise(256))).collect();
            (many, "/v1/sync", packed(&request(offers)))
        }
    };
    let body = Arc::new(body);
    let tasks: Vec<_> = (0..many)
        .map(|n| {
            let body = if path == "/v1/sync" { phones[n % phones.len()].sealed(&body) } else { body.to_vec() };
            tokio::spawn(async move { post(addr, path, &body).await })
        })
        .collect();
    let mut statuses = std::collections::BTreeMap::<String, u32>::new();
    for task in tasks {
        let answer = task.await.expect("an answer");
        let status = String::from_utf8_lossy(&answer[..answer.len().min(12)]).replace("HTTP/1.1 ", "");
        *statuses.entry(if status.is_empty() { "none".into() } else { status }).or_default() += 1;
    }
    let said: Vec<String> = statuses.iter().map(|(status, n)| format!("{n} × {status}")).collect();
    format!("{} bytes each: {}", body.len(), said.join(", "))
}
