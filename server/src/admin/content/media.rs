//! The pictures and videos that releases show: their bytes come first, and nothing is published that shows what is not here.

use frontline_content::{Bundle, Change, What};
use frontline_domain::OrgId;
use frontline_domain::release::Release;

use crate::admin::{AdminError, Desk, Result};
use crate::app::App;
use crate::blobs::content;
use crate::blobs::upload::NotTaken;

/// Keeps those of a folder on this machine; a bundle that travelled has none with it.
pub async fn take(app: &App, org: OrgId, bundle: &Bundle) -> Result<()> {
    app.blobs.take(app, org, &bundle.media).await.map_err(|why| match why {
        NotTaken::Store(error) => AdminError::Store(error),
        why => AdminError::Invalid(why.to_string()),
    })
}

impl Desk<'_> {
    /// Refuses a part that shows what is not here.
    pub(super) async fn refuse_without_media(&mut self, bundle: &Bundle, change: &Change) -> Result<()> {
        if !change.part.is_release() || change.what == What::Withdrawn {
            return Ok(());
        }
        let found = bundle.releases.iter().find(|r| r.kind() == change.part.name() && r.slug.as_str() == change.key);
        match found {
            Some(release) => self.refuse_lacking(bundle, release).await,
            None => Ok(()),
        }
    }

    /// Refuses a release that shows what is not here.
    pub(super) async fn refuse_lacking(&mut self, bundle: &Bundle, release: &Release) -> Result<()> {
        let (app, org) = (self.app, self.org());
        let lacking = content::lacking(app, self.tx.as_read(), org, release).await?;
        let Some(first) = lacking.first() else { return Ok(()) };
        let name = bundle.media_name(first).map_or_else(|| first.to_string(), str::to_owned);
        let more = if lacking.len() > 1 { format!(" and {} more", lacking.len() - 1) } else { String::new() };
        let (kind, slug) = (release.kind(), &release.slug);
        Err(AdminError::Invalid(format!(
            "the {kind} {slug} shows {name}{more}, whose bytes are not at the server; send them first, as `content push` does"
        )))
    }
}
