//! An autoconfig file read: the SMTP servers that it names for an address. Bounded, and asks nobody.

use domain::{
    EmailAddress, Host, Port,
    account::Security,
    discovery::{Found, Source},
};
use quick_xml::{Reader, XmlVersion, events::Event};

/// No honest file comes near it.
pub(super) const MAX_BYTES: usize = 64 * 1024;
const MAX_SERVERS: usize = 8;
const MAX_DEPTH: usize = 16;
const MAX_TEXT: usize = 512;

/// What the file is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unreadable;

/// The servers in the order of the file. One that is incomplete or that we could not speak to is left out.
pub(super) fn parse(file: &[u8], address: &EmailAddress) -> Result<Vec<Found>, Unreadable> {
    if file.len() > MAX_BYTES {
        return Err(Unreadable);
    }
    let text = str::from_utf8(file).map_err(|_| Unreadable)?;
    let mut reader = Reader::from_str(text);
    let mut walk = Walk::default();
    loop {
        match reader.read_event().map_err(|_| Unreadable)? {
            Event::Start(tag) => {
                let is_smtp = attribute_is(&tag, "type", "smtp")?;
                walk.enter(tag.local_name().as_ref(), is_smtp)?;
            }
            Event::Text(text) => walk.text(&text.xml10_content()),
            Event::CData(text) => walk.text(&text.xml10_content()),
            Event::GeneralRef(reference) => match reference.resolve_char_ref().map_err(|_| Unreadable)? {
                Some(character) => walk.text(character.encode_utf8(&mut [0; 4])),
                None => walk.text(predefined(reference.as_ref())?),
            },
            Event::End(_) => walk.leave(address),
            // Nothing is ever declared in an honest file, and what a file declares is never looked up.
            Event::DocType(_) => return Err(Unreadable),
            Event::Eof => {
                let is_whole = walk.path.is_empty() && walk.is_config;
                return if is_whole { Ok(walk.found) } else { Err(Unreadable) };
            }
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

/// Where the reader is, and what it has gathered there.
#[derive(Default)]
struct Walk {
    path: Vec<String>,
    is_config: bool,
    server: Option<Server>,
    text: String,
    found: Vec<Found>,
}

#[derive(Default)]
struct Server {
    host: String,
    port: String,
    socket: String,
    user_name: String,
    /// In the order of the file.
    authentication: Vec<String>,
}

const SERVER: [&str; 3] = ["clientConfig", "emailProvider", "outgoingServer"];

impl Walk {
    fn enter(&mut self, name: &str, is_smtp: bool) -> Result<(), Unreadable> {
        if self.path.len() == MAX_DEPTH {
            return Err(Unreadable);
        }
        self.path.push(name.to_owned());
        self.is_config |= self.path == SERVER[..1];
        self.text.clear();
        if is_smtp && self.path == SERVER {
            self.server = Some(Server::default());
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.text.len() + text.len() <= MAX_TEXT {
            self.text.push_str(text);
        }
    }

    fn leave(&mut self, address: &EmailAddress) {
        if self.path == SERVER {
            let server = self.server.take().and_then(|server| server.found(address));
            self.found.extend(server.filter(|_| self.found.len() < MAX_SERVERS));
        } else if let Some(server) = self.server.as_mut().filter(|_| self.path.len() == SERVER.len() + 1) {
            let text = self.text.trim().to_owned();
            match self.path.last().map(String::as_str) {
                Some("hostname") => server.host = text,
                Some("port") => server.port = text,
                Some("socketType") => server.socket = text,
                Some("username") => server.user_name = text,
                Some("authentication") if server.authentication.len() < MAX_SERVERS => server.authentication.push(text),
                _ => {}
            }
        }
        self.path.pop();
        self.text.clear();
    }
}

impl Server {
    fn found(self, address: &EmailAddress) -> Option<Found> {
        let security = match self.socket.as_str() {
            "SSL" => Security::ImplicitTls,
            "STARTTLS" => Security::StartTls,
            "plain" => Security::None,
            _ => return None,
        };
        let host = Host::parse(&fill(&self.host, address)).ok()?;
        let port = Port::parse(&self.port)?;
        let mut found = Found::new(Source::Autoconfig, &host, port.get(), security, address);
        let logs_in = self.authentication.first().is_none_or(|first| first != "none" && first != "client-IP-address");
        found.settings.authentication = Some(logs_in);
        let user_name = fill(&self.user_name, address);
        let is_sayable = !user_name.is_empty() && !user_name.contains(char::is_control);
        found.user_name = Some(user_name).filter(|_| logs_in && is_sayable);
        Some(found)
    }
}

/// The placeholders of the format.
fn fill(pattern: &str, address: &EmailAddress) -> String {
    pattern
        .replace("%EMAILADDRESS%", &address.to_wire())
        .replace("%EMAILLOCALPART%", address.local())
        .replace("%EMAILDOMAIN%", address.domain_ascii())
}

fn attribute_is(tag: &quick_xml::events::BytesStart<'_>, name: &str, value: &str) -> Result<bool, Unreadable> {
    let Some(attribute) = tag.try_get_attribute(name).map_err(|_| Unreadable)? else { return Ok(false) };
    Ok(attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| Unreadable)? == value)
}

fn predefined(name: &str) -> Result<&'static str, Unreadable> {
    match name {
        "amp" => Ok("&"),
        "lt" => Ok("<"),
        "gt" => Ok(">"),
        "apos" => Ok("'"),
        "quot" => Ok("\""),
        _ => Err(Unreadable),
    }
}

#[cfg(test)]
mod tests;
