//! Cookies: read one, make one.

use axum::http::{HeaderMap, header};

/// The value of the cookie `name`, if the browser sent one.
pub fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(';')).find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// A cookie that no script reads and that other sites' forms do not send. No life left: it is removed.
pub fn make(name: &str, value: &str, seconds: i64, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, "xfrontline=1; frontline-session=abc; frontline=2".parse().expect("a header"));
        assert_eq!(read(&headers, "frontline-session"), Some("abc"));
        assert_eq!(read(&headers, "frontline"), Some("2"));
        assert_eq!(read(&headers, "front"), None);
    }
}
