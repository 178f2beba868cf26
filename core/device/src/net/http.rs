//! The real network: reqwest over rustls with ring, certificates from a fixed list of roots.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use reqwest::header;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use frontline_protocol::limits;

use super::{Call, Failure, Heard, Method, Post, Reply, ServerUrl, Transport};

/// How long to wait for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// For a connection.
    pub connect: Duration,
    /// For the next bytes of an answer, so that a slow network may take its time as long as it moves.
    pub silence: Duration,
    /// For one exchange altogether.
    pub whole: Duration,
    /// A connection that waited longer is not used again: the server gives up one that waits, and a request that meets
    /// its end has no answer.
    pub idle: Duration,
}
impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            silence: Duration::from_secs(30),
            whole: Duration::from_secs(180),
            idle: Duration::from_secs(limits::REUSE_S),
        }
    }
}

/// Speaks HTTP. Must be used within a tokio runtime.
pub struct Http {
    client: reqwest::Client,
}

/// The client could not be made.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    #[error("the extra root certificate is not one certificate in PEM")]
    Root,
    #[error("the HTTP client could not be made")]
    Client(#[source] reqwest::Error),
    #[error("TLS could not be set up")]
    Tls(#[source] rustls::Error),
}

/// TLS as every client of this workspace speaks it: ring, the public roots, and one more if given, in PEM.
pub fn tls_config(extra_root: Option<&[u8]>) -> Result<rustls::ClientConfig, HttpError> {
    let mut roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(pem) = extra_root {
        let root = CertificateDer::from_pem_slice(pem).map_err(|_| HttpError::Root)?;
        roots.add(root).map_err(|_| HttpError::Root)?;
    }
    let config = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(HttpError::Tls)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(config)
}

impl Http {
    /// A client that trusts the public roots and, if given, one more: an organisation's own, in PEM.
    pub fn new(timeouts: Timeouts, extra_root: Option<&[u8]>) -> Result<Self, HttpError> {
        let tls = tls_config(extra_root)?;
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .pool_idle_timeout(timeouts.idle)
            .connect_timeout(timeouts.connect)
            .read_timeout(timeouts.silence)
            .timeout(timeouts.whole)
            .build()
            .map_err(HttpError::Client)?;
        Ok(Self { client })
    }
}

#[async_trait]
impl Transport for Http {
    async fn post(&self, server: &ServerUrl, post: Post) -> Result<Reply, Failure> {
        // No header that the path implies: an exchange with nothing new is mostly headers.
        let mut response = self.client.post(server.join(post.path)).body(post.body).send().await.map_err(|e| failure(&e))?;
        let text = |name| response.headers().get(name).and_then(|v: &header::HeaderValue| v.to_str().ok()).map(str::to_owned);
        let mut reply = Reply {
            status: response.status().as_u16(),
            media_type: text(header::CONTENT_TYPE),
            retry_after: text(header::RETRY_AFTER),
            body: Vec::new(),
        };
        while let Some(chunk) = response.chunk().await.map_err(|e| failure(&e))? {
            if reply.body.len() + chunk.len() > limits::BODY {
                return Err(Failure::TooLarge { most: limits::BODY });
            }
            reply.body.extend_from_slice(&chunk);
        }
        Ok(reply)
    }

    async fn call(&self, server: &ServerUrl, call: Call) -> Result<Heard, Failure> {
        let method = match call.method {
            Method::Head => reqwest::Method::HEAD,
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Patch => reqwest::Method::PATCH,
        };
        let mut request = self.client.request(method, server.join(&call.path)).body(call.body);
        for (name, value) in call.headers {
            request = request.header(name, value);
        }
        let mut response = request.send().await.map_err(|e| failure(&e))?;
        let headers =
            response.headers().iter().filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())));
        let mut heard = Heard { status: response.status().as_u16(), headers: headers.collect(), body: Vec::new() };
        while let Some(chunk) = response.chunk().await.map_err(|e| failure(&e))? {
            if heard.body.len() + chunk.len() > limits::BODY {
                return Err(Failure::TooLarge { most: limits::BODY });
            }
            heard.body.extend_from_slice(&chunk);
        }
        Ok(heard)
    }

    async fn wait(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }
}

fn failure(error: &reqwest::Error) -> Failure {
    if error.is_timeout() {
        Failure::Timeout
    } else if is_untrusted(error) {
        Failure::Untrusted
    } else if error.is_connect() {
        Failure::NoNetwork
    } else {
        Failure::Cut
    }
}

/// Looks for a refused certificate below the error. An `io::Error` hides the error that it carries from
/// `source`, so it is asked for it by name; and one may carry another.
fn is_untrusted(error: &reqwest::Error) -> bool {
    let mut next: Option<&(dyn std::error::Error + 'static)> = std::error::Error::source(error);
    while let Some(one) = next {
        if let Some(tls) = one.downcast_ref::<rustls::Error>() {
            return matches!(tls, rustls::Error::InvalidCertificate(_));
        }
        let carried = one.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        next = match carried {
            Some(carried) => Some(carried),
            None => one.source(),
        };
    }
    false
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[tokio::test]
    async fn a_connection_is_used_again_until_it_has_waited_too_long() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url: ServerUrl = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
        let connections = Arc::new(AtomicUsize::new(0));
        let counted = connections.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                counted.fetch_add(1, Ordering::SeqCst);
                std::thread::spawn(move || {
                    let (mut stream, mut asked) = (stream.unwrap(), [0; 4_096]);
                    while matches!(stream.read(&mut asked), Ok(1..)) {
                        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").unwrap();
                    }
                });
            }
        });
        let http = Http::new(Timeouts { idle: Duration::from_secs(2), ..Timeouts::default() }, None).unwrap();
        let say = async || {
            let post = Post { path: "/v1/sync", body: Vec::new() };
            assert_eq!(http.post(&url, post).await.unwrap().status, 200);
            connections.load(Ordering::SeqCst)
        };
        assert_eq!((say().await, say().await), (1, 1));
        tokio::time::sleep(Duration::from_secs(3)).await;
        assert_eq!((say().await, say().await), (2, 2));
    }
}
