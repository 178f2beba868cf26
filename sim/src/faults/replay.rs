//! A server whose answers were taken down: what a phone asks at each point is the same, to the byte, up to where the
//! fault strikes, and what it asks after that finds no network.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use frontline_device::net::{Call, Failure, Heard, Post, Reply, ServerUrl, Transport};

/// Messages with their answers, in order.
#[derive(Debug, Default)]
pub struct Tape(Mutex<Vec<(String, Reply)>>);

impl Tape {
    fn heard(&self) -> std::sync::MutexGuard<'_, Vec<(String, Reply)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
    pub fn is_empty(&self) -> bool {
        self.heard().is_empty()
    }
}

fn name(post: &Post) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(post.path.as_bytes()).update(&post.body);
    hasher.finalize().to_hex().to_string()
}

/// Takes down what goes over `line`.
pub struct Recorder {
    pub line: Arc<dyn Transport>,
    pub tape: Arc<Tape>,
}

#[async_trait]
impl Transport for Recorder {
    async fn post(&self, server: &ServerUrl, post: Post) -> Result<Reply, Failure> {
        let asked = name(&post);
        let reply = self.line.post(server, post).await?;
        self.tape.heard().push((asked, reply.clone()));
        Ok(reply)
    }
    async fn call(&self, server: &ServerUrl, call: Call) -> Result<Heard, Failure> {
        self.line.call(server, call).await
    }
    async fn wait(&self, time: Duration) {
        self.line.wait(time).await;
    }
}

/// Answers from a tape; nothing passes on a network that has none.
#[derive(Default)]
pub struct Player {
    pub tape: Option<Arc<Tape>>,
}

#[async_trait]
impl Transport for Player {
    async fn post(&self, _server: &ServerUrl, post: Post) -> Result<Reply, Failure> {
        let asked = name(&post);
        let tape = self.tape.as_ref().map(|t| t.heard());
        let found = tape.as_ref().and_then(|t| t.iter().find(|(known, _)| *known == asked)).map(|(_, reply)| reply.clone());
        found.ok_or(Failure::NoNetwork)
    }
    async fn wait(&self, _time: Duration) {}
}
