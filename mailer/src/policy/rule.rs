//! One item of the operator's list: a network and its ports.

use super::PolicyError;
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    ops::RangeInclusive,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    network: IpAddr,
    prefix: u32,
    ports: Vec<RangeInclusive<u16>>,
}

impl Rule {
    pub fn parse(item: &str) -> Result<Self, PolicyError> {
        read(item).ok_or_else(|| PolicyError { item: item.to_owned() })
    }

    /// Both families, whole, on these ports.
    pub fn anywhere(ports: &[u16]) -> [Self; 2] {
        let ports: Vec<_> = ports.iter().map(|port| *port..=*port).collect();
        [IpAddr::from(Ipv4Addr::UNSPECIFIED), IpAddr::from(Ipv6Addr::UNSPECIFIED)].map(|network| Self {
            network,
            prefix: 0,
            ports: ports.clone(),
        })
    }

    pub fn covers(&self, ip: IpAddr, port: u16) -> bool {
        let same_network = match (self.network, ip) {
            (IpAddr::V4(network), IpAddr::V4(ip)) => {
                let shift = 32 - self.prefix;
                network.to_bits().checked_shr(shift) == ip.to_bits().checked_shr(shift)
            }
            (IpAddr::V6(network), IpAddr::V6(ip)) => {
                let shift = 128 - self.prefix;
                network.to_bits().checked_shr(shift) == ip.to_bits().checked_shr(shift)
            }
            _ => false,
        };
        same_network && self.covers_port(port)
    }

    pub fn covers_port(&self, port: u16) -> bool {
        self.ports.iter().any(|range| range.contains(&port))
    }
}

fn read(item: &str) -> Option<Rule> {
    let (cidr, ports) = if let Some(rest) = item.strip_prefix('[') {
        let (cidr, rest) = rest.split_once(']')?;
        (cidr, if rest.is_empty() { None } else { Some(rest.strip_prefix(':')?) })
    } else if item.matches(':').count() == 1 {
        item.split_once(':').map(|(cidr, ports)| (cidr, Some(ports)))?
    } else {
        (item, None)
    };
    let (network, prefix) = match cidr.split_once('/') {
        Some((network, prefix)) => (network.parse::<IpAddr>().ok()?, Some(number::<u32>(prefix)?)),
        None => (cidr.parse::<IpAddr>().ok()?, None),
    };
    let width = if network.is_ipv4() { 32 } else { 128 };
    let prefix = prefix.unwrap_or(width);
    let ports = match ports {
        Some(ports) => ports.split('|').map(range).collect::<Option<Vec<_>>>()?,
        None => vec![1..=u16::MAX],
    };
    (prefix <= width).then_some(Rule { network, prefix, ports })
}

fn range(text: &str) -> Option<RangeInclusive<u16>> {
    let (low, high) = match text.split_once('-') {
        Some((low, high)) => (number::<u16>(low)?, number::<u16>(high)?),
        None => (number::<u16>(text)?, number::<u16>(text)?),
    };
    (low > 0 && low <= high).then_some(low..=high)
}

/// Digits only: `parse` alone would take a sign.
fn number<T: std::str::FromStr>(text: &str) -> Option<T> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}
