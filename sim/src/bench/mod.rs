//! In the making.
pub const NAMES: &[&str] = &["capture", "push", "pull", "idle", "open"];
pub async fn run(_names: &[String], _content: &std::path::Path) -> Result<serde_json::Map<String, serde_json::Value>, String> {
    Err("in the making".into())
}
