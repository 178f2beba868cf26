//! `media.*`

use std::path::Path;

use frontline_device::services::media::PictureDraft;
use frontline_domain::fact::pictures;
use frontline_protocol::base64;
use serde_json::json;

use super::words::Words;
use super::{Answer, Handset, done, invalid, list};

pub async fn call(phone: &Handset, method: &str, words: &mut Words<'_>) -> Option<Answer> {
    Some(match method {
        "add" => add(phone, words),
        "list" => pictures_of(phone, words),
        "fetch" => fetch(phone, words).await,
        "save" => save(phone, words),
        _ => return None,
    })
}

/// From a file, or from base64 in the line itself.
fn add(phone: &Handset, words: &mut Words<'_>) -> Answer {
    let (file, text, live) = (words.maybe("file")?, words.maybe("base64")?, words.flag("live")?);
    words.end()?;
    let bytes = match (file, text) {
        (Some(file), None) => {
            let path = phone.dir.join(file);
            let said = |e: std::io::Error| invalid("file", "file", format!("the file can't be read: {}", e.kind()));
            // Its length first: a film is not to be read into memory.
            if std::fs::metadata(&path).map_err(said)?.len() > pictures::BYTES {
                return Err(invalid("file", "bytes", format!("a picture has at most {} MiB; make it smaller", pictures::BYTES >> 20)));
            }
            std::fs::read(&path).map_err(said)?
        }
        (None, Some(text)) => base64::decode(&text).ok_or_else(|| invalid("base64", "base64", "`base64` is a picture in base64"))?,
        _ => return Err(invalid("file", "one", "say either `file` or `base64`")),
    };
    Ok(json!(phone.core().media().add(PictureDraft { bytes, live })?))
}

fn pictures_of(phone: &Handset, words: &mut Words<'_>) -> Answer {
    let run = words.text("run")?;
    words.end()?;
    list(phone.core().media().of_run(&run)?)
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
    if !is_name || !(file.ends_with(".jpg") || file.ends_with(".png")) {
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
