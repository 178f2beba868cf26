//! A server on a real socket over the data of a [`World`], and phones that speak to it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use frontline_protocol::frame::{self, MEDIA_TYPE};
use frontline_protocol::sync::{Answer, Request as Ask};
use frontline_server::{Front, Options, Running, Server};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::phone::Phone;
use crate::world::{Seeded, World};

/// A server beside the world's own, on the same data and by the same clock.
pub async fn serve(world: &World, front: Front) -> Running {
    let options = Options {
        data: world.dir().to_owned(),
        listen: "127.0.0.1:0".parse().unwrap(),
        clock: world.clock.clone(),
        random: Arc::new(Seeded(AtomicU64::new(1_000_000))),
        tls: None,
    };
    Server::start_with(options, front).await.unwrap()
}

/// A request as it travels: its head, its body.
pub fn request(phone: &Phone, ask: &Ask) -> (Vec<u8>, Vec<u8>) {
    let body = phone.sealed("/v1/sync", &frame::pack(ask));
    let head = format!(
        "POST /v1/sync HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: {MEDIA_TYPE}\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    (head.into_bytes(), body)
}

/// What comes until the connection ends: nothing, or a whole answer with its status.
pub async fn answer(stream: &mut (impl AsyncRead + Unpin)) -> Option<(u16, Vec<u8>)> {
    let mut all = Vec::new();
    let _ = stream.read_to_end(&mut all).await;
    let end = all.windows(4).position(|w| w == b"\r\n\r\n")? + 4;
    let head = String::from_utf8(all[..end].to_vec()).unwrap().to_lowercase();
    let length: usize = head.split("content-length: ").nth(1)?.lines().next()?.parse().unwrap();
    let status = head.split(' ').nth(1)?.parse().unwrap();
    (all.len() - end == length).then(|| (status, all.split_off(end)))
}

/// One exchange; none if it got no answer.
pub async fn sync(addr: SocketAddr, phone: &Phone, ask: &Ask) -> Option<Answer> {
    let mut stream = TcpStream::connect(addr).await.ok()?;
    let (head, body) = request(phone, ask);
    stream.write_all(&[head, body].concat()).await.ok()?;
    let (status, body) = answer(&mut stream).await?;
    assert_eq!(status, 200);
    Some(frame::unpack("an answer", &body).unwrap())
}
