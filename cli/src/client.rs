//! The program as an API client: publishing content. The only place of the program that speaks HTTP itself.

use std::time::Duration;

use crate::failure::Failure;

/// What the server does with a bundle.
#[derive(Debug)]
pub enum How {
    Publish,
    /// Says what publishing would do.
    Ask,
    /// Keeps its procedures as drafts: these alone, where any are named.
    Keep(Vec<String>),
}

impl How {
    fn query(&self) -> String {
        match self {
            Self::Publish => "dry_run=false".to_owned(),
            Self::Ask => "dry_run=true".to_owned(),
            // What is no slug would be two words of the query.
            Self::Keep(only) => {
                let kept = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | ',');
                let names: String = only.join(",").chars().map(|c| if kept(&c) { c } else { '_' }).collect();
                format!("draft=true&only={names}")
            }
        }
    }
}

/// Sends a bundle. Returns the server's words.
pub async fn push(server: &str, token: &str, bundle: Vec<u8>, how: &How) -> Result<String, Failure> {
    let local = server.starts_with("http://127.") || server.starts_with("http://localhost") || server.starts_with("http://[::1]");
    if !server.starts_with("https://") && !local {
        return Err(Failure::wrong_use(format!("--server {server}: use an https:// address; plain http is only for this machine")));
    }
    let tls = frontline_device::net::tls_config(None).map_err(|e| Failure::failed(e.to_string()))?;
    let http = reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .timeout(Duration::from_secs(60))
        .redirect(reqwest::redirect::Policy::none())
        .build()?;
    let url = format!("{}/v1/content?{}", server.trim_end_matches('/'), how.query());
    let answer = http.post(url).bearer_auth(token).header("content-type", "application/cbor").body(bundle).send().await.map_err(|e| {
        Failure::failed(if e.is_connect() {
            format!("no server answers at {server}")
        } else {
            format!("the server at {server} did not answer: {}", e.without_url())
        })
    })?;
    let status = answer.status();
    let text = answer.text().await?;
    if status.is_success() {
        Ok(text)
    } else {
        Err(Failure::failed(if text.is_empty() { format!("the server refused: {status}") } else { text }))
    }
}
