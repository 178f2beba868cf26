//! `admin`: what an administrator does at the server's own folder. Works beside a running server.

use std::path::Path;
use std::sync::Arc;

use frontline_domain::permission::Role;
use frontline_domain::{EntryHash, Scope};
use frontline_server::admin::{self, Desk, LetIn, secrets};
use frontline_server::store::DeviceRow;
use frontline_server::system::{SystemClock, SystemRandom};
use frontline_server::{App, AppState};
use serde_json::json;

use crate::args::{Admin, ServerData};
use crate::failure::{Done, Failure, print};
use crate::{admin_backups as backups, admin_customers as customers, admin_recovery as recovery, admin_roles as roles, when};

pub async fn run(it: Admin) -> Done {
    match it {
        Admin::Init { data, org, email } => {
            let holds_other = !data.join("server.db").exists() && data.read_dir().is_ok_and(|mut files| files.next().is_some());
            if holds_other {
                return Err(Failure::wrong_use(format!("--data {}: holds other files; name a new folder for the server", data.display())));
            }
            let app = open(&data).await?;
            let made = admin::init(&app, &org, &email).await?;
            print(&json!({"org": made.org, "token": made.token, "password": made.password}).to_string());
        }
        Admin::Code { at, site, person } => {
            let app = existing(&at).await?;
            let mut desk = desk(&app, &at).await?;
            let (site, person) = (desk.site(&site).await?, desk.person(&person).await?);
            let code = desk.enrolment_code(site.id, person.id).await?;
            desk.close().await?;
            print(&code.code);
        }
        Admin::Person { at, slug, name, role, site, language, email } => {
            let app = existing(&at).await?;
            let mut desk = desk(&app, &at).await?;
            let (role, scope) = (role_named(&role)?, scope(&mut desk, &site).await?);
            let person = desk.add_person(&slug, &name, Some(&language)).await?;
            desk.grant(person.id, role, scope).await?;
            let mut said = json!({"person": person.id});
            if let Some(email) = email {
                let password = secrets::readable(&SystemRandom, 20);
                desk.set_password(person.id, &email, secrets::hash_password(&SystemRandom, &password)).await?;
                said["password"] = json!(password);
            }
            desk.close().await?;
            print(&said.to_string());
        }
        Admin::Grant { at, person, role, site } => roles::grant(&at, &person, &role, &site).await?,
        Admin::Withdraw { at, person, role, site, since } => roles::withdraw(&at, &person, &role, &site, since.as_deref()).await?,
        Admin::Move { at, person, from, to } => roles::move_person(&at, &person, &from, &to).await?,
        Admin::Revoke { at, device } => revoke(&at, &device).await?,
        Admin::Unlock { at, device, person } => unlock(&at, &device, &person).await?,
        Admin::Forget(it) => customers::forget(&it).await?,
        Admin::Subject(it) => customers::subject(it).await?,
        Admin::Password { data, email } => {
            let password = admin::access::new_password(&*existing_in(&data).await?, &email).await?;
            print(&json!({"email": email.trim().to_lowercase(), "password": password}).to_string());
        }
        Admin::Token { at, name, role, withdraw_others } => token(&at, &name, &role, withdraw_others).await?,
        Admin::Quarantine { at, let_in } => quarantine(&at, let_in).await?,
        Admin::Import(it) => recovery::import(&it).await?,
        Admin::Recovery(it) => recovery::recovery(&it).await?,
        Admin::Backup(it) => backups::backup(&it).await?,
        Admin::Backups(it) => backups::backups(&it).await?,
        Admin::Restore(it) => backups::restore(&it).await?,
        Admin::GivenBack { at } => backups::given_back(&at).await?,
    }
    Ok(())
}

async fn open(data: &Path) -> Result<AppState, Failure> {
    Ok(App::open(data, Arc::new(SystemClock), Arc::new(SystemRandom)).await?)
}

pub async fn existing(at: &ServerData) -> Result<AppState, Failure> {
    existing_in(&at.data).await
}

pub async fn existing_in(data: &Path) -> Result<AppState, Failure> {
    if holds_a_server(data) {
        open(data).await
    } else {
        Err(Failure::failed(format!("{} holds no server; make one with: frontline admin init", data.display())))
    }
}

pub async fn desk<'a>(app: &'a App, at: &ServerData) -> Result<Desk<'a>, Failure> {
    let org = {
        let mut tx = app.store.read().await?;
        admin::organisation(tx.as_mut(), at.org.as_deref()).await?.id
    };
    Ok(Desk::open(app, org).await?)
}

pub async fn scope(desk: &mut Desk<'_>, site: &str) -> Result<Scope, Failure> {
    if site == "org" { Ok(Scope::Org) } else { Ok(Scope::Site(desk.site(site).await?.id)) }
}

pub fn role_named(name: &str) -> Result<Role, Failure> {
    serde_json::from_value(json!(name)).map_err(|_| {
        Failure::wrong_use(format!("‘{name}’ is no role; there are staff, technician, supervisor, manager, author, admin and integrator"))
    })
}

/// Whether a server's data is there, be it amid a restore or without its database: opening it says so.
pub fn holds_a_server(data: &Path) -> bool {
    ["server.db", frontline_server::ledger::FILE, frontline_server::backup::restore::MARKER].iter().any(|name| data.join(name).exists())
}

async fn revoke(at: &ServerData, named: &str) -> Done {
    let app = existing(at).await?;
    let mut desk = desk(&app, at).await?;
    let device = device_named(&mut desk, named).await?;
    desk.revoke(device.id).await?;
    let revoked_ms = device.revoked_ms.unwrap_or(desk.now_ms);
    desk.close().await?;
    print(&json!({"device": device.id, "name": device.name, "revoked": when::iso(revoked_ms)}).to_string());
    Ok(())
}

async fn unlock(at: &ServerData, named: &str, person: &str) -> Done {
    let app = existing(at).await?;
    let mut desk = desk(&app, at).await?;
    let (device, person) = (device_named(&mut desk, named).await?, desk.person(person).await?);
    desk.unlock_pin(device.id, person.id).await?;
    let at_ms = desk.now_ms;
    desk.close().await?;
    print(&json!({"device": device.id, "name": device.name, "person": person.slug, "unlocked": when::iso(at_ms)}).to_string());
    Ok(())
}

async fn device_named(desk: &mut Desk<'_>, named: &str) -> Result<DeviceRow, Failure> {
    let org = desk.org();
    let found = desk.tx.devices(org).await?.into_iter().find(|d| d.name == named || d.id.to_string() == named);
    found.ok_or_else(|| Failure::failed(format!("there is no device ‘{named}’; the console lists them, site by site")))
}

async fn token(at: &ServerData, name: &str, role: &str, withdraw_others: bool) -> Done {
    let app = existing(at).await?;
    let role = role_named(role)?;
    let mut desk = desk(&app, at).await?;
    let withdrawn = if withdraw_others { desk.withdraw_tokens().await? } else { 0 };
    let token = desk.new_token(name, role).await?;
    desk.close().await?;
    print(&json!({"name": name.trim(), "role": role, "token": token, "withdrawn": withdrawn}).to_string());
    Ok(())
}

async fn quarantine(at: &ServerData, named: Option<String>) -> Done {
    let app = existing(at).await?;
    let mut desk = desk(&app, at).await?;
    let Some(id) = named else {
        let waiting = desk.quarantine(true, 10_000).await?;
        if waiting.is_empty() {
            crate::failure::say!("nothing is in quarantine");
        }
        for q in waiting {
            let what = q.entry_type.map(|t| t.to_string());
            print(&json!({"id": q.hash, "type": what, "device": q.offered_by, "code": q.code.name(), "reason": q.code.text()}).to_string());
        }
        return Ok(());
    };
    let hash: EntryHash = id.parse().map_err(|e| Failure::wrong_use(format!("--let-in: {e}")))?;
    let said = match desk.let_in(hash).await? {
        LetIn::Stored => "stored",
        LetIn::Remake => "its phone was asked to make the edit anew",
        LetIn::Impossible(code) => return Err(Failure::failed(format!("it can't be let in: {code}"))),
    };
    desk.close().await?;
    print(said);
    Ok(())
}
