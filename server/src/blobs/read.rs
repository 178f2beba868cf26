//! Bytes for whoever may read a fact that names them.

use std::io;

use frontline_domain::{BlobHash, OrgId};

use super::Blobs;

/// A span of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub from: u64,
    pub to: u64,
}

/// What a `Range` header asks of so many bytes: one span of it; none where it asks for nothing that can be given.
/// Several spans, or what is no span of bytes, count as asking for all.
pub fn span(header: Option<&str>, length: u64) -> Option<Span> {
    let all = Span { from: 0, to: length };
    let Some(asked) = header.and_then(|h| h.trim().strip_prefix("bytes=")) else { return Some(all) };
    let Some((from, to)) = asked.split_once('-').filter(|_| !asked.contains(',')) else { return Some(all) };
    let span = match (from.trim().parse::<u64>(), to.trim().parse::<u64>()) {
        (Ok(from), Ok(last)) if from <= last => Span { from, to: last.saturating_add(1).min(length) },
        (Ok(from), Err(_)) if to.trim().is_empty() => Span { from, to: length },
        (Err(_), Ok(count)) if from.trim().is_empty() => Span { from: length.saturating_sub(count), to: length },
        _ => return Some(all),
    };
    (span.from < span.to).then_some(span)
}

impl Blobs {
    /// How many bytes a picture has that is here whole.
    pub async fn length(&self, org: OrgId, blob: BlobHash) -> io::Result<Option<u64>> {
        let keep = self.keep.clone();
        blocking(move || keep.length(org, &blob)).await
    }

    /// The bytes of a span.
    pub async fn read(&self, org: OrgId, blob: BlobHash, span: Span) -> io::Result<Vec<u8>> {
        let keep = self.keep.clone();
        let count = usize::try_from(span.to - span.from).unwrap_or(usize::MAX);
        blocking(move || keep.read(org, &blob, span.from, count)).await
    }
}

/// Does what waits for the disk where it holds nobody up.
pub(super) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Err(io::Error::other("the work was given up")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_one_span_or_all_or_nothing_that_can_be_given() {
        let some = |from, to| Some(Span { from, to });
        assert_eq!(span(None, 10), some(0, 10));
        assert_eq!(span(Some("bytes=3-"), 10), some(3, 10));
        assert_eq!(span(Some("bytes=3-5"), 10), some(3, 6));
        assert_eq!(span(Some("bytes=3-99"), 10), some(3, 10));
        assert_eq!(span(Some("bytes=-4"), 10), some(6, 10));
        assert_eq!(span(Some("bytes=10-"), 10), None);
        for whole in ["bytes=0-1,3-4", "bytes=5-3", "lines=1-2", "bytes=x-"] {
            assert_eq!(span(Some(whole), 10), some(0, 10), "{whole}");
        }
    }
}
