//! Addresses within the console.

/// Percent-encoded, as a query takes it; slashes may stay.
pub fn escaped(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(byte as char),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
        out
    })
}

/// A path with a query, if there is one to have.
pub fn with<N: AsRef<str>>(path: &str, terms: impl Iterator<Item = (N, String)>) -> String {
    let pairs: Vec<String> = terms.map(|(name, value)| format!("{}={}", name.as_ref(), escaped(&value))).collect();
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
}

/// A path of this console; anything else leads to the sites.
pub fn local(next: &str) -> &str {
    let is_path = next.starts_with('/') && !next.starts_with("//") && !next.contains(|c: char| c == '\\' || c.is_control());
    if is_path { next } else { "/" }
}
