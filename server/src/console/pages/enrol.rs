//! `/sites/{id}/enrol`: a one-time code for a person's device, as text and as a picture.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use serde::Deserialize;

use frontline_domain::permission::Act;
use frontline_domain::record::Site;
use frontline_domain::{PersonId, Scope};

use super::{allowed, deeds, frame, site_id};
use crate::console::Console;
use crate::console::address::escaped;
use crate::console::errors::{Failure, show as page};
use crate::console::look::names::{Names, people_of};
use crate::console::sent::Sent;
use crate::console::session::{self, Me};
use crate::console::strings::fill;
use crate::console::view::{Choice, EnrolCode, EnrolPage, Place};
use crate::http::{Front, PublicUrl};
use crate::store::ReadTx;

/// Whom the address chooses beforehand.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    person: String,
}

pub async fn show(
    State(console): State<Arc<Console>>,
    me: Me,
    Path(site): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let id = site_id(&site)?;
    let mut tx = console.store.read().await?;
    let tx = tx.as_mut();
    let names = Names::read(tx, &me).await?;
    let site = place(&me, &names, id)?;
    let people = people_of(tx, me.org, &names, id).await?;
    form(tx, &me, &names, site, (&people, &asked.person), None, None).await
}

/// The site, if the person may enrol devices at it.
fn place<'a>(me: &Me, names: &'a Names, id: frontline_domain::SiteId) -> Result<&'a Site, Failure> {
    let site = names.sites.get(&id).filter(|s| !s.withdrawn).ok_or(Failure::Missing)?;
    allowed(me, Act::Enrol, Scope::Site(id))?;
    Ok(site)
}

async fn form(
    tx: &mut dyn ReadTx,
    me: &Me,
    names: &Names,
    site: &Site,
    (people, chosen): (&[PersonId], &str),
    wrong: Option<&'static str>,
    made: Option<EnrolCode>,
) -> Result<Response, Failure> {
    let choice = |id: &PersonId| Choice { value: id.to_string(), label: names.person(*id), selected: id.to_string() == chosen };
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let shown = EnrolPage {
        frame: frame(tx, me, Some(Place::Sites), Some(&names.zone(site))).await?,
        site_id: site.id.to_string(),
        site: names.words(&site.name),
        people: people.iter().map(choice).collect(),
        wrong,
        made,
    };
    Ok((status, page(&shown)).into_response())
}

/// The code is in the answer itself and nowhere else: it is kept as a hash only, and no address holds it.
pub async fn make(
    State(console): State<Arc<Console>>,
    headers: HeaderMap,
    front: Option<Extension<Arc<Front>>>,
    Path(site): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let (me, id) = (&sent.me, site_id(&site)?);
    let mut tx = console.store.read().await?;
    let tx = tx.as_mut();
    let names = Names::read(tx, me).await?;
    let site = place(me, &names, id)?;
    let people = people_of(tx, me.org, &names, id).await?;
    let chosen = sent.fields.get("person").parse::<PersonId>().ok().filter(|p| people.contains(p));
    let Some(person) = chosen else { return form(tx, me, &names, site, (&people, ""), Some(me.t.enrol.wrong), None).await };
    let (code, expires_ms) = deeds::code(&console, me, id, person).await?;
    let (t, zone, name) = (&me.t.enrol, names.zone(site), names.person(person));
    let server = server(&headers, front.as_ref().and_then(|front| front.public.as_ref()));
    let link = format!("frontline://enrol?server={}&code={}", escaped(&server), escaped(&code));
    let stamp = zone.stamp(expires_ms);
    let made = EnrolCode {
        heading: fill(t.code_for, &[("name", &name)]),
        qr: picture(&link)?,
        expires: fill(t.expires, &[("time", &stamp.text), ("zone", zone.name())]),
        seconds: (expires_ms - me.now_ms) / 1_000,
        ready: fill(t.step_3, &[("name", &name), ("site", &names.words(&site.name).text)]),
        code,
        server,
    };
    form(tx, me, &names, site, (&people, ""), None, Some(made)).await
}

/// Where devices reach this server: where it says that it is reached, else as the browser reached it.
fn server(headers: &HeaderMap, public: Option<&PublicUrl>) -> String {
    if let Some(url) = public {
        return url.to_string();
    }
    let scheme = if session::is_secure(headers) { "https" } else { "http" };
    let host = headers.get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or("localhost");
    format!("{scheme}://{host}")
}

/// A QR code in dark on light, whatever the page's scheme: not every camera reads the reverse.
fn picture(text: &str) -> Result<String, Failure> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M);
    let code = code.map_err(|e| Failure::Failed(format!("no QR code of {} bytes: {e}", text.len())))?;
    let mut picture = code.render::<svg::Color<'_>>();
    let picture = picture.min_dimensions(240, 240).quiet_zone(true);
    let svg = picture.dark_color(svg::Color("#000000")).light_color(svg::Color("#ffffff")).build();
    // Without the XML declaration, which HTML has no place for.
    Ok(svg.find("<svg").map_or_else(String::new, |at| svg[at..].to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_is_an_svg_of_shapes_only() {
        let svg = picture("frontline://enrol?server=https%3A%2F%2Fexample.com&code=ABCD-EFGH").expect("a picture");
        assert!(svg.starts_with("<svg") && svg.contains("<path") && !svg.contains("<script") && !svg.contains("style="));
        assert_eq!(escaped("https://a.example:8080"), "https%3A%2F%2Fa.example%3A8080");
    }
}
