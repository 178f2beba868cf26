//! One name of content: its versions, what uses them, and what a change of it will do.

use askama::Template;

use super::parts::*;

#[derive(Template)]
#[template(path = "release.html")]
pub struct ReleasePage {
    pub frame: Frame,
    pub title: Words,
    pub kind: String,
    pub zone: String,
    /// `procedure/opening-checks`.
    pub path: String,
    pub slug: String,
    pub chip: Chip,
    pub version: String,
    pub since: Stamp,
    pub hash: String,
    /// What refers to it, in sentences.
    pub uses: Vec<String>,
    pub versions: Vec<VersionRow>,
    pub history: Vec<PublishedRow>,
    /// Where it is withdrawn, by those who may.
    pub withdraw: bool,
    /// Where a draft of a new version is looked at, by those who publish.
    pub draft: Option<String>,
    /// What the current version shows.
    pub media: Vec<MediaView>,
    /// Where it is said what becomes of open runs, by those who publish.
    pub runs: Option<String>,
    pub notice: Option<Notice>,
}

/// A picture or video of content.
pub struct MediaView {
    pub src: String,
    /// The words that stand for it.
    pub alt: Words,
    /// Beside which step, or on which card.
    pub place: String,
    pub is_video: bool,
}

/// One version.
pub struct VersionRow {
    pub name: String,
    pub current: bool,
    pub since: Stamp,
    /// What was begun with it, in words.
    pub work: Vec<String>,
    /// Where it is made current, by those who may.
    pub publish: Option<String>,
}

/// That it was published or withdrawn.
pub struct PublishedRow {
    pub at: Stamp,
    pub text: String,
    pub tone: &'static str,
}

/// What withdrawing it, or making a version current, will do.
#[derive(Template)]
#[template(path = "release_change.html")]
pub struct ReleaseChangePage {
    pub frame: Frame,
    pub title: String,
    pub name: Words,
    /// Where it is looked at, and where the form goes.
    pub path: String,
    pub action: String,
    /// The version that is made current; empty where it is withdrawn.
    pub version: String,
    pub effects: Vec<String>,
    pub submit: &'static str,
    pub danger: bool,
    /// What becomes of open runs of versions that cannot be begun then.
    pub open_runs: Option<OpenRunsView>,
    pub notice: Option<Notice>,
}

/// What is known of open runs, by site, in words.
pub struct OpenRunsView {
    pub sites: Vec<String>,
}

/// What becomes of open runs of the versions before, at any time.
#[derive(Template)]
#[template(path = "release_runs.html")]
pub struct ReleaseRunsPage {
    pub frame: Frame,
    pub name: Words,
    pub path: String,
    pub action: String,
    pub choice: Option<OpenRunsView>,
    /// Withdrawals that stand.
    pub rows: Vec<WithdrawnRow>,
    pub notice: Option<Notice>,
}

/// A withdrawal.
pub struct WithdrawnRow {
    pub id: String,
    pub says: String,
    pub of: String,
}
