//! The real network of a phone; it knows how long was waited for it.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use frontline_device::net::{Failure, Http, Post, Reply, ServerUrl, Timeouts, Transport};

pub struct Line {
    http: Http,
    waited: Mutex<Duration>,
}

impl Line {
    pub fn new() -> Result<Self, String> {
        let http = Http::new(Timeouts::default(), None).map_err(|e| e.to_string())?;
        Ok(Self { http, waited: Mutex::default() })
    }
    /// How long the phone waited for answers since this was asked last.
    pub fn waited(&self) -> Duration {
        std::mem::take(&mut *self.waited.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[async_trait]
impl Transport for Line {
    async fn post(&self, server: &ServerUrl, post: Post) -> Result<Reply, Failure> {
        let start = Instant::now();
        let reply = self.http.post(server, post).await;
        *self.waited.lock().unwrap_or_else(PoisonError::into_inner) += start.elapsed();
        reply
    }
    async fn wait(&self, time: Duration) {
        self.http.wait(time).await;
    }
}
