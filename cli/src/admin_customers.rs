//! `admin forget`, `admin subject`: customers. What is printed holds random ids only.

use clap::{Args, Subcommand};
use frontline_domain::SubjectId;
use frontline_domain::customer::Handle;
use frontline_server::customers::forget::{self, Whom};
use serde_json::json;

use crate::admin::{desk, existing};
use crate::args::ServerData;
use crate::failure::{Done, Failure, print};

#[derive(Debug, Args)]
#[group(id = "whom", required = true, multiple = false, args = ["phone", "email", "subject"])]
pub struct Forget {
    #[command(flatten)]
    pub at: ServerData,
    /// The customer's phone number, with its country's code
    #[arg(long, value_name = "NUMBER")]
    pub phone: Option<String>,
    /// The customer's e-mail address
    #[arg(long, value_name = "MAIL")]
    pub email: Option<String>,
    /// The customer's id, as a phone shows it with a contact
    #[arg(long, value_name = "ID")]
    pub subject: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum Subject {
    /// The merges that stand: a line for each, {from, into}
    List {
        #[command(flatten)]
        at: ServerData,
    },
    /// Undo a merge: the customer FROM is one of their own again, and is not merged with that one again
    Unmerge {
        #[command(flatten)]
        at: ServerData,
        #[arg(long, value_name = "ID")]
        from: String,
    },
}

pub async fn forget(it: &Forget) -> Done {
    let wrong = |flag: &str, e: String| Failure::wrong_use(format!("--{flag}: {e}"));
    let whom = match (&it.phone, &it.email, &it.subject) {
        (Some(phone), _, _) => Whom::Handle(Handle::phone(phone).map_err(|e| wrong("phone", e.to_string()))?),
        (_, Some(email), _) => Whom::Handle(Handle::email(email).map_err(|e| wrong("email", e.to_string()))?),
        (_, _, Some(id)) => Whom::Subject(read("subject", id)?),
        (None, None, None) => return Err(Failure::wrong_use("say one of --phone, --email and --subject")),
    };
    let app = existing(&it.at).await?;
    let org = desk(&app, &it.at).await?.org();
    let forgotten = forget::forget(&app, org, &whom).await?;
    print(&json!({"forgotten": forgotten}).to_string());
    Ok(())
}

pub async fn subject(it: Subject) -> Done {
    match it {
        Subject::List { at } => {
            let app = existing(&at).await?;
            let mut desk = desk(&app, &at).await?;
            let merges = desk.merges().await?;
            if merges.is_empty() {
                crate::failure::say!("no customer was merged into another");
            }
            merges.iter().for_each(|m| print(&json!({"from": m.from, "into": m.into}).to_string()));
        }
        Subject::Unmerge { at, from } => {
            let from = read("from", &from)?;
            let app = existing(&at).await?;
            let mut desk = desk(&app, &at).await?;
            let undone = desk.unmerge(from).await?;
            desk.close().await?;
            print(&json!({"from": undone.from, "no longer": undone.into}).to_string());
        }
    }
    Ok(())
}

fn read(flag: &str, id: &str) -> Result<SubjectId, Failure> {
    id.parse().map_err(|e| Failure::wrong_use(format!("--{flag}: {e}")))
}
