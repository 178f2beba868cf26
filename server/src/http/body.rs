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

/// Reads until `read` finds what the body begins with, and how many bytes that has; gives back the body after it. None
/// where it does not begin so.
pub async fn beginning<T, E>(mut body: Body, read: impl Fn(&[u8]) -> Result<Option<(T, usize)>, E>) -> (Option<T>, Body) {
    let mut first = Bytes::new();
    loop {
        match read(&first) {
            Ok(Some((found, length))) => {
                let rest = first.split_off(length.min(first.len()));
                return (Some(found), Body::new(Holding { body, rest, _held: () }));
            }
            Err(_) => return (None, body),
            Ok(None) => {}
        }
        match poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await.map(|frame| frame.map(Frame::into_data)) {
            Some(Ok(Ok(data))) if first.is_empty() => first = data,
            Some(Ok(Ok(data))) => first = [first, data].concat().into(),
            _ => return (None, body),
        }
    }
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
    use std::collections::VecDeque;

    use super::*;

    struct Pieces(VecDeque<&'static str>);

    impl HttpBody for Pieces {
        type Data = Bytes;
        type Error = axum::Error;
        fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
            Poll::Ready(self.0.pop_front().map(|piece| Ok(Frame::data(piece.into()))))
        }
    }

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
    async fn what_a_body_begins_with_is_read_however_it_is_cut() {
        let read = |bytes: &[u8]| match bytes {
            [b'x', ..] => Err(()),
            bytes if bytes.len() < 4 => Ok(None),
            bytes => Ok(Some((bytes[..4].to_vec(), 4))),
        };
        let pieces = |pieces: &'static [&'static str]| Body::new(Pieces(pieces.iter().copied().collect()));
        for cut in [&["12345678"][..], &["1", "2", "3", "4", "5678"], &["123", "45678"], &["1234", "5678"]] {
            let (found, body) = beginning(pieces(cut), read).await;
            assert_eq!((found, whole(body, 4, 4).await), (Some(b"1234".to_vec()), Ok(b"5678".to_vec())), "{cut:?}");
        }
        assert_eq!(beginning(pieces(&["123"]), read).await.0, None);
        let (found, body) = beginning(pieces(&["x", "yz"]), read).await;
        assert_eq!((found, whole(body, 2, 2).await), (None, Ok(b"yz".to_vec())));
    }

    #[tokio::test]
    async fn a_body_over_the_limit_is_cut_whatever_it_says() {
        assert_eq!(whole(Body::from("123456"), 6, 6).await, Ok(b"123456".to_vec()));
        assert_eq!(whole(Body::from("123456"), 3, 5).await, Err(Cut));
        assert_eq!(whole(Body::from("123456"), 6, 5).await, Err(Cut));
        assert_eq!(stated(&HeaderMap::new(), 7), 7);
    }
}
