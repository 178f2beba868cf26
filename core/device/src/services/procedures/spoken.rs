//! Answers and controls in the words of whoever is at the phone.

use frontline_domain::Text;
use frontline_domain::form::Value;
use frontline_domain::form::speech::{English, Phrase, Speech, said};
use frontline_domain::record::Site;

use super::assets;
use crate::people::Reader;
use crate::people::name;
use crate::store::{Db, records};

pub(in crate::services) struct Spoken<'a> {
    pub db: &'a Db<'a>,
    pub reader: &'a Reader,
}

impl Speech for Spoken<'_> {
    fn say(&self, phrase: &Phrase<'_>) -> String {
        said(self.reader.language().as_str(), phrase)
    }
    fn text(&self, text: &Text) -> String {
        self.reader.words(text).text
    }
    fn moment(&self, ms: i64) -> String {
        English.moment(ms)
    }
    fn named(&self, value: &Value) -> Option<String> {
        match value {
            Value::Person(id) => name(self.db, *id).ok(),
            Value::Site(id) => {
                let record: Option<Site> = records::get(self.db, id.as_bytes()).ok()?;
                record.map(|site| self.reader.words(&site.name).text)
            }
            Value::Asset(slug) => assets::label(self.db, self.reader, slug).ok().map(|words| words.text),
            _ => None,
        }
    }
}
