//! The program as an API client: publishing content. The only place of the program that speaks HTTP itself.

use std::time::Duration;

use crate::failure::Failure;

/// Sends a bundle; `dry_run` only asks what it would do. Returns the server's words.
pub async fn push(server: &str, token: &str, bundle: Vec<u8>, dry_run: bool) -> Result<String, Failure> {
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
    let url = format!("{}/v1/content?dry_run={dry_run}", server.trim_end_matches('/'));
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
