//! Bodies: taken within a limit, and given piece by piece.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use axum::http::{HeaderMap, header};
use hyper::body::{Frame, SizeHint};

/// Bytes of an answer that are handed to a connection at once: what a slow client has not taken is kept
/// here, with whatever is held for it, not in the connection.
const PIECE: usize = 64 << 10;

/// A body that is larger than the limit, or did not come whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut;

/// The length that a request says its body has; the limit where it says none.
pub fn stated(headers: &HeaderMap, max: usize) -> usize {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()).and_then(|v| v.parse().ok());
    length.unwrap_or(max)
}

/// Gives each piece of a body to `take`, up to a limit.
pub async fn each(mut body: Body, max: usize, mut take: impl FnMut(&[u8])) -> Result<(), Cut> {
    let mut rest = max;
    while let Some(frame) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        if let Ok(data) = frame.map_err(|_| Cut)?.into_data() {
            rest = rest.checked_sub(data.len()).ok_or(Cut)?;
            take(&data);
        }
    }
    Ok(())
}

/// The whole body in one piece of memory, where it says of itself that it is within the limit and is.
pub async fn whole(body: Body, stated: usize, max: usize) -> Result<Vec<u8>, Cut> {
    if stated > max {
        return Err(Cut);
    }
    let mut bytes = Vec::with_capacity(stated);
    each(body, max, |piece| bytes.extend_from_slice(piece)).await?;
    Ok(bytes)
}

/// A body that holds something until it was taken, or given up.
pub struct Holding<T> {
    body: Body,
    rest: Bytes,
    _held: T,
}

impl<T> Holding<T> {
    pub fn new(body: Body, held: T) -> Self {
        Self { body, rest: Bytes::new(), _held: held }
    }
}

impl<T: Unpin> HttpBody for Holding<T> {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if self.rest.is_empty() {
            match Pin::new(&mut self.body).poll_frame(cx) {
                Poll::Ready(Some(Ok(frame))) => match frame.into_data() {
                    Ok(data) => self.rest = data,
                    Err(trailers) => return Poll::Ready(Some(Ok(trailers))),
                },
                other => return other,
            }
        }
        let piece = PIECE.min(self.rest.len());
        Poll::Ready(Some(Ok(Frame::data(self.rest.split_to(piece)))))
    }
    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }
    fn size_hint(&self) -> SizeHint {
        let (hint, rest) = (self.body.size_hint(), self.rest.len() as u64);
        let mut all = SizeHint::new();
        if let Some(upper) = hint.upper() {
            all.set_upper(upper + rest);
        }
        all.set_lower(hint.lower() + rest);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_answer_is_given_in_pieces_and_says_how_long_it_is() {
        let text: Vec<u8> = (0..200_000u32).map(|n| n as u8).collect();
        let mut body = Holding::new(Body::from(text.clone()), ());
        let (mut all, mut pieces) = (Vec::new(), 0);
        assert_eq!(body.size_hint().exact(), Some(200_000));
        while let Some(frame) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
            let data = frame.expect("a frame").into_data().expect("data");
            assert!(data.len() <= PIECE);
            all.extend_from_slice(&data);
            pieces += 1;
            assert_eq!(body.size_hint().exact(), Some((text.len() - all.len()) as u64));
        }
        assert!(body.is_end_stream());
        assert_eq!((all, pieces), (text, 4));
    }

    #[tokio::test]
    async fn a_body_over_the_limit_is_cut_whatever_it_says() {
        assert_eq!(whole(Body::from("123456"), 6, 6).await, Ok(b"123456".to_vec()));
        assert_eq!(whole(Body::from("123456"), 3, 5).await, Err(Cut));
        assert_eq!(whole(Body::from("123456"), 6, 5).await, Err(Cut));
        assert_eq!(stated(&HeaderMap::new(), 7), 7);
    }
}
