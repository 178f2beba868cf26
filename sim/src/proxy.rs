//! The network between one phone and the server: a TCP proxy on loopback that can be switched off, or cut
//! after so many bytes of the answer. Real sockets, so that any driver of a phone feels the same network.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{Mutex, Notify, watch};
use tokio::task::JoinHandle;

/// One phone's line. Dropping it ends the listener and every connection.
pub struct Line {
    address: SocketAddr,
    state: Arc<State>,
    /// Changes when what is open has to close.
    epoch: watch::Sender<u64>,
    gate: Mutex<Gate>,
}

/// Off, the port is kept but nobody listens: a connection is refused at once, as by a system that has no
/// network, and no other program can take the port.
enum Gate {
    On(JoinHandle<()>),
    Off(TcpSocket),
}

struct State {
    /// Bytes of answers still let through before a cut; negative: no cut is planned.
    cut_after: AtomicI64,
    /// Bytes of requests still let through before a cut; negative: no cut is planned.
    cut_up_after: AtomicI64,
    /// Whenever so many bytes of requests went through, the line is cut; negative: it is not.
    cut_up_every: AtomicI64,
    /// Bytes of requests that the line took from the phone, those included that a cut lost; and how often it was cut.
    taken: AtomicU64,
    cuts: AtomicU64,
    /// Bytes of answers still let through before the rest is held back; negative: nothing is held back.
    hold_after: AtomicI64,
    /// Something is being held back.
    holding: Notify,
    target: std::sync::Mutex<SocketAddr>,
}

impl State {
    fn target(&self) -> std::sync::MutexGuard<'_, SocketAddr> {
        self.target.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Line {
    /// Opens a line to `target`, switched on.
    pub async fn open(target: SocketAddr) -> std::io::Result<Line> {
        let socket = reserve(SocketAddr::from(([127, 0, 0, 1], 0)))?;
        let address = socket.local_addr()?;
        let state = Arc::new(State {
            cut_after: AtomicI64::new(-1),
            cut_up_after: AtomicI64::new(-1),
            cut_up_every: AtomicI64::new(-1),
            taken: AtomicU64::new(0),
            cuts: AtomicU64::new(0),
            hold_after: AtomicI64::new(-1),
            holding: Notify::new(),
            target: std::sync::Mutex::new(target),
        });
        let epoch = watch::Sender::new(0);
        let task = accept(socket.listen(1_024)?, Arc::clone(&state), epoch.subscribe());
        Ok(Line { address, state, epoch, gate: Mutex::new(Gate::On(task)) })
    }

    /// What the phone takes for the server.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Switches the network on or off; off closes what is open.
    pub async fn switch(&self, on: bool) -> std::io::Result<()> {
        let mut gate = self.gate.lock().await;
        match &mut *gate {
            Gate::On(task) if !on => {
                task.abort();
                let _ = task.await;
                *gate = Gate::Off(reserve(self.address)?);
                self.epoch.send_modify(|n| *n += 1);
            }
            Gate::Off(_) if on => {
                let fresh = reserve_again(&mut gate, self.address)?;
                *gate = Gate::On(accept(fresh, Arc::clone(&self.state), self.epoch.subscribe()));
            }
            Gate::On(_) | Gate::Off(_) => {}
        }
        Ok(())
    }

    /// Cuts the next answers after so many bytes; then the line is whole again.
    pub fn cut_after(&self, bytes: i64) {
        self.state.cut_after.store(bytes, Ordering::SeqCst);
    }
    /// Cuts the next requests after so many bytes; then the line is whole again.
    pub fn cut_up_after(&self, bytes: i64) {
        self.state.cut_up_after.store(bytes, Ordering::SeqCst);
    }
    /// Cuts the line whenever so many bytes of requests went through: a link of one speed that is gone every so many seconds.
    pub fn cut_up_every(&self, bytes: i64) {
        self.state.cut_up_every.store(bytes, Ordering::SeqCst);
        self.cut_up_after(bytes);
    }
    /// Bytes of requests that the line took from the phone, and how often it was cut amid them.
    pub fn taken(&self) -> (u64, u64) {
        (self.state.taken.load(Ordering::SeqCst), self.state.cuts.load(Ordering::SeqCst))
    }
    /// Holds the answers back from so many bytes on, until [`Line::let_go`].
    pub fn hold_after(&self, bytes: i64) {
        self.state.hold_after.store(bytes, Ordering::SeqCst);
    }
    /// Returns once something is held back.
    pub async fn held(&self) {
        self.state.holding.notified().await;
    }
    /// Nothing is held back any more; what was, is lost with its connection.
    pub fn let_go(&self) {
        self.state.hold_after.store(-1, Ordering::SeqCst);
        self.epoch.send_modify(|n| *n += 1);
    }
    /// The server came back at another address.
    pub fn retarget(&self, target: SocketAddr) {
        *self.state.target() = target;
        self.epoch.send_modify(|n| *n += 1);
    }
}

fn reserve(address: SocketAddr) -> std::io::Result<TcpSocket> {
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    Ok(socket)
}

/// The kept socket, listening; a port that can't be had is an error, and the line stays off.
fn reserve_again(gate: &mut Gate, address: SocketAddr) -> std::io::Result<TcpListener> {
    let spare = Gate::Off(TcpSocket::new_v4()?);
    match std::mem::replace(gate, spare) {
        Gate::Off(socket) => socket.listen(1_024),
        Gate::On(task) => {
            task.abort();
            reserve(address)?.listen(1_024)
        }
    }
}

fn accept(listener: TcpListener, state: Arc<State>, changed: watch::Receiver<u64>) -> JoinHandle<()> {
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let target = *state.target();
            let (state, mut changed) = (Arc::clone(&state), changed.clone());
            tokio::spawn(async move {
                changed.mark_unchanged();
                tokio::select! {
                    _ = changed.changed() => {}
                    _ = carry(socket, target, &state) => {}
                }
            });
        }
    })
}

impl Drop for Line {
    fn drop(&mut self) {
        if let Gate::On(task) = self.gate.get_mut() {
            task.abort();
        }
        self.epoch.send_modify(|n| *n += 1);
    }
}

/// How many of `n` bytes still pass, and whether the line is cut behind them.
fn let_through(left: &AtomicI64, n: usize) -> (usize, bool) {
    let before = left.load(Ordering::SeqCst);
    if before < 0 {
        return (n, false);
    }
    let n = n.min(usize::try_from(before).unwrap_or(0));
    let still = before - i64::try_from(n).unwrap_or(0);
    left.store(if still > 0 { still } else { -1 }, Ordering::SeqCst);
    (n, still <= 0)
}

async fn carry(phone: TcpStream, target: SocketAddr, state: &State) -> std::io::Result<()> {
    let server = TcpStream::connect(target).await?;
    // Small messages go at once, as the two ends ask of their own sockets: a line adds no waiting of its own.
    phone.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (mut from_phone, mut to_phone) = phone.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let up = async move {
        let mut buffer = vec![0u8; 16 << 10];
        loop {
            let n = from_phone.read(&mut buffer).await?;
            if n == 0 {
                return to_server.shutdown().await;
            }
            state.taken.fetch_add(n as u64, Ordering::SeqCst);
            let (n, is_cut) = let_through(&state.cut_up_after, n);
            to_server.write_all(&buffer[..n]).await?;
            if is_cut {
                state.cuts.fetch_add(1, Ordering::SeqCst);
                state.cut_up_after.store(state.cut_up_every.load(Ordering::SeqCst), Ordering::SeqCst);
                to_server.flush().await?;
                return Err(std::io::Error::other("cut"));
            }
        }
    };
    let down = async {
        let mut buffer = vec![0u8; 16 << 10];
        loop {
            let n = from_server.read(&mut buffer).await?;
            if n == 0 {
                return to_phone.shutdown().await;
            }
            let held = state.hold_after.load(Ordering::SeqCst);
            if held >= 0 && held < i64::try_from(n).unwrap_or(i64::MAX) {
                to_phone.write_all(&buffer[..usize::try_from(held).unwrap_or(0)]).await?;
                state.holding.notify_one();
                std::future::pending::<()>().await;
            }
            if held >= 0 {
                state.hold_after.fetch_sub(i64::try_from(n).unwrap_or(0), Ordering::SeqCst);
            }
            let (n, is_cut) = let_through(&state.cut_after, n);
            to_phone.write_all(&buffer[..n]).await?;
            if is_cut {
                return Err(std::io::Error::other("cut"));
            }
        }
    };
    tokio::try_join!(up, down).map(|_| ())
}
