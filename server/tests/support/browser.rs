//! A browser without pictures: keeps cookies, follows forms by their hidden token.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, HeaderValue, Request, StatusCode, header};
use frontline_server::Front;
use frontline_server::http::{peer, router};
use tower::ServiceExt;

use super::{PASSWORD, Town};

#[derive(Clone)]
pub struct Browser {
    router: Router,
    pub cookies: BTreeMap<String, String>,
    /// How its requests come: from which address, with which word of a proxy, to a server that was told what.
    way: Option<(IpAddr, Option<&'static str>, Arc<Front>)>,
}

pub struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Page {
    /// Where it leads.
    pub fn to(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |to| to.to_str().expect("text"))
    }
    /// The hidden token of its forms.
    pub fn csrf(&self) -> String {
        let at = self.body.find(r#"name="csrf" value=""#).expect("a form") + 19;
        self.body[at..].chars().take_while(|c| *c != '"').collect()
    }
    /// Its words without the markup, blanks as one.
    pub fn text(&self) -> String {
        let mut out = String::new();
        let mut inside = false;
        for c in self.body.chars() {
            match c {
                '<' => inside = true,
                '>' => {
                    inside = false;
                    out.push(' ');
                }
                c if !inside => out.push(c),
                _ => {}
            }
        }
        let out = [("&#60;", "<"), ("&#62;", ">"), ("&#39;", "'"), ("&#34;", "\""), ("&#38;", "&")]
            .iter()
            .fold(out, |text, (code, c)| text.replace(code, c));
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    }
    #[track_caller]
    pub fn says(&self, words: &str) {
        assert!(self.text().contains(words), "‘{words}’ is not in: {}", self.text());
    }
    #[track_caller]
    pub fn is_silent_about(&self, words: &str) {
        assert!(!self.body.contains(words), "‘{words}’ is in the page");
    }
}

impl Browser {
    pub fn new(town: &Town) -> Self {
        Self { router: router(town.app.clone()), cookies: BTreeMap::new(), way: None }
    }
    /// The same by this way.
    pub fn by(self, address: IpAddr, said: Option<&'static str>, front: &Arc<Front>) -> Self {
        Self { way: Some((address, said, front.clone())), ..self }
    }
    /// One that signed in through the page.
    pub async fn signed_in(town: &Town, email: &str) -> Self {
        let mut browser = Self::new(town);
        let page = browser.signs_in(email, PASSWORD).await;
        assert_eq!((page.status, page.to()), (StatusCode::SEE_OTHER, "/"), "{}", page.text());
        browser
    }
    pub async fn signs_in(&mut self, email: &str, password: &str) -> Page {
        let csrf = self.get("/sign-in").await.csrf();
        self.post("/sign-in", &[("csrf", &csrf), ("email", email), ("password", password)]).await
    }
    pub async fn get(&mut self, path: &str) -> Page {
        self.asks(Request::get(path), Body::empty()).await
    }
    /// Sends a form as it is given.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.asks(request, Body::from(pairs.join("&"))).await
    }
    /// Sends a form with the token of this session.
    pub async fn sends(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let csrf = self.get("/").await.csrf();
        let mut all = vec![("csrf", csrf.as_str())];
        all.extend_from_slice(fields);
        self.post(path, &all).await
    }
    pub async fn asks(&mut self, request: axum::http::request::Builder, body: Body) -> Page {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = request.header(header::COOKIE, cookies.join("; ")).header(header::HOST, "console.example");
        let mut request = request.body(body).expect("a request");
        if let Some((address, said, front)) = &self.way {
            if let Some(said) = said {
                request.headers_mut().insert("x-forwarded-for", HeaderValue::from_static(said));
            }
            peer::name(&mut request, *address, false, front);
        }
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        for line in parts.headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().expect("text");
            let (name, value) = line.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie");
            match line.contains("Max-Age=0;") {
                true => self.cookies.remove(name),
                false => self.cookies.insert(name.into(), value.into()),
            };
        }
        let body = to_bytes(body, 8 << 20).await.expect("a body");
        Page { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() }
    }
}

fn encoded(text: &str) -> String {
    text.bytes().map(|b| if b.is_ascii_alphanumeric() { (b as char).to_string() } else { format!("%{b:02X}") }).collect()
}
