//! English: causes and remedies of TLS and certificates.

use crate::diagnosis::Help;

pub(super) fn help(code: &str) -> Option<Help> {
    Some(match code {
        "starttls_not_offered" => Help {
            why: &[
                "The server offers encryption only on another port, usually 465 (SSL).",
                "A device on the way may remove STARTTLS, or the server has no certificate.",
            ],
            advice: &[
                "Choose SSL in “Secure connection type”, with port 465.",
                "Ask the server's administrator to turn on STARTTLS. Sending in clear would expose secret and messages.",
            ],
        },
        "starttls_stripped" => Help {
            why: &[
                "A firewall or inspection device overwrites the offer of encryption in the server's EHLO reply, often with XXXXXXXA.",
                "Somebody may be trying to read the traffic.",
            ],
            advice: &[
                "Choose SSL in “Secure connection type”, with port 465.",
                "Ask the network's owner to turn off SMTP inspection for this server.",
            ],
        },
        "starttls_refused" => Help {
            why: &[
                "The server's certificate or key is missing or unreadable.",
                "It may refuse encryption to this client by a rule.",
            ],
            advice: &[
                "Try SSL in “Secure connection type”, with port 465.",
                "Show the server's reply to its administrator.",
            ],
        },
        "starttls_server_broken" => Help {
            why: &["Its certificate or private key can't be loaded, often after a renewal."],
            advice: &[
                "Tell the server's administrator, and point to the TLS lines of the server's log.",
                "Meanwhile try SSL in “Secure connection type”, with port 465.",
            ],
        },
        "injected_before_tls" => Help {
            why: &[
                "Somebody on the way may be trying to insert commands into the session: this may be an attack.",
                "A faulty server or mail proxy can do the same.",
            ],
            advice: &[
                "Test from another network, or through a Network Connector. If it is gone there, treat this network as unsafe.",
                "Tell the server's administrator. Port 465 with SSL leaves no room for such an insertion.",
            ],
        },
        "tls_plaintext_port" => Help {
            why: &["This port speaks plain text first: SSL is chosen where TLS (STARTTLS) belongs."],
            advice: &["Choose TLS in “Secure connection type” for this port, or use port 465 with SSL."],
        },
        "tls_timeout" => Help {
            why: &[
                "The port does not speak TLS from the first byte, so both sides wait.",
                "A firewall may hold large packets or TLS traffic back.",
            ],
            advice: &[
                "Check that “Port” and “Secure connection type” belong together: 465 with SSL, 587 with TLS.",
                "Test from another network, or ask the network's owner about TLS inspection and packet size (MTU).",
            ],
        },
        "tls_failed" => Help {
            why: &[
                "The server and Postroom have no TLS version or cipher in common: Postroom needs TLS 1.2 or 1.3.",
                "A device on the way may disturb the handshake.",
            ],
            advice: &[
                "Ask the server's administrator to offer TLS 1.2 or newer, and to look into the server's log at this moment.",
                "If the server can't be updated, use a relay between Postroom and it.",
            ],
        },
        "tls_too_old" => Help {
            why: &["The server's software is old, or newer versions are turned off there."],
            advice: &[
                "Ask the server's administrator to turn on TLS 1.2 or newer.",
                "If the server can't be updated, send through a relay in its network that speaks both.",
            ],
        },
        "tls_no_common_cipher" => Help {
            why: &[
                "The server allows only old ciphers, such as those without forward secrecy (ECDHE).",
                "The server may have no certificate that fits the offered methods.",
            ],
            advice: &["Ask the server's administrator to turn on ECDHE ciphers with AES-GCM or ChaCha20, or TLS 1.3."],
        },
        "tls_client_certificate" => Help {
            why: &["The server admits only clients with a certificate of its own (mutual TLS)."],
            advice: &[
                "Ask the server's administrator for another port or rule that takes user name and secret.",
                "If that is not possible, send through a relay that holds the client certificate.",
            ],
        },
        "certificate_unknown_issuer" => Help {
            why: &[
                "The certificate comes from a private authority, such as the company's own.",
                "The server may not send its intermediate certificate, so the chain is broken.",
                "A device that inspects TLS may show a certificate of its own.",
            ],
            advice: &[
                "If it is your own authority, compare the fingerprint with its owner and trust it for this account, or have the operator add it with --ca-file (POSTROOM_CA_FILE).",
                "If it is a public authority, ask the server's administrator to send the complete chain.",
            ],
        },
        "certificate_self_signed" => Help {
            why: &[
                "The server still has the certificate that was made when it was installed.",
                "Somebody on the way may show a certificate of their own.",
            ],
            advice: &[
                "Compare the fingerprint with what the server's administrator reads on the server itself. If they are equal, trust exactly this certificate for this account.",
                "Better: have the server get a certificate from a public or your own authority.",
            ],
        },
        "certificate_self_signed_ca" => Help {
            why: &["It was made with a tool's default settings, as an authority (CA) instead of a server."],
            advice: &[
                "Compare the fingerprint with the server's administrator. If they are equal, trust exactly this certificate; adding it as an authority does not help.",
                "Better: have a server certificate made, with the host name in it.",
            ],
        },
        "certificate_expired" => Help {
            why: &[],
            advice: &[
                "Ask the server's administrator to renew the certificate, and to restart or reload the mail service afterwards.",
                "If it has been renewed already, see whether another host or a balancer still shows the old one, and whether this machine's clock is right.",
            ],
        },
        "certificate_not_yet_valid" => Help {
            why: &[
                "The clock of this machine is slow.",
                "The certificate was made with a later beginning, or on a machine whose clock is fast.",
            ],
            advice: &[
                "Compare date and time on the machine Postroom runs on, and turn on time synchronization (NTP).",
                "If this clock is right, tell the server's administrator.",
            ],
        },
        "certificate_wrong_name" => Help {
            why: &[
                "The host is entered with another name or as an IP address.",
                "The certificate may be that of another site on the same machine, or name no host at all (only CN).",
            ],
            advice: &[
                "Enter one of the certificate's names in “Host SMTP”, if it belongs to your provider.",
                "Otherwise ask the server's administrator for a certificate with this host name in it.",
            ],
        },
        "certificate_not_pinned" => Help {
            why: &[
                "The certificate was renewed, as happens every few weeks or months.",
                "Somebody on the way may show a certificate of their own.",
            ],
            advice: &[
                "Ask the server's administrator whether the certificate was renewed, and compare its fingerprint. If they are equal, pin the new one.",
                "Better, where the server's certificates come from an authority: trust the authority instead, which outlives renewals.",
            ],
        },
        "certificate_invalid"
        | "certificate_key_too_short"
        | "certificate_signed_with_sha1"
        | "certificate_outdated_format"
        | "certificate_not_for_servers"
        | "certificate_unknown_extension"
        | "certificate_name_constraint" => Help {
            why: &[
                "It is outdated or faulty: a key that is too short, a signature with SHA-1, an old format, or a certificate that is not for servers.",
            ],
            advice: &[
                "Ask the server's administrator to have it issued again, with a key of at least 2048 bits (RSA) and for server use.",
            ],
        },
        "password_in_clear" => Help {
            why: &["“Use safe connection?” is set to No, and the account logs in."],
            advice: &[
                "Set “Use safe connection?” to Yes, with SSL on port 465 or TLS on port 587.",
                "If it is a relay that needs no login, set “Use authentication” to No.",
            ],
        },
        "encryption_required" => Help {
            why: &["“Use safe connection?” is set to No."],
            advice: &["Set “Use safe connection?” to Yes, with TLS on port 587 or SSL on port 465."],
        },
        _ => return None,
    })
}
