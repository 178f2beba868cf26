//! One attempt: its bytes, and what has to be answered.

use std::net::SocketAddr;
use std::time::Duration;

use frontline_protocol::frame;
use frontline_protocol::give_back::Taken;
use frontline_protocol::sync::{Answer, Verdict};
use frontline_protocol::{Code, Refused};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::wire;

/// What has to be answered.
#[derive(Debug, Clone)]
pub enum Expected {
    /// The request as a whole is refused.
    Refused(u16, Code),
    /// The one offer is refused.
    Quarantined(Code),
    /// The one offer waits, and is not numbered.
    Held(Code),
    /// The receipt of what was there before.
    OldReceipt,
    /// Nothing is taken of the one page.
    Page(Code),
    /// A status, where the body is not ours.
    Status(u16),
}

pub struct Attempt {
    pub name: String,
    /// As it travels.
    pub request: Vec<u8>,
    pub expected: Expected,
}

impl Attempt {
    /// What is answered; none where the connection ends without.
    pub async fn send(&self, addr: SocketAddr) -> Option<(u16, Vec<u8>)> {
        let exchange = async {
            let (mut read, mut write) = TcpStream::connect(addr).await.ok()?.into_split();
            // Whoever sends too much is answered before the end of it.
            let request = self.request.clone();
            let sent = tokio::spawn(async move {
                let _ = write.write_all(&request).await;
                write
            });
            let answer = wire::answer(&mut read).await;
            sent.abort();
            answer
        };
        tokio::time::timeout(Duration::from_secs(30), exchange).await.ok()?
    }

    pub fn judge(&self, answer: Option<(u16, Vec<u8>)>) -> Result<(), String> {
        let (status, body) = answer.ok_or("no answer")?;
        let refused = || frame::unpack::<Refused>("refused", &body).map(|refused| refused.code);
        let verdicts = || {
            let answer = frame::unpack::<Answer>("an answer", &body).map_err(|_| format!("{status}, {:?}", refused()))?;
            Ok::<_, String>(answer.verdicts.into_iter().map(|judged| judged.verdict).collect::<Vec<_>>())
        };
        let is_so = match &self.expected {
            Expected::Status(expected) => return if status == *expected { Ok(()) } else { Err(format!("{status}")) },
            Expected::Refused(expected, code) => {
                let told = refused();
                return if status == *expected && told == Ok(*code) { Ok(()) } else { Err(format!("{status}, {told:?}")) };
            }
            Expected::Page(code) => {
                let taken = frame::unpack::<Taken>("what was taken", &body).map_err(|_| format!("{status}, {:?}", refused()))?;
                let pages: Vec<_> = taken.pages.iter().map(|page| (page.refused, page.stored)).collect();
                return if pages == [(Some(*code), 0)] { Ok(()) } else { Err(format!("{pages:?}")) };
            }
            Expected::Quarantined(code) => verdicts()? == [Verdict::Quarantined(*code)],
            Expected::Held(code) => verdicts()? == [Verdict::Held(*code)],
            Expected::OldReceipt => matches!(verdicts()?[..], [Verdict::Stored(_)]),
        };
        if is_so { Ok(()) } else { Err(format!("{:?}", verdicts()?)) }
    }
}

/// A request of HTTP/1.1.
pub fn http(method: &str, path: &str, headers: &[(&str, String)], body: &[u8]) -> Vec<u8> {
    let mut head = format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    [head.as_bytes(), body].concat()
}
