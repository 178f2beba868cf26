//! `admin grant`, `withdraw`, `move`: who may do what where. Each prints one line of JSON that says what it did.

use serde_json::json;

use crate::admin::{desk, existing, role_named, scope};
use crate::args::ServerData;
use crate::failure::{Done, Failure, print};
use crate::when;

pub async fn grant(at: &ServerData, person: &str, role: &str, site: &str) -> Done {
    let app = existing(at).await?;
    let mut desk = desk(&app, at).await?;
    let (who, held, scope) = (desk.person(person).await?, role_named(role)?, scope(&mut desk, site).await?);
    let grant = desk.grant(who.id, held, scope).await?;
    desk.close().await?;
    // The same role there twice is one grant: then this is when it began.
    print(&json!({"person": person, "role": role, "site": site, "from": when::iso(grant.from_ms)}).to_string());
    Ok(())
}

pub async fn withdraw(at: &ServerData, person: &str, role: &str, site: &str, since: Option<&str>) -> Done {
    let since_ms = since.map(when::read).transpose().map_err(|e| Failure::wrong_use(format!("--since: {e}")))?;
    let app = existing(at).await?;
    let mut desk = desk(&app, at).await?;
    let since_ms = since_ms.unwrap_or(desk.now_ms);
    if since_ms > desk.now_ms {
        return Err(Failure::wrong_use("--since: that lies ahead; a role is withdrawn when its time has come"));
    }
    let (who, held, scope) = (desk.person(person).await?, role_named(role)?, scope(&mut desk, site).await?);
    let began = desk.held(who.id).await?.into_iter().filter(|g| g.role == held && g.scope == scope).map(|g| g.from_ms).max();
    let Some(began_ms) = began else {
        return Err(Failure::failed(format!("{person} does not hold that role there")));
    };
    desk.withdraw_since(who.id, held, scope, since_ms).await?;
    desk.close().await?;
    // Nobody loses a role before they got it.
    let until = when::iso(since_ms.max(began_ms));
    print(&json!({"person": person, "role": role, "site": site, "until": until}).to_string());
    Ok(())
}

pub async fn move_person(at: &ServerData, person: &str, from: &str, to: &str) -> Done {
    let app = existing(at).await?;
    let mut desk = desk(&app, at).await?;
    let who = desk.person(person).await?;
    let (out_of, into) = (scope(&mut desk, from).await?, scope(&mut desk, to).await?);
    let roles: Vec<_> = desk.held(who.id).await?.into_iter().filter(|g| g.scope == out_of).map(|g| g.role).collect();
    if roles.is_empty() {
        return Err(Failure::failed(format!("{person} holds no role there")));
    }
    desk.move_person(who.id, out_of, into).await?;
    desk.close().await?;
    print(&json!({"person": person, "from": from, "to": to, "roles": roles}).to_string());
    Ok(())
}
