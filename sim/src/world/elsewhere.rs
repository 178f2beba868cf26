//! A world whose server and phones are processes of their own for a while: the files stay where they are, the
//! lines follow the server.

use std::net::SocketAddr;
use std::path::PathBuf;

use frontline_domain::OrgId;
use frontline_server::App;

use super::World;
use crate::acknowledged::Acknowledged;

impl World {
    /// Stops the server of this process; another may begin on its folder, which is given back.
    pub async fn hand_over(&mut self) -> PathBuf {
        if let Some(server) = self.server.take() {
            server.shutdown().await;
        }
        self.dir.join("server")
    }
    /// Where the server of this process answers, for who speaks with it over no line.
    pub fn url(&self) -> Result<String, String> {
        Ok(format!("http://{}", self.server()?.addr()?))
    }
    /// The server answers there now.
    pub fn answers_at(&self, addr: SocketAddr) {
        self.lines.values().for_each(|line| line.retarget(addr));
    }
    /// Serves in this process again, on the same folder.
    pub async fn take_back(&mut self) -> Result<(), String> {
        self.start().await
    }
    /// The folder of a phone.
    pub fn folder_of(&self, phone: &str) -> PathBuf {
        self.phone_folder(phone)
    }
    /// Copies the files of a phone, which may be in use, as those of another; it promised the same so far.
    pub fn twin(&self, of: &str, to: &str) -> Result<(), String> {
        crate::fuzz::copy_files(&self.phone_folder(of), &self.phone_folder(to)).map_err(super::words)?;
        self.acknowledged.copy(of, to);
        Ok(())
    }
    /// What a phone acknowledged, for whoever hears its answers.
    pub fn acknowledged(&self, phone: &str) -> Acknowledged {
        self.acknowledged.of(phone)
    }
    /// The server of this process, to look into.
    pub fn app(&self) -> Result<&App, String> {
        Ok(&self.server()?.app)
    }
    /// The organisation.
    pub fn org(&self) -> OrgId {
        self.org
    }
}
