//! A server of others as a child of the test: its own folder, ports and configuration; no service of the system is touched.

use crate::support::TRUSTED;
use std::{
    collections::BTreeMap,
    env, fs,
    net::TcpListener,
    os::unix::{
        fs::{MetadataExt, PermissionsExt},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU16, Ordering},
    time::Duration,
};
use testkit::{Identity, Leaf};
use tokio::{net::TcpStream, time};

/// Long enough for a machine that compiles beside the tests.
const START: Duration = Duration::from_secs(30);

/// Free ports of loopback, by what listens there.
#[derive(Debug, Clone)]
pub struct Ports(BTreeMap<&'static str, u16>);

impl Ports {
    pub fn free(names: &[&'static str]) -> Self {
        Self(names.iter().map(|name| (*name, free())).collect())
    }

    #[track_caller]
    pub fn of(&self, name: &str) -> u16 {
        *self.0.get(name).expect("a port of that name")
    }

    pub fn all(&self) -> impl Iterator<Item = (&'static str, u16)> {
        self.0.iter().map(|(name, port)| (*name, *port))
    }
}

/// Below the ports that the system gives to whoever asks for any: between here and the daemon's start nobody takes it.
fn free() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let begin = 20_000 + u16::try_from(std::process::id() % 100).expect("small") * 100;
    loop {
        let port = begin + NEXT.fetch_add(1, Ordering::Relaxed);
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

/// A folder that goes with the test.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// Outside of the checkout, which a daemon without rights may not be able to enter; short, for the sockets in it.
    pub fn new(name: &str) -> Self {
        let folder = env::temp_dir().join(format!("postroom-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).expect("ours");
        Self(folder)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn folder(&self, name: &str) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(&path).expect("a folder");
        path
    }

    /// Readable for everybody: the daemons give up their rights before they read some of it.
    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, text).expect("writable");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("ours");
        path
    }

    /// Good ones and bad ones, each key and chain in one file of that name.
    pub fn certificates(&self) {
        for (name, identity) in [
            ("good", TRUSTED.issue(Leaf::Good)),
            ("expired", TRUSTED.issue(Leaf::Expired)),
            ("wrong-name", TRUSTED.issue(Leaf::WrongName)),
            ("self-signed", Identity::self_signed(false)),
        ] {
            self.file(&format!("{name}.pem"), &identity.pem());
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let all = [self.0.clone(), self.0.join("log")];
            for log in all.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten() {
                if log.path().extension().is_some_and(|end| end == "log") {
                    eprintln!("{}:\n{}", log.path().display(), fs::read_to_string(log.path()).unwrap_or_default());
                }
            }
        }
        // What the daemons wrote is theirs.
        let _ = as_root("rm").arg("-rf").arg(&self.0).status();
    }
}

/// A daemon in the foreground. It ends with its handle.
#[derive(Debug)]
pub struct Service {
    child: Child,
    stop: Option<Command>,
}

impl Service {
    /// Waits until every port answers. `stop` ends it in order; who has nothing to put in order is killed.
    pub async fn start(mut start: Command, stop: impl Into<Option<Command>>, ports: &Ports) -> Self {
        // Its own streams would keep a pipe open that somebody reads to its end; what it says is in its log.
        let child = start
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .expect("starts");
        let mut service = Self { child, stop: stop.into() };
        let answers = async {
            for (_, port) in ports.all() {
                // Nothing tells when a stranger listens: asking is the only way.
                while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
                    let ended = service.child.try_wait().expect("ours");
                    assert!(ended.is_none(), "{start:?} ended: {ended:?}");
                    time::sleep(Duration::from_millis(20)).await;
                }
            }
        };
        time::timeout(START, answers).await.expect("listens in time");
        service
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        if let Some(stop) = &mut self.stop {
            let _ = stop.stdout(Stdio::null()).stderr(Stdio::null()).status();
            let _ = self.child.wait();
        }
        // Whoever still serves a connection would write into the folder that is about to go.
        let group = format!("-{}", self.child.id());
        let _ = as_root("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
        let _ = self.child.wait();
    }
}

/// Mail servers are started as root and give their rights up themselves.
pub fn as_root(program: &str) -> Command {
    if fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0) {
        return Command::new(program);
    }
    let mut command = Command::new("sudo");
    command.args(["-n", program]);
    command
}

#[track_caller]
pub fn run(command: &mut Command) {
    let output = command.output().expect("starts");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A peer that is not there is a failure, not a test less.
#[track_caller]
pub fn installed(place: &str) -> &str {
    assert!(Path::new(place).is_file(), "{place} is missing: `cargo xtask setup --browser` installs the peers");
    place
}
