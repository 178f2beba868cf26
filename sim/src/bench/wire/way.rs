//! The real network of a phone, led to wherever the server is by now.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use frontline_device::net::{Failure, Http, Post, Reply, ServerUrl, Timeouts, Transport};

use super::words;

pub struct Way {
    http: Http,
    target: Mutex<Option<ServerUrl>>,
}

impl Way {
    pub fn new() -> Result<Self, String> {
        Ok(Self { http: Http::new(Timeouts::default(), None).map_err(words)?, target: Mutex::new(None) })
    }
    /// From now on everything goes there.
    pub fn lead_to(&self, url: &str) -> Result<(), String> {
        let url = url.parse().map_err(words)?;
        *self.target.lock().unwrap_or_else(PoisonError::into_inner) = Some(url);
        Ok(())
    }
}

#[async_trait]
impl Transport for Way {
    async fn post(&self, server: &ServerUrl, post: Post) -> Result<Reply, Failure> {
        let target = self.target.lock().unwrap_or_else(PoisonError::into_inner).clone();
        self.http.post(target.as_ref().unwrap_or(server), post).await
    }
    async fn wait(&self, time: Duration) {
        self.http.wait(time).await;
    }
}
