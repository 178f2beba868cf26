//! Keys of what is known of customers, by what customers are found again, and which feeds have something about
//! them. Keys are wrapped and phone numbers and addresses are MACs: neither is of use without the key file.

use async_trait::async_trait;

use frontline_domain::{DeviceId, OrgId, Scope, SubjectId};

use super::Result;

#[async_trait]
pub trait CustomersRead {
    /// The wrapped key of what this device says about this customer.
    async fn customer_key(&mut self, org: OrgId, subject: SubjectId, device: DeviceId) -> Result<Option<Vec<u8>>>;
    /// The subjects that were told with this phone number or address, the first told first.
    async fn customers_with(&mut self, org: OrgId, mac: &[u8; 32]) -> Result<Vec<SubjectId>>;
    /// The feeds that have an entry about this customer, and those of the devices that wrote one.
    async fn customer_scopes(&mut self, org: OrgId, subject: SubjectId) -> Result<Vec<Scope>>;
}

#[async_trait]
pub trait CustomersWrite {
    /// Keeps a key; the first one stands.
    async fn put_customer_key(&mut self, org: OrgId, subject: SubjectId, device: DeviceId, wrapped: &[u8]) -> Result<()>;
    async fn put_customer_index(&mut self, org: OrgId, mac: &[u8; 32], subject: SubjectId) -> Result<()>;
    /// Notes that a feed has an entry about this customer; whether that is new.
    async fn put_customer_scope(&mut self, org: OrgId, subject: SubjectId, scope: Scope) -> Result<bool>;
    /// Removes every key and all of the index of a customer.
    async fn remove_customer(&mut self, org: OrgId, subject: SubjectId) -> Result<()>;
}
