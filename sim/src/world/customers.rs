//! What an administrator does about customers in a story: the functions that the program's commands call.

use frontline_domain::customer::Handle;
use frontline_server::customers::forget::Whom;
use serde_json::{Map, Value, json};

use super::{World, words};

impl World {
    /// Forgets the customer with this phone number, address or id.
    pub async fn forget(&mut self, named: &Map<String, Value>) -> Result<(), String> {
        let word = |name: &str| named.get(name).and_then(Value::as_str);
        let whom = match (word("phone"), word("email"), word("subject")) {
            (Some(phone), None, None) => Whom::Handle(Handle::phone(phone).map_err(words)?),
            (None, Some(email), None) => Whom::Handle(Handle::email(email).map_err(words)?),
            (None, None, Some(id)) => Whom::Subject(id.parse().map_err(words)?),
            _ => return Err("server forget: say one of `phone`, `email` and `subject`".to_owned()),
        };
        frontline_server::customers::forget::forget(&self.server()?.app, self.org, &whom).await.map_err(words)?;
        Ok(())
    }

    /// Undoes a merge.
    pub async fn unmerge(&mut self, from: &str) -> Result<(), String> {
        let mut desk = self.desk().await?;
        desk.unmerge(from.parse().map_err(words)?).await.map_err(words)?;
        desk.close().await.map_err(words)
    }

    /// The merges that stand.
    pub async fn merges(&mut self) -> Result<Vec<Value>, String> {
        let mut desk = self.desk().await?;
        let all = desk.merges().await.map_err(words)?;
        Ok(all.iter().map(|m| json!({"from": m.from, "into": m.into})).collect())
    }
}
