//! Devices, epochs and codes in SQLite.

use async_trait::async_trait;
use rusqlite::Row;

use frontline_domain::{DeviceId, Epoch, OrgId, PersonId, SiteId};
use frontline_protocol::sync::AppVersion;

use super::columns::{bytes, maybe_bytes, org, unsigned};
use super::tx::SqliteTx;
use crate::store::{Certified, Code, Contact, DeviceRow, DevicesRead, DevicesWrite, Ended, EpochRow, Result};

const DEVICE: &str = "SELECT id, name, model, site, key, enrolled_ms, revoked_ms, lost, reason, app, last_contact_ms, reported_through_ms FROM device WHERE org = ?1";

fn device_row(row: &Row<'_>) -> rusqlite::Result<DeviceRow> {
    Ok(DeviceRow {
        id: DeviceId::from_bytes(bytes(row, "id")?),
        name: row.get("name")?,
        model: row.get("model")?,
        site: SiteId::from_bytes(bytes(row, "site")?),
        key: bytes(row, "key")?,
        enrolled_ms: row.get("enrolled_ms")?,
        revoked_ms: row.get("revoked_ms")?,
        lost: row.get("lost")?,
        reason: row.get("reason")?,
        app: row.get::<_, Option<i64>>("app")?.map(|packed| AppVersion::unpack(packed.cast_unsigned())),
        last_contact_ms: row.get("last_contact_ms")?,
        reported_through_ms: row.get("reported_through_ms")?,
    })
}

fn certified_row(row: &Row<'_>) -> rusqlite::Result<Certified> {
    Ok(Certified {
        device: DeviceId::from_bytes(bytes(row, "device")?),
        person: PersonId::from_bytes(bytes(row, "person")?),
        site: SiteId::from_bytes(bytes(row, "site")?),
        at_ms: row.get("at_ms")?,
        since_ms: row.get("since_ms")?,
        signed_out_ms: row.get("signed_out_ms")?,
    })
}

const CERTIFIED: &str = "SELECT device, person, site, at_ms, since_ms, signed_out_ms FROM certified";

#[async_trait]
impl DevicesRead for SqliteTx {
    async fn device(&mut self, o: OrgId, device: DeviceId) -> Result<Option<DeviceRow>> {
        self.row(&format!("{DEVICE} AND id = ?2"), (org(&o), device.as_bytes()), device_row)
    }
    async fn devices(&mut self, o: OrgId) -> Result<Vec<DeviceRow>> {
        self.rows(&format!("{DEVICE} ORDER BY id"), [org(&o)], device_row)
    }
    async fn certified(&mut self, o: OrgId, device: DeviceId) -> Result<Vec<Certified>> {
        let sql = format!("{CERTIFIED} WHERE org = ?1 AND device = ?2 ORDER BY person");
        self.rows(&sql, (org(&o), device.as_bytes()), certified_row)
    }
    async fn certified_person(&mut self, o: OrgId, person: PersonId) -> Result<Vec<Certified>> {
        // Named, as SQLite would read all of the organisation's by the primary key.
        let sql = format!("{CERTIFIED} INDEXED BY certified_of_person WHERE org = ?1 AND person = ?2 ORDER BY device");
        self.rows(&sql, (org(&o), person.as_bytes()), certified_row)
    }
    async fn all_certified(&mut self, o: OrgId) -> Result<Vec<Certified>> {
        self.rows(&format!("{CERTIFIED} WHERE org = ?1 ORDER BY device, person"), [org(&o)], certified_row)
    }
    async fn copied(&mut self, o: OrgId, device: DeviceId) -> Result<Option<i64>> {
        let sql = "SELECT max(closed_ms) AS ms FROM epoch WHERE org = ?1 AND device = ?2";
        Ok(self.row(sql, (org(&o), device.as_bytes()), |row| row.get("ms"))?.flatten())
    }
    async fn epoch(&mut self, o: OrgId, device: DeviceId, epoch: Epoch) -> Result<Option<EpochRow>> {
        let sql = "SELECT device, epoch, highest_seq, highest_next, judged_to, closed_ms FROM epoch WHERE org = ?1 AND device = ?2 AND epoch = ?3";
        self.row(sql, (org(&o), device.as_bytes(), epoch.0.cast_signed()), |row| {
            Ok(EpochRow {
                device: DeviceId::from_bytes(bytes(row, "device")?),
                epoch: Epoch(unsigned(row, "epoch")?),
                highest_seq: unsigned(row, "highest_seq")?,
                highest_next: unsigned(row, "highest_next")?,
                judged_to: unsigned(row, "judged_to")?,
                closed_ms: row.get("closed_ms")?,
            })
        })
    }
    async fn contact_stated(&mut self, o: OrgId, device: DeviceId, epoch: Epoch, seq: u64) -> Result<Option<i64>> {
        let sql = "SELECT max(contact_ms) AS ms FROM stated WHERE org = ?1 AND device = ?2 AND epoch = ?3 AND next_seq <= ?4";
        let found = self.row(sql, (org(&o), device.as_bytes(), epoch.0.cast_signed(), seq.cast_signed()), |row| row.get("ms"))?;
        Ok(found.flatten())
    }
    async fn contact_stated_until(&mut self, o: OrgId, device: DeviceId, epoch: Epoch, seq: u64) -> Result<(Option<i64>, Option<u64>)> {
        let stated = self.contact_stated(o, device, epoch, seq).await?;
        let sql = "SELECT min(next_seq) AS next FROM stated WHERE org = ?1 AND device = ?2 AND epoch = ?3 AND next_seq > ?4";
        let params = (org(&o), device.as_bytes(), epoch.0.cast_signed(), seq.cast_signed());
        let next: Option<i64> = self.row(sql, params, |row| row.get("next"))?.flatten();
        Ok((stated, next.map(i64::cast_unsigned)))
    }
    async fn code(&mut self, hash: &[u8; 32]) -> Result<Option<Code>> {
        let sql = "SELECT hash, org, site, person, made_ms, expires_ms, used_by FROM code WHERE hash = ?1";
        self.row(sql, [&hash[..]], |row| {
            Ok(Code {
                hash: bytes(row, "hash")?,
                org: OrgId::from_bytes(bytes(row, "org")?),
                site: SiteId::from_bytes(bytes(row, "site")?),
                person: PersonId::from_bytes(bytes(row, "person")?),
                made_ms: row.get("made_ms")?,
                expires_ms: row.get("expires_ms")?,
                used_by: maybe_bytes(row, "used_by")?.map(DeviceId::from_bytes),
            })
        })
    }
}

#[async_trait]
impl DevicesWrite for SqliteTx {
    async fn put_device(&mut self, o: OrgId, d: &DeviceRow) -> Result<()> {
        let sql = "INSERT INTO device (org, id, name, model, site, key, enrolled_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                   ON CONFLICT (org, id) DO UPDATE SET name = excluded.name, model = excluded.model";
        let (id, site) = (d.id.as_bytes(), d.site.as_bytes());
        self.run(sql, (org(&o), id, &d.name, &d.model, site, &d.key[..], d.enrolled_ms))
    }
    async fn set_ended(&mut self, o: OrgId, device: DeviceId, ended: Option<&Ended>) -> Result<()> {
        let Some(ended) = ended else {
            let sql = "UPDATE device SET revoked_ms = NULL, lost = 0, reason = NULL WHERE org = ?1 AND id = ?2";
            return self.run(sql, (org(&o), device.as_bytes()));
        };
        let sql = "UPDATE device SET revoked_ms = coalesce(revoked_ms, ?3), lost = ?4, reason = ?5 WHERE org = ?1 AND id = ?2";
        self.run(sql, (org(&o), device.as_bytes(), ended.at_ms, ended.lost, &ended.reason))
    }
    async fn put_certified(&mut self, o: OrgId, c: &Certified) -> Result<()> {
        // The first certificate's time stands: work done since then stays its author's.
        let sql = "INSERT INTO certified (org, device, person, site, at_ms, since_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                   ON CONFLICT (org, device, person) DO UPDATE SET site = excluded.site, since_ms = max(since_ms, excluded.since_ms)";
        self.run(sql, (org(&o), c.device.as_bytes(), c.person.as_bytes(), c.site.as_bytes(), c.at_ms, c.since_ms))
    }
    async fn set_signed_out(&mut self, o: OrgId, device: DeviceId, person: PersonId, at_ms: i64) -> Result<()> {
        let sql =
            "UPDATE certified SET signed_out_ms = max(coalesce(signed_out_ms, ?4), ?4) WHERE org = ?1 AND device = ?2 AND person = ?3";
        self.run(sql, (org(&o), device.as_bytes(), person.as_bytes(), at_ms))
    }
    async fn put_epoch(&mut self, o: OrgId, e: &EpochRow) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO epoch (org, device, epoch, highest_seq, highest_next, judged_to, closed_ms)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let (seq, next, judged) = (e.highest_seq.cast_signed(), e.highest_next.cast_signed(), e.judged_to.cast_signed());
        self.run(sql, (org(&o), e.device.as_bytes(), e.epoch.0.cast_signed(), seq, next, judged, e.closed_ms))
    }
    async fn touch(&mut self, c: &Contact) -> Result<()> {
        let (o, device) = (org(&c.org), c.device.as_bytes());
        let sql = "UPDATE device SET last_contact_ms = max(coalesce(last_contact_ms, ?3), ?3),
                     reported_through_ms = CASE WHEN ?4 THEN max(coalesce(reported_through_ms, ?3), ?3) ELSE reported_through_ms END,
                     app = coalesce(?5, app)
                   WHERE org = ?1 AND id = ?2";
        self.run(sql, (o, device, c.at_ms, c.reported, c.app.map(|app| app.pack().cast_signed())))?;
        let Some((epoch, next, contact_ms)) = c.stated else { return Ok(()) };
        let sql = "INSERT INTO stated (org, device, epoch, next_seq, contact_ms) VALUES (?1, ?2, ?3, ?4, ?5)
                   ON CONFLICT (org, device, epoch, next_seq) DO UPDATE SET contact_ms = max(contact_ms, excluded.contact_ms)";
        self.run(sql, (o, device, epoch.0.cast_signed(), next.cast_signed(), contact_ms))?;
        if !c.reported {
            return Ok(());
        }
        // Everything below `next` has its verdict: what was stated before it is never asked for again.
        let sql = "DELETE FROM stated WHERE org = ?1 AND device = ?2 AND epoch = ?3 AND next_seq < ?4";
        self.run(sql, (o, device, epoch.0.cast_signed(), next.cast_signed()))
    }
    async fn put_code(&mut self, c: &Code) -> Result<()> {
        let sql = "INSERT INTO code (hash, org, site, person, made_ms, expires_ms, used_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let used_by = c.used_by.as_ref().map(|d| d.as_bytes());
        self.run(sql, (&c.hash[..], org(&c.org), c.site.as_bytes(), c.person.as_bytes(), c.made_ms, c.expires_ms, used_by))
    }
    async fn use_code(&mut self, hash: &[u8; 32], by: DeviceId) -> Result<()> {
        self.run("UPDATE code SET used_by = ?2 WHERE hash = ?1", (&hash[..], by.as_bytes()))
    }
}
