//! `demo`: the product shows itself.

use std::path::{Path, PathBuf};
use std::time::Duration;

use frontline_server::Running;
use frontline_sim::demo::{self, Options};

use crate::args::Demo;
use crate::failure::{Done, Failure, print};
use crate::scenario::write_json;
use crate::serve::stopped;

pub async fn run(it: Demo) -> Done {
    let temporary = tempfile::tempdir()?;
    let data: PathBuf = match &it.data {
        Some(dir) if dir.exists() && dir.read_dir()?.next().is_some() => {
            return Err(Failure::wrong_use(format!("--data {}: is not empty; name a new folder", dir.display())));
        }
        Some(dir) => dir.clone(),
        None => temporary.path().to_path_buf(),
    };
    // Whoever ends it in the middle must not be left with the files of a company that nobody wants.
    let told = tokio::select! {
        // First, so that the signals are heard before anything is written.
        biased;
        () = stopped() => Err(Failure::failed("stopped before the end of the story")),
        told = tell(&it, &data) => told,
    };
    let done = match told {
        Ok(Some(console)) => {
            stopped().await;
            console.shutdown().await;
            Ok(())
        }
        Ok(None) => Ok(()),
        Err(failure) => Err(failure),
    };
    remove(temporary.path()).await;
    done
}

/// The story and its figures; then the console, unless the story is all that was asked for.
async fn tell(it: &Demo, data: &Path) -> Result<Option<Running>, Failure> {
    // Asked for now, so that nobody watches a story whose console then has no port.
    if !it.exit {
        std::net::TcpListener::bind(it.listen)
            .map_err(|e| Failure::failed(format!("--listen {}: can't be had ({e}); name another address", it.listen)))?;
    }
    print("Frontline: people on their feet, phones without a network, one company at the end.\n");
    let options = Options {
        devices: it.devices,
        days: it.days,
        seed: it.seed,
        data: data.to_path_buf(),
        content: demo::sample_content(),
        program: std::env::current_exe().ok(),
        progress: std::io::IsTerminal::is_terminal(&std::io::stderr()),
    };
    let (figures, world) = demo::run(&options).await.map_err(Failure::failed)?;
    print(&figures.story());
    figures.problems.iter().for_each(|p| print(&format!("  problem: {p}")));
    if let Some(path) = &it.json {
        write_json(path, &figures.json())?;
    }
    let sign_in = world.sign_in();
    let kept = data.join("sign-in.json");
    let mut file = std::fs::OpenOptions::new();
    file.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut file, 0o600);
    file.open(&kept).map_err(|e| Failure::failed(format!("{}: {e}", kept.display())))?;
    write_json(&kept, &serde_json::json!({"email": sign_in.0, "password": sign_in.1}))?;
    if !figures.holds() {
        world.stop().await;
        return Err(Failure::failed("the invariants do not hold; that is a fault of the product, please report the seed"));
    }
    if it.exit {
        world.stop().await;
        return Ok(None);
    }
    let console = world.serve_console(it.listen).await.map_err(Failure::failed)?;
    print(&format!(
        "  The manager's console: http://{}\n  sign in with {} and the password {}\n\n  Ctrl-C ends it.",
        console.addr, sign_in.0, sign_in.1
    ));
    Ok(Some(console))
}

/// Removes a folder whose last writers may still be ending.
async fn remove(folder: &Path) {
    for _ in 0..40 {
        if std::fs::remove_dir_all(folder).is_ok() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
