//! A store whose phone lost its key, or that was copied to another phone, opens again through the server
//! (`sync.md` 13). It comes before the core can be opened; enrolling comes next, with the same code.

use frontline_protocol::recover::{PATH, Recover, Recovered, unwrapped};
use frontline_protocol::{Code, VERSIONS, frame, hpke};

use super::enrol::one_time;
use crate::Options;
use crate::error::{Error, Fault};
use crate::net::{Failure, Http, Post, ServerUrl, Timeouts, Transport, classify};
use crate::store::recovery;

/// Lets the key of `options` open the store in its folder, by a one-time code of somebody who was enrolled on the
/// device that it is of. `transport`: none for the real network. Safe to repeat.
pub async fn recover(options: &Options, transport: Option<&dyn Transport>, server: &str, code: &str) -> Result<(), Error> {
    Ok(run(options, transport, server, code).await?)
}

async fn run(options: &Options, transport: Option<&dyn Transport>, server: &str, code: &str) -> Result<(), Fault> {
    let server: ServerUrl = server.parse().map_err(|e: crate::net::AddressError| Fault::invalid("server", "address", e.to_string()))?;
    let wrapped = recovery::wrapped(&options.dir)?.ok_or_else(|| {
        let message = "this store was enrolled before its organisation had a recovery key; only the key of its own phone opens it";
        Fault::invalid("data", "recovery", message)
    })?;
    let mut secret = hpke::Secret::default();
    options.random.fill(secret.as_mut_slice());
    let request = Recover {
        versions: VERSIONS,
        code: one_time(code)?,
        org: wrapped.org,
        device: wrapped.device,
        sealed: wrapped.sealed.into(),
        reader: hpke::public_key(&secret).into(),
    };
    let post = Post { path: PATH, body: frame::pack(&request) };
    let reply = match transport {
        Some(transport) => transport.post(&server, post).await,
        None => Http::new(Timeouts::default(), None)?.post(&server, post).await,
    };
    let answer = match reply.and_then(classify::classify) {
        Ok(body) => frame::unpack::<Recovered>("a recovery", &body).map_err(|e| Fault::Network(Failure::Unreadable(e.to_string())))?,
        Err(Failure::Refused(refused)) if refused.code == Code::BAD_CODE => {
            return Err(Fault::invalid("code", "valid", Code::BAD_CODE.text()));
        }
        Err(Failure::Refused(refused)) if refused.code == Code::NO_RECOVERY_KEY => {
            return Err(Fault::invalid("server", "recovery", Code::NO_RECOVERY_KEY.text()));
        }
        Err(failure) => return Err(Fault::Network(failure)),
    };
    let key = hpke::open(&secret, &unwrapped(wrapped.org, wrapped.device), &answer.sealed);
    let key = key.and_then(|key| <[u8; 32]>::try_from(key.as_slice()).ok()).map(zeroize::Zeroizing::new);
    let key = key.ok_or_else(|| Fault::Network(Failure::Unreadable("the store's key was not sealed to this request".to_owned())))?;
    if !recovery::admit(&options.dir, &key, &options.key, options.random.as_ref())? {
        return Err(Fault::invalid("data", "recovery", "the key that the server gave does not open this store; was its file exchanged?"));
    }
    Ok(())
}
