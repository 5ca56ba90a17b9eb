//! What no list can allow: addresses that are never a mail server, in every form they can be written in.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Cloud metadata services outside of the link-local networks.
const METADATA_V4: [Ipv4Addr; 3] =
    [Ipv4Addr::new(100, 100, 100, 200), Ipv4Addr::new(168, 63, 129, 16), Ipv4Addr::new(192, 0, 0, 192)];
const METADATA_V6: [Ipv6Addr; 3] = [
    Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254),
    Ipv6Addr::new(0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254),
    Ipv6Addr::new(0xfd00, 0xc1, 0, 0, 0, 0, 0xa9fe, 0xa9fe),
];
const METADATA_NAMES: [&str; 3] = ["metadata.google.internal", "metadata.goog", "instance-data.ec2.internal"];

pub(super) fn forbids(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => forbids_v4(ip),
        IpAddr::V6(ip) => forbids_v6(ip),
    }
}

pub(super) fn forbids_name(name: &str) -> bool {
    METADATA_NAMES.iter().any(|forbidden| forbidden.eq_ignore_ascii_case(name.trim_end_matches('.')))
}

/// Networks of somebody's own, and this machine.
pub(super) fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_private_v4(ip),
        IpAddr::V6(ip) => {
            ip.is_loopback() || ip.is_unique_local() || embedded_v4(ip).into_iter().flatten().any(is_private_v4)
        }
    }
}

fn is_private_v4(ip: Ipv4Addr) -> bool {
    let [a, b, ..] = ip.octets();
    // The last is what providers share among their customers (RFC 6598).
    ip.is_private() || ip.is_loopback() || a == 100 && (64..128).contains(&b)
}

fn forbids_v4(ip: Ipv4Addr) -> bool {
    // All of 0.0.0.0/8 means "this host" (RFC 1122), not only its first address.
    ip.octets()[0] == 0 || ip.is_link_local() || ip.is_multicast() || ip.is_broadcast() || METADATA_V4.contains(&ip)
}

fn forbids_v6(ip: Ipv6Addr) -> bool {
    // The loopback address would otherwise read as the compatible form of 0.0.0.1.
    if ip.is_loopback() {
        return false;
    }
    ip.is_unspecified()
        || ip.is_unicast_link_local()
        || ip.is_multicast()
        || METADATA_V6.contains(&ip)
        || embedded_v4(ip).into_iter().flatten().any(forbids_v4)
}

/// The IPv4 addresses that translators and tunnels would make of an IPv6 address.
fn embedded_v4(ip: Ipv6Addr) -> [Option<Ipv4Addr>; 2] {
    let s = ip.segments();
    let join = |high: u16, low: u16| Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low));
    let last = join(s[6], s[7]);
    match s {
        // The local NAT64 prefix (RFC 8215) is 48 bits long: the address may also stand right behind it (RFC 6052).
        [0x64, 0xff9b, 1, high, middle, low, ..] if high != 0 => [Some(join(high, middle << 8 | low >> 8)), Some(last)],
        // Mapped, compatible, translated (RFC 2765); NAT64, well-known and local (RFC 6052, 8215); ISATAP (RFC 5214).
        [0, 0, 0, 0, 0, 0xffff | 0, _, _]
        | [0, 0, 0, 0, 0xffff, 0, _, _]
        | [0x64, 0xff9b, 0 | 1, ..]
        | [_, _, _, _, 0 | 0x200, 0x5efe, _, _] => [Some(last), None],
        // 6to4 (RFC 3056).
        [0x2002, high, low, ..] => [Some(join(high, low)), None],
        // Teredo (RFC 4380): the server, and the client with its bits turned.
        [0x2001, 0, high, low, ..] => [Some(join(high, low)), Some(Ipv4Addr::from_bits(!last.to_bits()))],
        _ => [None, None],
    }
}
