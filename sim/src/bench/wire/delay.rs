//! A line on loopback on which every byte arrives half a round trip after it was sent, in order, and is counted.
//! What is on its way does not wait for what was sent before it: a long line, not a narrow one.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, tcp};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

pub struct Delaying {
    address: SocketAddr,
    bytes: Arc<AtomicU64>,
    task: JoinHandle<()>,
}

impl Delaying {
    /// To `target`, with this round trip.
    pub async fn open(target: SocketAddr, round_trip: Duration) -> std::io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let bytes = Arc::new(AtomicU64::new(0));
        let counted = bytes.clone();
        let task = tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                tokio::spawn(joined(near, target, round_trip / 2, counted.clone()));
            }
        });
        Ok(Self { address, bytes, task })
    }
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
    /// Bytes that went over it so far, both ways.
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::SeqCst)
    }
}

impl Drop for Delaying {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn joined(near: TcpStream, target: SocketAddr, later: Duration, bytes: Arc<AtomicU64>) -> std::io::Result<()> {
    // A connection costs a round trip before its first byte.
    tokio::time::sleep(later * 2).await;
    let far = TcpStream::connect(target).await?;
    near.set_nodelay(true)?;
    far.set_nodelay(true)?;
    let (from_near, to_near) = near.into_split();
    let (from_far, to_far) = far.into_split();
    tokio::try_join!(carried(from_near, to_far, later, &bytes), carried(from_far, to_near, later, &bytes)).map(|_| ())
}

async fn carried(mut from: tcp::OwnedReadHalf, mut to: tcp::OwnedWriteHalf, later: Duration, bytes: &AtomicU64) -> std::io::Result<()> {
    let (sent, mut under_way) = mpsc::unbounded_channel::<(Instant, Vec<u8>)>();
    let taking = async move {
        let mut buffer = vec![0u8; 64 << 10];
        loop {
            let n = from.read(&mut buffer).await?;
            if n == 0 || sent.send((Instant::now() + later, buffer[..n].to_vec())).is_err() {
                return std::io::Result::Ok(());
            }
            bytes.fetch_add(n as u64, Ordering::SeqCst);
        }
    };
    let giving = async move {
        while let Some((when, piece)) = under_way.recv().await {
            tokio::time::sleep_until(when.into()).await;
            to.write_all(&piece).await?;
        }
        to.shutdown().await
    };
    tokio::try_join!(taking, giving).map(|_| ())
}
