//! The certificate verifier: the whole check, one certificate and no other or, where an account says so, none; it remembers what it was shown.

use super::chain::fingerprint;
use domain::Fingerprint;
use rustls::{
    CertificateError, DigitallySignedStruct, Error, SignatureScheme,
    client::{
        WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime},
};
use std::sync::{Arc, Mutex, PoisonError};

/// The certificates of a handshake, the server's own first, kept for the words about them.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen(Arc<Mutex<Vec<Vec<u8>>>>);

impl Seen {
    pub fn take(&self) -> Vec<Vec<u8>> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn put(&self, end_entity: &CertificateDer<'_>, intermediates: &[CertificateDer<'_>]) {
        let chain = std::iter::once(end_entity).chain(intermediates).map(|certificate| certificate.to_vec());
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = chain.collect();
    }
}

/// What the certificate is held against.
#[derive(Debug)]
pub(super) enum Check {
    /// Any passes.
    Off,
    Pinned(Fingerprint),
    Chain(Arc<WebPkiServerVerifier>),
}

#[derive(Debug)]
pub(super) struct Verifier {
    check: Check,
    provider: Arc<CryptoProvider>,
    seen: Seen,
}

impl Verifier {
    pub fn new(check: Check, provider: Arc<CryptoProvider>, seen: Seen) -> Self {
        Self { check, provider, seen }
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        self.seen.put(end_entity, intermediates);
        match &self.check {
            Check::Chain(webpki) => {
                webpki.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
            }
            _ if end_entity.is_empty() => Err(Error::InvalidCertificate(CertificateError::BadEncoding)),
            Check::Pinned(pin) if fingerprint(end_entity) != pin.as_str() => {
                Err(Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure))
            }
            Check::Pinned(_) | Check::Off => Ok(ServerCertVerified::assertion()),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
