//! A DNS server on loopback, over UDP and TCP, that answers from a zone of the test's. Written by hand, so that a client is
//! held against the format and not against the library it was made with.

use std::{
    collections::BTreeMap,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream, UdpSocket},
    task::JoinHandle,
};

/// What fits into an answer over UDP; a longer one is cut and the client has to come again over TCP.
const MAX_UDP: usize = 512;

const A: u16 = 1;
const CNAME: u16 = 5;
const PTR: u16 = 12;
const MX: u16 = 15;
const TXT: u16 = 16;
const AAAA: u16 = 28;
const SRV: u16 = 33;

/// How a name is answered that has no records to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    ServerFailure,
    Silence,
}

/// What the server knows. A name that is not in it, nor above one that is, does not exist.
#[derive(Debug, Clone, Default)]
pub struct Zone {
    records: BTreeMap<String, Vec<(u16, Vec<u8>)>>,
    faults: BTreeMap<String, Fault>,
}

impl Zone {
    #[must_use]
    pub fn a(self, name: &str, ip: [u8; 4]) -> Self {
        self.with(name, A, ip.to_vec())
    }

    #[must_use]
    pub fn aaaa(self, name: &str, ip: &str) -> Self {
        let ip: std::net::Ipv6Addr = ip.parse().unwrap();
        self.with(name, AAAA, ip.octets().to_vec())
    }

    #[must_use]
    pub fn mx(self, name: &str, preference: u16, host: &str) -> Self {
        self.with(name, MX, [preference.to_be_bytes().to_vec(), wire_name(host)].concat())
    }

    /// One record; a text of more than 255 octets is several strings in it.
    #[must_use]
    pub fn txt(self, name: &str, text: &str) -> Self {
        let mut data = Vec::new();
        for part in text.as_bytes().chunks(255) {
            data.push(u8::try_from(part.len()).unwrap());
            data.extend(part);
        }
        self.with(name, TXT, data)
    }

    #[must_use]
    pub fn srv(self, name: &str, [priority, weight, port]: [u16; 3], target: &str) -> Self {
        let numbers = [priority, weight, port].map(u16::to_be_bytes).concat();
        self.with(name, SRV, [numbers, wire_name(target)].concat())
    }

    #[must_use]
    pub fn cname(self, name: &str, target: &str) -> Self {
        self.with(name, CNAME, wire_name(target))
    }

    #[must_use]
    pub fn ptr(self, ip: &str, name: &str) -> Self {
        let reversed = match ip.parse().unwrap() {
            IpAddr::V4(ip) => {
                let [a, b, c, d] = ip.octets();
                format!("{d}.{c}.{b}.{a}.in-addr.arpa")
            }
            IpAddr::V6(ip) => {
                let nibbles = ip.octets().into_iter().rev().map(|octet| format!("{:x}.{:x}.", octet & 15, octet >> 4));
                nibbles.collect::<String>() + "ip6.arpa"
            }
        };
        self.with(&reversed, PTR, wire_name(name))
    }

    /// Asked for this name, the server fails (SERVFAIL).
    #[must_use]
    pub fn failing(mut self, name: &str) -> Self {
        self.faults.insert(name.to_ascii_lowercase(), Fault::ServerFailure);
        self
    }

    /// Asked for this name, the server says nothing.
    #[must_use]
    pub fn silent(mut self, name: &str) -> Self {
        self.faults.insert(name.to_ascii_lowercase(), Fault::Silence);
        self
    }

    fn with(mut self, name: &str, kind: u16, data: Vec<u8>) -> Self {
        self.records.entry(name.to_ascii_lowercase()).or_default().push((kind, data));
        self
    }

    fn exists(&self, name: &str) -> bool {
        let below = format!(".{name}");
        self.records.keys().any(|known| known == name || known.ends_with(&below))
    }
}

/// Runs until dropped.
#[derive(Debug)]
pub struct NameServer {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
    tasks: [JoinHandle<()>; 2],
}

impl NameServer {
    pub async fn start(zone: Zone) -> Self {
        let (tcp, udp) = same_port().await;
        let address = tcp.local_addr().unwrap();
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let (zone, heard) = (Arc::new(zone), Arc::clone(&asked));
        let over_udp = {
            let (zone, heard) = (Arc::clone(&zone), Arc::clone(&heard));
            tokio::spawn(async move {
                let mut packet = [0; 4096];
                while let Ok((length, from)) = udp.recv_from(&mut packet).await {
                    if let Some(mut answer) = reply(&packet[..length], &zone, &heard, "udp") {
                        if answer.len() > MAX_UDP {
                            answer.truncate(question_end(&answer));
                            answer[2] |= 2;
                            answer[6..12].fill(0);
                        }
                        let _ = udp.send_to(&answer, from).await;
                    }
                }
            })
        };
        let over_tcp = tokio::spawn(async move {
            while let Ok((stream, _)) = tcp.accept().await {
                let (zone, heard) = (Arc::clone(&zone), Arc::clone(&heard));
                tokio::spawn(async move { serve(stream, &zone, &heard).await });
            }
        });
        Self { address, asked, tasks: [over_udp, over_tcp] }
    }

    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// What was asked, in order: `udp TXT example.test`.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

impl Drop for NameServer {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

/// A port that is free for both.
async fn same_port() -> (TcpListener, UdpSocket) {
    loop {
        let tcp = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        if let Ok(udp) = UdpSocket::bind(tcp.local_addr().unwrap()).await {
            return (tcp, udp);
        }
    }
}

async fn serve(mut stream: TcpStream, zone: &Zone, heard: &Mutex<Vec<String>>) -> Option<()> {
    loop {
        let length = stream.read_u16().await.ok()?;
        let mut packet = vec![0; length.into()];
        stream.read_exact(&mut packet).await.ok()?;
        if let Some(answer) = reply(&packet, zone, heard, "tcp") {
            stream.write_u16(u16::try_from(answer.len()).unwrap()).await.ok()?;
            stream.write_all(&answer).await.ok()?;
        }
    }
}

fn reply(query: &[u8], zone: &Zone, heard: &Mutex<Vec<String>>, way: &str) -> Option<Vec<u8>> {
    let end = question_end(query);
    let asked = read_name(query.get(12..)?)?;
    let kind = u16::from_be_bytes([*query.get(end - 4)?, *query.get(end - 3)?]);
    heard.lock().unwrap().push(format!("{way} {} {asked}", kind_name(kind)));
    let mut name = asked.to_ascii_lowercase();
    let fault = zone.faults.get(&name);
    if fault == Some(&Fault::Silence) {
        return None;
    }
    let mut answers: Vec<(String, u16, &[u8])> = Vec::new();
    // As a recursing server does, an alias comes with what it leads to.
    for _ in 0..8 {
        let Some(records) = zone.records.get(&name) else { break };
        answers.extend(records.iter().filter(|(k, _)| *k == kind).map(|(k, data)| (name.clone(), *k, data.as_slice())));
        let alias = records.iter().find(|(k, _)| *k == CNAME && kind != CNAME);
        let Some((_, target)) = alias else { break };
        answers.push((name.clone(), CNAME, target));
        name = read_name(target)?;
    }
    let code = match fault {
        Some(_) => 2,
        None if zone.exists(&name) => 0,
        None => 3,
    };
    let mut answer = query[..end].to_vec();
    // An answer, recursion available; the question's id and wish for recursion stay.
    (answer[2], answer[3]) = (query[2] & 1 | 0x84, 0x80 | code);
    answer[6..8].copy_from_slice(&u16::try_from(answers.len()).unwrap().to_be_bytes());
    answer[8..12].fill(0);
    for (name, kind, data) in answers {
        answer.extend(wire_name(&name));
        answer.extend([kind, 1].map(u16::to_be_bytes).concat());
        answer.extend(60_u32.to_be_bytes());
        answer.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
        answer.extend(data);
    }
    Some(answer)
}

/// Where the first question ends: its name, type and class.
fn question_end(packet: &[u8]) -> usize {
    let mut at = 12;
    while let Some(length) = packet.get(at).filter(|length| **length > 0) {
        at += usize::from(*length) + 1;
    }
    at + 5
}

fn wire_name(name: &str) -> Vec<u8> {
    let mut data = Vec::new();
    for label in name.trim_end_matches('.').split('.').filter(|label| !label.is_empty()) {
        data.push(u8::try_from(label.len()).unwrap());
        data.extend(label.as_bytes());
    }
    data.push(0);
    data
}

fn read_name(data: &[u8]) -> Option<String> {
    let (mut labels, mut at) = (Vec::new(), 0);
    while *data.get(at)? > 0 {
        let length = usize::from(data[at]);
        labels.push(String::from_utf8_lossy(data.get(at + 1..=at + length)?).into_owned());
        at += length + 1;
    }
    Some(labels.join("."))
}

fn kind_name(kind: u16) -> String {
    let known = [(A, "A"), (CNAME, "CNAME"), (PTR, "PTR"), (MX, "MX"), (TXT, "TXT"), (AAAA, "AAAA"), (SRV, "SRV")];
    known.iter().find(|(k, _)| *k == kind).map_or_else(|| kind.to_string(), |(_, name)| (*name).to_owned())
}
