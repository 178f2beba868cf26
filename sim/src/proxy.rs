//! The network between one phone and the server: a TCP proxy on loopback that can be switched off, or cut
//! after so many bytes of the answer. Real sockets, so that any driver of a phone feels the same network.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// One phone's line. Dropping it ends the listener and every connection.
pub struct Line {
    address: SocketAddr,
    state: Arc<State>,
    epoch: watch::Sender<u64>,
    task: tokio::task::JoinHandle<()>,
}

struct State {
    on: AtomicBool,
    /// Bytes of answers still let through before a cut; negative: no cut is planned.
    cut_after: AtomicI64,
    target: std::sync::Mutex<SocketAddr>,
}

impl Line {
    /// Opens a line to `target`, switched on.
    pub async fn open(target: SocketAddr) -> std::io::Result<Line> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let state = Arc::new(State { on: AtomicBool::new(true), cut_after: AtomicI64::new(-1), target: std::sync::Mutex::new(target) });
        let (epoch, changed) = watch::channel(0);
        let shared = Arc::clone(&state);
        let task = tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                if !shared.on.load(Ordering::SeqCst) {
                    continue; // dropped: the phone sees a connection that closes at once
                }
                let target = *shared.target.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                let (shared, mut changed) = (Arc::clone(&shared), changed.clone());
                tokio::spawn(async move {
                    changed.mark_unchanged();
                    tokio::select! {
                        _ = changed.changed() => {}
                        _ = carry(socket, target, &shared) => {}
                    }
                });
            }
        });
        Ok(Line { address, state, epoch, task })
    }

    /// What the phone takes for the server.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
    /// Switches the network on or off; off closes what is open.
    pub fn switch(&self, on: bool) {
        self.state.on.store(on, Ordering::SeqCst);
        self.epoch.send_modify(|n| *n += 1);
    }
    pub fn is_on(&self) -> bool {
        self.state.on.load(Ordering::SeqCst)
    }
    /// Cuts the next answers after so many bytes; then the line is whole again.
    pub fn cut_after(&self, bytes: i64) {
        self.state.cut_after.store(bytes, Ordering::SeqCst);
    }
    /// The server came back at another address.
    pub fn retarget(&self, target: SocketAddr) {
        *self.state.target.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = target;
        self.epoch.send_modify(|n| *n += 1);
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.task.abort();
        self.epoch.send_modify(|n| *n += 1);
    }
}

async fn carry(phone: TcpStream, target: SocketAddr, state: &State) -> std::io::Result<()> {
    let server = TcpStream::connect(target).await?;
    // Small messages go at once, as the two ends ask of their own sockets: a line adds no waiting of its own.
    phone.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (mut from_phone, mut to_phone) = phone.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let up = async move {
        tokio::io::copy(&mut from_phone, &mut to_server).await?;
        to_server.shutdown().await
    };
    let down = async {
        let mut buffer = vec![0u8; 16 << 10];
        loop {
            let n = from_server.read(&mut buffer).await?;
            if n == 0 {
                return to_phone.shutdown().await;
            }
            let left = state.cut_after.load(Ordering::SeqCst);
            if left >= 0 {
                let n = n.min(usize::try_from(left).unwrap_or(0));
                to_phone.write_all(&buffer[..n]).await?;
                let still = left - i64::try_from(n).unwrap_or(0);
                state.cut_after.store(if still > 0 { still } else { -1 }, Ordering::SeqCst);
                if still <= 0 {
                    return Err(std::io::Error::other("cut"));
                }
            } else {
                to_phone.write_all(&buffer[..n]).await?;
            }
        }
    };
    tokio::try_join!(up, down).map(|_| ())
}
