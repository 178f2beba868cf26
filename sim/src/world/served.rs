//! The server of a world: on loopback behind a line for each phone, or in this process behind a virtual network.

use std::net::SocketAddr;
use std::sync::Arc;

use frontline_server::local::Local;
use frontline_server::{AppState, Options, Running, Server};

use super::{World, words};
use crate::fuzz::net::Net;
use crate::time::{Seeded, StoryClock};

/// A server that runs.
pub(super) struct Served {
    pub app: AppState,
    at: At,
}

enum At {
    Loopback(Running),
    Here(Arc<Net>),
}

impl Served {
    /// Where it listens, if it does.
    pub fn addr(&self) -> Result<SocketAddr, String> {
        match &self.at {
            At::Loopback(running) => Ok(running.addr),
            At::Here(_) => Err("this server has no address: it is called in the process".to_owned()),
        }
    }

    /// Ends it as it should be ended.
    pub async fn shutdown(self) {
        drop(self.app);
        match self.at {
            At::Loopback(running) => running.shutdown().await,
            At::Here(net) => {
                if let Some(local) = net.down().and_then(Arc::into_inner) {
                    local.shutdown().await;
                }
                let_go().await;
            }
        }
    }

    /// Drops it where it stands: what it kept in memory is gone.
    pub async fn die(self) {
        drop(self.app);
        match self.at {
            At::Loopback(running) => running.shutdown().await,
            At::Here(net) => {
                net.down();
                let_go().await;
            }
        }
    }
}

/// The task that writes ends when it is next looked at, and with it the files are let go of.
async fn let_go() {
    for _ in 0..8 {
        tokio::task::yield_now().await;
    }
}

impl World {
    pub(super) async fn start(&mut self) -> Result<(), String> {
        let clock = StoryClock::new(Arc::clone(&self.time), 0);
        // Other chance each time, or a server that was just restarted would draw its numbers a second time.
        let random = Seeded::new(self.seed ^ self.time.now_ms().unsigned_abs() ^ self.starts << 48);
        let data = self.dir.join("server");
        self.starts += 1;
        self.server = Some(match &self.net {
            None => {
                let options = Options { data, listen: SocketAddr::from(([127, 0, 0, 1], 0)), clock, random, tls: None };
                let running = Server::start(options).await.map_err(words)?;
                self.lines.values().for_each(|line| line.retarget(running.addr));
                Served { app: running.app.clone(), at: At::Loopback(running) }
            }
            Some(net) => {
                let local = Local::open(&data, clock, random).await.map_err(words)?;
                let app = local.app().clone();
                net.up(local, &data);
                Served { app, at: At::Here(Arc::clone(net)) }
            }
        });
        Ok(())
    }

    pub(super) fn server(&self) -> Result<&Served, String> {
        self.server.as_ref().ok_or_else(|| "the server is not running".to_owned())
    }

    /// The server is dead since the network saw it die; it is started on what it left behind.
    pub async fn bring_back(&mut self) -> Result<(), String> {
        if let Some(server) = self.server.take() {
            server.die().await;
        }
        let data = self.dir.join("server");
        std::fs::remove_dir_all(&data).map_err(words)?;
        std::fs::rename(crate::fuzz::net::left_by_the_dead(&data), &data).map_err(words)?;
        self.start().await
    }
}
