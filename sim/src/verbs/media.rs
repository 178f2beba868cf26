//! `media.*`

use std::path::Path;

use frontline_device::services::media::{PictureDraft, SoundDraft};
use frontline_domain::drawing::Point;
use frontline_domain::fact::{pictures, sounds};
use frontline_protocol::base64;
use serde_json::{Value, json};

use super::words::Words;
use super::{Answer, Handset, done, invalid, list};

pub async fn call(phone: &Handset, method: &str, words: &mut Words<'_>) -> Option<Answer> {
    Some(match method {
        "add" => add(phone, words),
        "add_sound" => add_sound(phone, words),
        "add_drawing" => add_drawing(phone, words),
        "drawing" => drawing(phone, words),
        "list" => pictures_of(phone, words),
        "fetch" => fetch(phone, words).await,
        "save" => save(phone, words),
        _ => return None,
    })
}

/// From a file, or from base64 in the line itself; `most` bytes of it.
fn given(phone: &Handset, words: &mut Words<'_>, what: &str, most: u64) -> Result<(Vec<u8>, bool), frontline_device::Error> {
    let (file, text, live) = (words.maybe("file")?, words.maybe("base64")?, words.flag("live")?);
    words.end()?;
    let bytes = match (file, text) {
        (Some(file), None) => {
            let path = phone.dir.join(file);
            let said = |e: std::io::Error| invalid("file", "file", format!("the file can't be read: {}", e.kind()));
            // Its length first: a film is not to be read into memory.
            if std::fs::metadata(&path).map_err(said)?.len() > most {
                return Err(invalid("file", "bytes", format!("a {what} has at most {} MiB; make it smaller", most >> 20)));
            }
            std::fs::read(&path).map_err(said)?
        }
        (None, Some(text)) => {
            base64::decode(&text).ok_or_else(|| invalid("base64", "base64", format!("`base64` is a {what} in base64")))?
        }
        _ => return Err(invalid("file", "one", "say either `file` or `base64`")),
    };
    Ok((bytes, live))
}

fn add(phone: &Handset, words: &mut Words<'_>) -> Answer {
    let (bytes, live) = given(phone, words, "picture", pictures::BYTES)?;
    Ok(json!(phone.core().media().add(PictureDraft { bytes, live })?))
}

fn add_sound(phone: &Handset, words: &mut Words<'_>) -> Answer {
    let (bytes, live) = given(phone, words, "recording", sounds::BYTES)?;
    Ok(json!(phone.core().media().add_sound(SoundDraft { bytes, live })?))
}

/// Each stroke a list of `[x, y, ms]`.
fn add_drawing(phone: &Handset, words: &mut Words<'_>) -> Answer {
    let side = |name, words: &mut Words<'_>| {
        let side = words.whole(name)?;
        u32::try_from(side).map_err(|_| invalid(name, "side", format!("`{name}` is that of the field, in pixels")))
    };
    let (width, height) = (side("width", words)?, side("height", words)?);
    let strokes = strokes(words.any("strokes")?).ok_or_else(|| {
        invalid("strokes", "list", "`strokes` is a list of strokes, each a list of points, each `[x, y, ms since the first point]`")
    })?;
    words.end()?;
    Ok(json!(phone.core().media().add_drawing(width, height, strokes)?))
}

fn strokes(given: &Value) -> Option<Vec<Vec<Point>>> {
    let number = |n: &Value| u32::try_from(n.as_u64()?).ok();
    let point = |point: &Value| match point.as_array()?.as_slice() {
        [x, y, at_ms] => Some(Point { x: number(x)?, y: number(y)?, at_ms: number(at_ms)? }),
        _ => None,
    };
    given.as_array()?.iter().map(|stroke| stroke.as_array()?.iter().map(point).collect()).collect()
}

/// The strokes of a signature that is here, as they are given.
fn drawing(phone: &Handset, words: &mut Words<'_>) -> Answer {
    let photo = words.text("photo")?;
    words.end()?;
    let drawn = phone.core().media().drawing(&photo)?;
    let strokes: Vec<Vec<[u32; 3]>> = drawn.strokes.iter().map(|s| s.iter().map(|p| [p.x, p.y, p.at_ms]).collect()).collect();
    Ok(json!({"width": drawn.width, "height": drawn.height, "strokes": strokes}))
}

/// What belongs to a run, or to an action.
fn pictures_of(phone: &Handset, words: &mut Words<'_>) -> Answer {
    let (run, action) = (words.maybe("run")?, words.maybe("action")?);
    words.end()?;
    match (run, action) {
        (Some(run), None) => list(phone.core().media().of_run(&run)?),
        (None, Some(action)) => list(phone.core().media().of_action(&action)?),
        _ => Err(invalid("run", "one", "say either `run` or `action`")),
    }
}

/// Brings a colleague's picture here.
async fn fetch(phone: &Handset, words: &mut Words<'_>) -> Answer {
    let (photo, small) = (words.text("photo")?, words.flag("small")?);
    let network = super::device::network(words)?;
    words.end()?;
    phone.core().media().fetch(&photo, small, network).await?;
    done()
}

/// Writes a picture into a new file of the phone's folder.
fn save(phone: &Handset, words: &mut Words<'_>) -> Answer {
    let (photo, file) = (words.text("photo")?, words.text("file")?);
    words.end()?;
    let is_name = Path::new(&file).file_name().is_some_and(|name| name == file.as_str());
    if !is_name || ![".jpg", ".png", ".m4a", ".mp4"].iter().any(|end| file.ends_with(end)) {
        return Err(invalid("file", "name", "write the name of a new file in the phone's folder, such as fridge.jpg, and no path"));
    }
    let path = phone.dir.join(&file);
    if path.symlink_metadata().is_ok() {
        return Err(invalid("file", "new", "this file exists; name a new one"));
    }
    let bytes = phone.core().media().bytes(&photo)?;
    std::fs::write(&path, &bytes).map_err(|e| invalid("file", "file", format!("the file can't be written: {}", e.kind())))?;
    Ok(json!({"bytes": bytes.len()}))
}
