//! Pictures, signatures and recordings: added before they are an answer or belong to one ([`add`]), and read back.

mod add;

use frontline_domain::fact::BlobOf;
use frontline_domain::record::{Organisation, Photos};
use frontline_domain::{BlobHash, Incarnation};
use serde::Serialize;

use super::shown;
use crate::blobs::budget::Network;
use crate::blobs::fetch;
use crate::blobs::files::Files;
use crate::blobs::send::{self, Sent};
#[cfg(feature = "codes")]
use crate::codes::{self, Code, Luma};
use crate::core::{Core, Inner};
use crate::error::{Error, Fault};
use crate::net::Transport;
use crate::observe::{Origin, Topic};
use crate::people;
use crate::store::{Db, blobs, meta, records};

pub use add::{PictureDraft, PictureSummary, SoundDraft, SoundSummary};

/// How long one picture is looked at for a code, at most: the camera's next one is better than a longer look.
#[cfg(feature = "codes")]
const LOOK_MS: u64 = 250;

/// What was said about a picture, and where it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PictureDetail {
    pub photo: String,
    /// Empty: it belongs to an action.
    pub item: String,
    pub instance: u16,
    pub by: String,
    pub at_ms: i64,
    pub media: String,
    pub bytes: u64,
    pub width: u32,
    pub height: u32,
    /// The phone's camera took it at that moment.
    pub live: bool,
    /// Whether the small one, and the whole one, can be shown here.
    pub thumbnail_here: bool,
    pub here: bool,
    /// Whether the server said that it has the whole one, as far as this device has asked.
    pub at_server: bool,
    /// Of a recording.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length_ms: Option<u32>,
    /// The small one, as bytes are asked for.
    #[serde(skip)]
    pub thumbnail: Option<String>,
}

/// Pictures.
pub struct Media<'a>(pub(crate) &'a Inner);

impl Core {
    /// Photos and signatures.
    pub fn media(&self) -> Media<'_> {
        Media(&self.inner)
    }
}

impl Media<'_> {
    /// The first code in what a camera sees; none where there is none, or finding it takes too long.
    #[cfg(feature = "codes")]
    pub fn code(&self, frame: Luma<'_>) -> Result<Option<Code>, Error> {
        let clock = self.0.clock.as_ref();
        let until = clock.now().mono_ms + LOOK_MS;
        Ok(codes::read(frame, &|| clock.now().mono_ms < until).map_err(|wrong| Fault::invalid("frame", "size", wrong.to_string()))?)
    }

    /// Sends what waits, after all text has been sent: call it after a sync. May be cancelled at any await.
    pub async fn send(&self, network: Network) -> Result<Sent, Error> {
        let transport = self.0.syncer.transport()?;
        let sent = send::send(&self.around(transport.as_ref(), network)).await?;
        if sent.pictures > 0 || sent.content.brought + sent.content.let_go > 0 {
            let mut touched = crate::observe::Touched::default();
            touched.topic(Topic::Sync);
            // What is shown beside a step, or on a card, is here now or is gone.
            if sent.content.brought + sent.content.let_go > 0 {
                touched.topic(Topic::Content);
            }
            self.0.observers.tell(&touched, Origin::Remote);
        }
        Ok(sent)
    }

    /// Brings a picture here that a colleague took, whole or small, or a picture or video of content, unless it is.
    pub async fn fetch(&self, photo: &str, small: bool, network: Network) -> Result<(), Error> {
        let blob: BlobHash = shown::id("photo", photo)?;
        let transport = self.0.syncer.transport()?;
        Ok(fetch::fetch(&self.around(transport.as_ref(), network), &blob, small).await?)
    }

    fn around<'t>(&'t self, transport: &'t dyn Transport, network: Network) -> send::Around<'t> {
        send::Around { store: &self.0.store, clock: self.0.clock.as_ref(), random: self.0.random.as_ref(), transport, network }
    }

    /// The bytes of a picture, whole or small, that is here.
    pub fn bytes(&self, photo: &str) -> Result<Vec<u8>, Error> {
        let blob: BlobHash = shown::id("photo", photo)?;
        let own = Files::of(&self.0.store);
        let missing = || Fault::not_found("picture with this hash");
        // What somebody captured and what content shows lie apart; of one that is both either file will do.
        let files = if own.length(&blob).map_err(Fault::File)?.is_some() { own } else { Files::of_content(&self.0.store) };
        let bytes = files.read(&blob, 0, usize::MAX).map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound => missing(),
            _ => Fault::File(e),
        })?;
        if hash(&bytes) != blob {
            return Err(missing().into());
        }
        Ok(bytes)
    }

    /// What belongs to a run: pictures, signatures and recordings, the earliest first.
    pub fn of_run(&self, run: &str) -> Result<Vec<PictureDetail>, Error> {
        self.0.show(|db| self.details(db, blobs::of_run(db, shown::id("run", run)?)?))
    }

    /// The photos of an action's comments, the earliest first.
    pub fn of_action(&self, action: &str) -> Result<Vec<PictureDetail>, Error> {
        self.0.show(|db| self.details(db, blobs::of_action(db, shown::id("action", action)?)?))
    }

    fn details(&self, db: &Db<'_>, all: Vec<blobs::Named>) -> Result<Vec<PictureDetail>, Fault> {
        let server = server(db)?;
        let files = Files::of(&self.0.store);
        let is_here = |blob: &BlobHash, bytes: u64| Ok::<_, Fault>(files.length(blob)? == Some(bytes));
        let detail = |named: blobs::Named| {
            let said = named.said;
            let (item, instance) = match said.of {
                BlobOf::Answer { item, instance, .. } => (item.to_string(), instance),
                BlobOf::Action(_) => (String::new(), 0),
            };
            Ok(PictureDetail {
                photo: said.blob.to_string(),
                item,
                instance,
                by: people::name(db, named.person)?,
                at_ms: named.at_ms,
                here: is_here(&said.blob, said.bytes)?,
                thumbnail_here: said.thumbnail.map_or(Ok(false), |small| is_here(&small.blob, small.bytes))?,
                at_server: blobs::is_sent(db, &said.blob, server)?,
                media: said.media,
                bytes: said.bytes,
                width: said.width,
                height: said.height,
                live: said.live,
                length_ms: said.length_ms,
                thumbnail: said.thumbnail.map(|small| small.blob.to_string()),
            })
        };
        all.into_iter().map(detail).collect()
    }
}

/// What the organisation wants pictures to be.
pub(in crate::services) fn photos(db: &Db<'_>) -> Result<Photos, Fault> {
    Ok(records::all::<Organisation>(db)?.pop().map(|o| o.policy.photos).unwrap_or_default())
}

/// The life of the server that was spoken with last.
pub(crate) fn server(db: &Db<'_>) -> Result<Incarnation, Fault> {
    Ok(meta::contact(db)?.map_or(Incarnation(0), |(incarnation, _)| incarnation))
}

fn hash(bytes: &[u8]) -> BlobHash {
    BlobHash::from_bytes(*blake3::hash(bytes).as_bytes())
}
