//! Customers in SQLite.

use async_trait::async_trait;

use frontline_domain::{DeviceId, OrgId, Scope, SubjectId};

use super::columns::{ScopeColumn, bytes, org, scope};
use super::tx::SqliteTx;
use crate::store::{CustomersRead, CustomersWrite, Result};

#[async_trait]
impl CustomersRead for SqliteTx {
    async fn customer_key(&mut self, o: OrgId, subject: SubjectId, device: DeviceId) -> Result<Option<Vec<u8>>> {
        let sql = "SELECT wrapped FROM customer_key WHERE org = ?1 AND subject = ?2 AND device = ?3";
        self.row(sql, (org(&o), subject.as_bytes(), device.as_bytes()), |row| row.get("wrapped"))
    }
    async fn customers_with(&mut self, o: OrgId, mac: &[u8; 32]) -> Result<Vec<SubjectId>> {
        let sql = "SELECT subject FROM customer_index WHERE org = ?1 AND mac = ?2 ORDER BY place";
        self.rows(sql, (org(&o), &mac[..]), |row| bytes(row, "subject").map(SubjectId::from_bytes))
    }
    async fn customer_scopes(&mut self, o: OrgId, subject: SubjectId) -> Result<Vec<Scope>> {
        let sql = "SELECT scope FROM customer_scope WHERE org = ?1 AND subject = ?2 ORDER BY scope";
        self.rows(sql, (org(&o), subject.as_bytes()), |row| scope(row, "scope"))
    }
}

#[async_trait]
impl CustomersWrite for SqliteTx {
    async fn put_customer_key(&mut self, o: OrgId, subject: SubjectId, device: DeviceId, wrapped: &[u8]) -> Result<()> {
        let sql = "INSERT OR IGNORE INTO customer_key (org, subject, device, wrapped) VALUES (?1, ?2, ?3, ?4)";
        self.run(sql, (org(&o), subject.as_bytes(), device.as_bytes(), wrapped))
    }
    async fn put_customer_index(&mut self, o: OrgId, mac: &[u8; 32], subject: SubjectId) -> Result<()> {
        let sql = "INSERT OR IGNORE INTO customer_index (org, mac, subject) VALUES (?1, ?2, ?3)";
        self.run(sql, (org(&o), &mac[..], subject.as_bytes()))
    }
    async fn put_customer_scope(&mut self, o: OrgId, subject: SubjectId, at: Scope) -> Result<bool> {
        let sql = "INSERT OR IGNORE INTO customer_scope (org, subject, scope) VALUES (?1, ?2, ?3)";
        self.run(sql, (org(&o), subject.as_bytes(), ScopeColumn(at)))?;
        Ok(self.changes() == 1)
    }
    async fn remove_customer(&mut self, o: OrgId, subject: SubjectId) -> Result<()> {
        for table in ["customer_key", "customer_index"] {
            self.run(&format!("DELETE FROM {table} WHERE org = ?1 AND subject = ?2"), (org(&o), subject.as_bytes()))?;
        }
        Ok(())
    }
}
