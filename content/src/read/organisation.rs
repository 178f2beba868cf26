//! organisation.yaml and sites.yaml.

use frontline_domain::Lang;
use frontline_domain::fact::pictures;
use frontline_domain::record::{Photos, Policy};

use super::fields::Fields;
use super::languages::is_known;
use super::page::Page;
use super::text;
use crate::bundle::{Organisation, Part, Site, due};
use crate::finding::At;
use crate::limits;
use frontline_domain::near::{did_you_mean, shown};

/// Reads organisation.yaml. The languages come apart: the other files need them whatever else is wrong here.
pub fn organisation(page: Page<'_>, file: &str) -> Option<(Vec<Lang>, Option<Organisation>)> {
    let node = page.yaml(file, 1)?;
    let fields = Fields::of(page, &node, "the organisation")?;
    let name = fields.need_word("name").and_then(|(at, name)| text::string(page, at, name, "‘name’", limits::LABEL));
    let mut languages: Vec<Lang> = Vec::new();
    let mut all = true;
    for node in fields.need_list("languages", limits::LANGUAGES).unwrap_or_default() {
        match page.scalar(node, "a language").and_then(|tag| text::language(page, node.at, tag)) {
            Some(lang) if !is_known(&lang) => {
                page.say(node.at, format!("there is no language ‘{lang}’: use one such as en, ar or pt-BR"));
                all = false;
            }
            Some(lang) if languages.contains(&lang) => page.say(node.at, format!("‘{lang}’ is there already")),
            Some(lang) => languages.push(lang),
            None => all = false,
        }
    }
    let policy = match fields.get("policy") {
        Some(node) => policy(page, node),
        None => Some(Policy::default()),
    };
    fields.end();
    (all && !languages.is_empty()).then_some(())?;
    let whole = name.zip(policy).map(|(name, policy)| Organisation { name, languages: languages.clone(), policy });
    Some((languages, whole))
}

fn policy(page: Page<'_>, node: &crate::yaml::Node) -> Option<Policy> {
    let fields = Fields::of(page, node, "the policy")?;
    let usual = Policy::default();
    let policy = Policy {
        lease_days: fields.number("lease_days", 1..=180).unwrap_or(usual.lease_days),
        keep_days: fields.number("keep_days", 1..=365).unwrap_or(usual.keep_days),
        window_days: fields.number("window_days", 7..=730).unwrap_or(usual.window_days),
        minimum_responses: fields.number("minimum_responses", 1..=10_000).unwrap_or(usual.minimum_responses),
        silent_days: fields.number("silent_days", 1..=365).unwrap_or(usual.silent_days),
        pin_required: fields.flag("pin_required").unwrap_or(usual.pin_required),
        metered_mib_per_day: fields.number("metered_mib_per_day", 0..=10_000).unwrap_or(usual.metered_mib_per_day),
        photos: photos(&fields),
    };
    fields.end();
    Some(policy)
}

/// What a picture may be, and what it keeps of what the camera wrote into it.
fn photos(fields: &Fields<'_, '_>) -> Photos {
    let usual = Photos::default();
    let mut photos = Photos {
        side: fields.number("photo_side", 640..=i64::from(pictures::SIDE)).unwrap_or(usual.side),
        kib: fields.number("photo_kib", 100..=i64::try_from(pictures::BYTES >> 10).unwrap_or(i64::MAX)).unwrap_or(usual.kib),
        ..usual
    };
    for node in fields.list("photo_keeps", 2).unwrap_or_default() {
        match fields.page.scalar(node, "an entry").map(str::trim) {
            Some("time") => photos.keep_time = true,
            Some("place") => photos.keep_place = true,
            Some(other) => {
                let message = format!("a photo keeps its time, its place, both or neither; {} is none of them", shown(other));
                fields.page.say(node.at, message);
            }
            None => {}
        }
    }
    photos
}

/// Reads sites.yaml.
pub fn sites(page: Page<'_>, file: &str) -> Option<Vec<Site>> {
    let node = page.yaml(file, 1)?;
    let list = page.list(&node, "sites.yaml", limits::SITES)?;
    if list.is_empty() {
        return page.nothing(node.at, "an organisation has at least one site");
    }
    Some(list.iter().filter_map(|node| site(page, node)).collect())
}

fn site(page: Page<'_>, node: &crate::yaml::Node) -> Option<Site> {
    let fields = Fields::of(page, node, "a site")?;
    let slug = fields.need_slug("slug");
    let free = slug.as_ref().is_some_and(|(at, slug)| match slug.as_str() {
        "org" => page.nothing(*at, "‘org’ stands for the whole organisation; choose another slug for the site").unwrap_or(false),
        _ => page.names.declare(page, *at, Part::Site, slug),
    });
    if slug.is_none() {
        page.names.unreadable(Part::Site);
    }
    let name = fields.label("name");
    let zone = fields.need_word("zone").and_then(|(at, zone)| zone_name(page, at, zone));
    let tags = fields.slugs("tags");
    fields.later(&["opening_hours", "languages"]);
    fields.end();
    free.then_some(Site { slug: slug?.1, name: name?, zone: zone?, tags })
}

fn zone_name(page: Page<'_>, at: At, zone: &str) -> Option<String> {
    if due::find(zone).is_ok() {
        return Some(zone.to_owned());
    }
    let near = did_you_mean(zone, frontline_domain::zone::Zone::names());
    page.nothing(at, format!("{} is no zone: use an IANA name such as Europe/London{near}", shown(zone)))
}
