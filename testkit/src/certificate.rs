//! Throw-away certificates: an authority of our own and what it issues, good and bad. Keys live in memory only.

use base64::{Engine, prelude::BASE64_STANDARD};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, GeneralSubtree, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, NameConstraints, date_time_ymd,
};
use rustls::{
    ServerConfig, SupportedProtocolVersion,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer},
};
use std::sync::Arc;

/// The names in a good certificate; `mail.test` is what the connectors of this crate lead to loopback.
pub const NAMES: [&str; 4] = ["localhost", "127.0.0.1", "::1", "mail.test"];

/// What kind of server certificate to issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaf {
    Good,
    /// Ended on 2020-02-01.
    Expired,
    /// Begins on 2090-01-01.
    NotYetValid,
    /// For `other.example` and 192.0.2.1.
    WrongName,
    /// A common name and no subject alternative name.
    NoNames,
    /// For clients only.
    ClientOnly,
    /// For `localhost` and no address.
    NameAlone,
    /// For 127.0.0.1 and no name.
    AddressAlone,
    /// For every name one level below `localhost`, which is not `localhost`.
    Wildcard,
}

pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: CertificateDer<'static>,
    pem: String,
}

/// A certificate with its key, as a server shows it.
#[derive(Debug)]
pub struct Identity {
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
}

impl Authority {
    pub fn new(name: &str) -> Self {
        let (params, key) = (authority(name), KeyPair::generate().unwrap());
        let certificate = params.self_signed(&key).unwrap();
        Self::of(params, key, &certificate)
    }

    /// An intermediate one. With `permitted` it may certify names below that domain alone.
    #[must_use]
    pub fn intermediate(&self, name: &str, permitted: Option<&str>) -> Self {
        let (mut params, key) = (authority(name), KeyPair::generate().unwrap());
        params.name_constraints = permitted.map(|domain| NameConstraints {
            permitted_subtrees: vec![GeneralSubtree::DnsName(domain.to_owned())],
            excluded_subtrees: vec![],
        });
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        Self::of(params, key, &certificate)
    }

    fn of(params: CertificateParams, key: KeyPair, certificate: &rcgen::Certificate) -> Self {
        let (pem, certificate) = (certificate.pem(), certificate.der().clone());
        Self { issuer: Issuer::new(params, key), certificate, pem }
    }

    pub fn certificate(&self) -> CertificateDer<'static> {
        self.certificate.clone()
    }

    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// A good one for these names alone.
    pub fn issue_for(&self, names: &[&str]) -> Identity {
        let mut params = params(names, names.first().copied().unwrap_or_default());
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        Identity { chain: vec![certificate.der().clone()], key: private(&key) }
    }

    pub fn issue(&self, leaf: Leaf) -> Identity {
        let mut params = match leaf {
            Leaf::WrongName => params(&["other.example", "192.0.2.1"], "other.example"),
            Leaf::NoNames => params(&[], "localhost"),
            Leaf::NameAlone => params(&["localhost"], "localhost"),
            Leaf::AddressAlone => params(&["127.0.0.1"], "127.0.0.1"),
            Leaf::Wildcard => params(&["*.localhost"], "*.localhost"),
            _ => params(&NAMES, "localhost"),
        };
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        match leaf {
            Leaf::Expired => params.not_after = date_time_ymd(2020, 2, 1),
            Leaf::NotYetValid => {
                params.not_before = date_time_ymd(2090, 1, 1);
                params.not_after = date_time_ymd(2099, 1, 1);
            }
            Leaf::ClientOnly => params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth],
            _ => {}
        }
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        Identity { chain: vec![certificate.der().clone()], key: private(&key) }
    }
}

impl Identity {
    /// Signed by its own key. With `ca` it is what `openssl req -x509` makes: a CA certificate used by a server.
    pub fn self_signed(ca: bool) -> Self {
        let mut params = params(&NAMES, "localhost");
        if ca {
            params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        }
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        Self { chain: vec![certificate.der().clone()], key: private(&key) }
    }

    /// Shows the authority's certificate too.
    #[must_use]
    pub fn with(mut self, authority: &Authority) -> Self {
        self.chain.push(authority.certificate());
        self
    }

    pub fn certificate(&self) -> CertificateDer<'static> {
        self.chain[0].clone()
    }

    /// Shown together with the authority that issued it.
    #[must_use]
    pub fn behind(mut self, authority: &Authority) -> Self {
        self.chain.push(authority.certificate());
        self
    }

    /// Key and chain in one file, as mail servers want them.
    pub fn pem(&self) -> String {
        let mut text = pem("PRIVATE KEY", self.key.secret_der());
        for certificate in &self.chain {
            text += &pem("CERTIFICATE", certificate);
        }
        text
    }

    /// TLS 1.2 and 1.3.
    pub fn config(&self) -> Arc<ServerConfig> {
        self.config_with(rustls::ALL_VERSIONS)
    }

    pub fn config_with(&self, versions: &[&'static SupportedProtocolVersion]) -> Arc<ServerConfig> {
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_protocol_versions(versions)
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(self.chain.clone(), self.key.clone_key())
            .unwrap();
        Arc::new(config)
    }

    /// Wants a certificate of the client, which the authority is to have signed.
    pub fn config_for_clients_of(&self, authority: &Authority) -> Arc<ServerConfig> {
        let provider = Arc::new(ring::default_provider());
        let mut roots = rustls::RootCertStore::empty();
        roots.add(authority.certificate()).unwrap();
        let verifier =
            rustls::server::WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider))
                .build()
                .unwrap();
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_client_cert_verifier(verifier)
            .with_single_cert(self.chain.clone(), self.key.clone_key())
            .unwrap();
        Arc::new(config)
    }
}

fn authority(name: &str) -> CertificateParams {
    let mut params = params(&[], name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}

/// Valid from 2020 to 2099, whatever the machine's clock says in between.
fn params(names: &[&str], common_name: &str) -> CertificateParams {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let mut params = CertificateParams::new(names).unwrap();
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, common_name);
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2099, 1, 1);
    params
}

/// RFC 7468: base64 in lines of 64.
fn pem(label: &str, der: &[u8]) -> String {
    let text = BASE64_STANDARD.encode(der);
    let lines: Vec<_> = (0..text.len()).step_by(64).map(|at| &text[at..text.len().min(at + 64)]).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

fn private(key: &KeyPair) -> PrivateKeyDer<'static> {
    PrivateKeyDer::try_from(key.serialize_der()).unwrap()
}
