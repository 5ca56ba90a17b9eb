//! TLS over an established connection: one client configuration per handshake, and what its failure means.

mod chain;
mod explain;
mod verifier;

pub(crate) use chain::describe_chain;
pub(crate) use explain::{explain, failure, tls_error};

use crate::{cause::Cause, fault::Fault, route::CertificateCheck};
use domain::{Certificates, Host};
use rustls::{
    ClientConfig, ProtocolVersion, RootCertStore,
    client::WebPkiServerVerifier,
    crypto::{CryptoProvider, ring},
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};
use std::{io, sync::Arc};
use tokio::net::TcpStream;
use tokio_rustls::{TlsConnector, client::TlsStream};
use verifier::{Check, Seen, Verifier};

/// A file of certificates that can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RootsError {
    #[error("no certificate in it")]
    Empty,
    #[error("certificate {0} can't be read")]
    Malformed(usize),
}

/// The certificates of a PEM file, each checked to be usable as a trust anchor.
pub fn roots_from_pem(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, RootsError> {
    let mut roots = Vec::new();
    for (index, certificate) in CertificateDer::pem_slice_iter(pem).enumerate() {
        let malformed = RootsError::Malformed(index + 1);
        let certificate = certificate.map_err(|_| malformed.clone())?;
        RootCertStore::empty().add(certificate.clone()).map_err(|_| malformed)?;
        roots.push(certificate);
    }
    if roots.is_empty() { Err(RootsError::Empty) } else { Ok(roots) }
}

/// The trust anchors and the crypto provider, built once.
#[derive(Debug, Clone)]
pub(crate) struct Tls {
    provider: Arc<CryptoProvider>,
    roots: Arc<RootCertStore>,
    webpki: Option<Arc<WebPkiServerVerifier>>,
}

/// How a handshake ended, and the certificates that the server showed, its own first.
pub(crate) struct Handshake {
    pub result: io::Result<TlsStream<TcpStream>>,
    pub chain: Vec<Vec<u8>>,
}

impl Tls {
    /// The machine's trust anchors, or the built-in ones where it has none, and `extra`.
    pub fn new(extra: Vec<CertificateDer<'static>>) -> Self {
        let provider = Arc::new(ring::default_provider());
        let mut roots = RootCertStore::empty();
        let native = rustls_native_certs::load_native_certs();
        for error in &native.errors {
            tracing::warn!(%error, "some of the machine's trust anchors can't be read");
        }
        roots.add_parsable_certificates(native.certs);
        if roots.is_empty() {
            roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        }
        roots.add_parsable_certificates(extra);
        let roots = Arc::new(roots);
        let webpki = WebPkiServerVerifier::builder_with_provider(Arc::clone(&roots), Arc::clone(&provider)).build();
        if let Err(error) = &webpki {
            tracing::error!(%error, "no certificate can be verified");
        }
        Self { provider, roots, webpki: webpki.ok() }
    }

    /// Shakes hands for `host`.
    pub async fn connect(&self, host: &Host, check: &CertificateCheck, tcp: TcpStream) -> Result<Handshake, Fault> {
        let seen = Seen::default();
        let verifier = Verifier::new(self.check(check)?, Arc::clone(&self.provider), seen.clone());
        // A configuration per handshake: no ticket of one session ever shortens the next one's verification.
        let mut config = ClientConfig::builder_with_provider(Arc::clone(&self.provider))
            .with_safe_default_protocol_versions()
            .map_err(|_| Fault::internal("tls_versions"))?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth();
        config.resumption = rustls::client::Resumption::disabled();
        let name = server_name(host)?;
        let result = TlsConnector::from(Arc::new(config)).connect(name, tcp).await;
        Ok(Handshake { result, chain: seen.take() })
    }
}

impl Tls {
    fn check(&self, check: &CertificateCheck) -> Result<Check, Fault> {
        let full = || self.webpki.clone().map(Check::Chain).ok_or_else(|| Fault::internal("trust_anchors"));
        match check {
            CertificateCheck::Off => Ok(Check::Off),
            CertificateCheck::Pinned(pin) => Ok(Check::Pinned(pin.clone())),
            CertificateCheck::Chain { extra: None } => full(),
            CertificateCheck::Chain { extra: Some(extra) } => self.with_extra(extra).map(Check::Chain),
        }
    }

    /// An account's own authorities beside those of the machine.
    fn with_extra(&self, extra: &Certificates) -> Result<Arc<WebPkiServerVerifier>, Fault> {
        let broken = || Fault::internal("trusted_ca");
        let mut roots = RootCertStore::clone(&self.roots);
        for certificate in roots_from_pem(extra.as_str().as_bytes()).map_err(|_| broken())? {
            roots.add(certificate).map_err(|_| broken())?;
        }
        let builder = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&self.provider));
        builder.build().map_err(|_| broken())
    }
}

fn server_name(host: &Host) -> Result<ServerName<'static>, Fault> {
    match host.ip() {
        Some(ip) => Ok(ServerName::IpAddress(ip.into())),
        None => ServerName::try_from(host.ascii().to_owned()).map_err(|_| Fault::new(Cause::HostNotFound).param(host)),
    }
}

/// Version and cipher of an established session: `TLS 1.3, TLS13_AES_256_GCM_SHA384`.
pub(crate) fn describe(stream: &TlsStream<TcpStream>) -> String {
    let (_, session) = stream.get_ref();
    let version = match session.protocol_version() {
        Some(ProtocolVersion::TLSv1_3) => "TLS 1.3",
        Some(ProtocolVersion::TLSv1_2) => "TLS 1.2",
        _ => "TLS",
    };
    let cipher = session.negotiated_cipher_suite().map(|suite| suite.suite());
    match cipher.as_ref().and_then(rustls::CipherSuite::as_str) {
        Some(cipher) => format!("{version}, {cipher}"),
        None => version.to_owned(),
    }
}
