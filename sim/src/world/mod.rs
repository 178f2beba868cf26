//! A server with its organisation, and a line to it for every phone: the ground that stories and the demo
//! stand on. The server is real, on loopback, with the story's clock.
//!
//! [`World`] sets it up and hands out phones; [`desk`] is what an administrator does; [`totals`] and [`truth`]
//! count what the server's store holds.

mod backups;
mod customers;
mod desk;
mod disk;
mod elsewhere;
pub mod offer;
mod phones;
mod served;
pub mod totals;
pub mod truth;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use frontline_content::Bundle;
use frontline_device::store::Disk;
use frontline_domain::{OrgId, PersonId};
use frontline_server::{Options, RateLimits, Running, Server, admin};

use crate::acknowledged::Register;
use crate::fuzz::net::Net;
use crate::fuzz::room;
use crate::phone::Phone;
use crate::proxy::Line;
use crate::time::{StoryClock, StoryTime};

pub use disk::Damage;
use disk::SmallDisk;
use served::Served;
pub use totals::Totals;

/// The server and everybody's line to it.
pub struct World {
    pub time: Arc<StoryTime>,
    /// A command that plays the phones; none: they are in this process.
    pub driver: Option<String>,
    dir: PathBuf,
    seed: u64,
    server: Option<Served>,
    /// The virtual network, where there is one instead of lines.
    net: Option<Arc<Net>>,
    bundle: Bundle,
    org: OrgId,
    admin: PersonId,
    password: String,
    lines: BTreeMap<String, Line>,
    /// Over whose line a copy speaks.
    copies: BTreeMap<String, String>,
    /// The version of a phone's store before the step `newer`.
    versions: BTreeMap<String, u32>,
    kept: Vec<(String, Phone)>,
    acknowledged: Register,
    /// What the stores of phones in this process lie on.
    disk: Disk,
    disks: BTreeMap<String, SmallDisk>,
    /// How often a phone was opened.
    openings: AtomicU64,
    /// How often the server was started.
    starts: u64,
}

/// The organisation of a world, and whoever administers it.
pub type Who = (OrgId, PersonId);

/// Who signs in to the console of a world.
const EMAIL: &str = "manager@harbour.example";

fn words(e: impl std::fmt::Display) -> String {
    e.to_string()
}

impl World {
    /// Starts a server in `dir/server`, makes the organisation and publishes `bundle`.
    pub async fn open(dir: &Path, time: Arc<StoryTime>, seed: u64, bundle: &Bundle) -> Result<World, String> {
        let nobody = (OrgId::from_bytes([0; 16]), PersonId::from_bytes([0; 16]));
        Self::begin(Self::empty(dir, time, seed, bundle, nobody, None)).await
    }

    /// The same on a virtual network, with the server called in the process.
    pub async fn open_on(dir: &Path, time: Arc<StoryTime>, seed: u64, bundle: &Bundle, net: Arc<Net>) -> Result<World, String> {
        let nobody = (OrgId::from_bytes([0; 16]), PersonId::from_bytes([0; 16]));
        let mut world = Self::empty(dir, time, seed, bundle, nobody, Some(net));
        world.disk = room::place()?;
        Self::begin(world).await
    }

    /// Goes on where a world of a virtual network was stopped: on a copy of its folder.
    pub async fn go_on(dir: &Path, time: Arc<StoryTime>, seed: u64, bundle: &Bundle, who: Who, net: Arc<Net>) -> Result<World, String> {
        let mut world = Self::empty(dir, time, seed, bundle, who, Some(net));
        world.disk = room::place()?;
        world.start().await?;
        Ok(world)
    }

    fn empty(dir: &Path, time: Arc<StoryTime>, seed: u64, bundle: &Bundle, (org, admin): Who, net: Option<Arc<Net>>) -> World {
        World {
            time,
            driver: None,
            dir: dir.to_path_buf(),
            seed,
            server: None,
            net,
            bundle: bundle.clone(),
            org,
            admin,
            password: String::new(),
            lines: BTreeMap::new(),
            copies: BTreeMap::new(),
            versions: BTreeMap::new(),
            kept: Vec::new(),
            acknowledged: Register::default(),
            disk: Disk::default(),
            disks: BTreeMap::new(),
            openings: AtomicU64::new(0),
            starts: 0,
        }
    }

    async fn begin(mut world: World) -> Result<World, String> {
        world.start().await?;
        let bundle = world.bundle.clone();
        let made = admin::init(&world.server()?.app, &bundle.organisation.name, EMAIL).await.map_err(words)?;
        (world.org, world.admin, world.password) = (made.org, made.person, made.password);
        admin::content::apply(&world.server()?.app, world.org, &bundle, false, true).await.map_err(words)?;
        Ok(world)
    }

    /// Stops the server and starts it again, on another port; the lines follow.
    pub async fn restart(&mut self) -> Result<(), String> {
        if let Some(server) = self.server.take() {
            server.shutdown().await;
        }
        self.start().await
    }

    /// What devices, and the organisation, may ask for a minute: requests.
    pub fn limit(&self, of_a_device: u32, of_all: u32) -> Result<(), String> {
        let mut limits = RateLimits::default();
        let some = |n| NonZeroU32::new(n).ok_or("a limit is 1 or more");
        (limits.device.requests, limits.organisation.requests) = (some(of_a_device)?, some(of_all)?);
        self.server()?.app.rates.limit(limits);
        Ok(())
    }

    /// E-mail address and password of the administrator.
    pub fn sign_in(&self) -> (String, String) {
        (EMAIL.to_owned(), self.password.clone())
    }

    /// The organisation, and whoever administers it.
    pub fn who(&self) -> Who {
        (self.org, self.admin)
    }

    /// Ends everything.
    pub async fn stop(mut self) {
        self.kept.clear();
        self.lines.clear();
        if let Some(server) = self.server.take() {
            server.shutdown().await;
        }
    }

    /// Ends the story and serves its data at `listen`, in the story's time, for a browser.
    pub async fn serve_console(mut self, listen: SocketAddr) -> Result<Running, String> {
        self.kept.clear();
        self.lines.clear();
        if let Some(server) = self.server.take() {
            server.shutdown().await;
        }
        let options = Options {
            data: self.dir.join("server"),
            listen,
            clock: StoryClock::new(Arc::clone(&self.time), 0),
            random: Arc::new(frontline_server::system::SystemRandom),
            tls: None,
        };
        Server::start(options).await.map_err(words)
    }
}
