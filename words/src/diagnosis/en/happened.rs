//! English: what happened, one template for each code.

pub(in crate::diagnosis) fn happened(code: &str) -> Option<&'static str> {
    Some(match code {
        "host_not_found" => "The host name [{0} ]does not exist, or has no address.",
        "resolver_failed" => "The name server gave no answer[ for {0}].",
        "connection_refused" => "Nothing listens there[ ({all})]: the connection was refused.",
        "connect_timeout" => "There was no answer to the connection attempt[ ({all})].",
        "unreachable" => "There is no route to the server[ ({all})].",
        "no_mail_server" => "No mail server answered there in time.",
        "connection_reset" => "The other side cut the connection in the middle of the session.",
        "connection_closed" => "The other side closed the connection where an answer was due.",
        "destination_forbidden" => {
            "The operator of this Postroom does not allow connections to [{0}, at ]this address or port."
        }
        "closed_before_greeting" => "The server took the connection and closed it before its greeting.",
        "port_25_blocked" => "There was no answer on port 25[ ({all})].",
        "egress_blocked" => "There was no answer on this port[ ({all})].",
        "tunnel_unreachable" => "The connector[ {0}] can't be reached. The SMTP server was not asked.",
        "tunnel_timeout" => "The connector[ {0}] did not answer in time. The SMTP server was not asked.",
        "tunnel_wants_credentials" => "The connector[ {0}] asks for a user name and a secret.",
        "tunnel_credentials_refused" => {
            "The connector[ {0}] refused its user name or secret. The account's own credential was not sent."
        }
        "tunnel_credentials_refused.length" => {
            "The credential of the connector[ {0}] can't be sent: SOCKS5 takes 1 to 255 bytes of user name and as many of secret."
        }
        "tunnel_credentials_refused.colon" => {
            "The credential of the connector[ {0}] can't be sent: Basic authentication allows no colon in the user name."
        }
        "tunnel_refused" => "The connector[ {0}] works, but opened no way to the SMTP server[ ({1})].",
        "tunnel_refused.rules" => "The connector[ {0}] works, but its rules do not allow this SMTP server and port.",
        "tunnel_refused.network_unreachable" => {
            "The connector[ {0}] works, but the network of the SMTP server can't be reached from there."
        }
        "tunnel_refused.host_unreachable" => {
            "The connector[ {0}] works, but the SMTP server can't be reached from there."
        }
        "tunnel_refused.refused" => "The connector[ {0}] works, but the SMTP server refused its connection.",
        "tunnel_refused.ttl_expired" => {
            "The connector[ {0}] works, but its connection to the SMTP server ran out of time or hops."
        }
        "tunnel_refused.general" => "The connector[ {0}] could not connect to the SMTP server, and did not say why.",
        "tunnel_refused.unsupported" => "The connector[ {0}] does not support this kind of connection or address.",
        "tunnel_refused.http" => {
            "The connector[ {0}] works, but refused the way to the SMTP server[ with HTTP status {1}]."
        }
        "tunnel_protocol" => "What answers at the connector[ {0}] is not this kind of connector.",
        "connector_disabled" => "The connector[ {0}] is switched off, so no connection was made.",
        "tunnel_ok" => "The connector answers.",
        "greeting_timeout" => "Connected, but the server said nothing[ for {0} seconds].",
        "port_expects_tls" => {
            "The server waits for encryption from the first byte, and Postroom waited for its greeting."
        }
        "not_smtp" => "What answers there is not an SMTP server[: it looks like {0}].",
        "reply_too_long" => "The server's reply is longer than any mail server sends, so the connection was closed.",
        "reply_timeout" => "The server did not reply[ for {0} seconds].",
        "protocol_error" => "The server's reply does not fit what was asked.",
        "service_refused" => "The server refuses to talk to this machine at the moment or at all.",
        "idle_too_long" => "The server closed the connection because nothing was said for too long.",
        "synchronization_error" => "The server complains that something was sent before its turn.",
        "too_many_connections" => "The server has too many connections from this machine, and refuses another one.",
        "address_blocklisted" => "The server refuses this machine's IP address because it is on a blocklist.",
        "reverse_dns_missing" => {
            "The server found no host name for this machine's IP address, or one that does not lead back to it."
        }
        "ehlo_refused" => "The server refused the name with which Postroom introduces itself[ ({helo})].",
        "helo_not_fqdn" => "The server wants a full host name in EHLO[, and got {helo}].",
        "helo_bad" => "The server takes the name in EHLO[ ({helo})] for false.",
        "helo_refused_for_now" => "The server closed the session after the greeting, and says to try later.",
        "deadline" => "The session took longer than [{0} seconds, ]the time that is allowed in all.",
        "cancelled" => "The test was stopped before it ended.",
        "internal" => "Something went wrong on Postroom's own machine[ ({all})], not at the mail server.",
        "starttls_not_offered" => "Encryption is demanded and the server does not offer STARTTLS. Nothing was sent.",
        "starttls_stripped" => "Something on the way has made STARTTLS unusable. Nothing was sent.",
        "starttls_refused" => "The server offered STARTTLS and then refused to begin it. Nothing was sent.",
        "starttls_server_broken" => "The server can't begin TLS because of a problem of its own. Nothing was sent.",
        "injected_before_tls" => "There was data in clear where only encryption may begin. Nothing was sent.",
        "tls_plaintext_port" => "Postroom began to encrypt at once, and the server answered in plain text.",
        "tls_timeout" => "The TLS handshake did not end[ within {0} seconds].",
        "tls_failed" => "No encryption could be agreed on with the server[ ({all})].",
        "tls_too_old" => "The server offers only an old version of TLS, and Postroom needs 1.2 or 1.3.",
        "tls_no_common_cipher" => "The server and Postroom have no encryption method in common.",
        "tls_client_certificate" => "The server demands a client certificate, and Postroom shows none.",
        "certificate_unknown_issuer" => {
            "The server's certificate was issued by [{0}, ]an authority that is not trusted here. No secret was sent."
        }
        "certificate_self_signed" => {
            "The server's certificate is self-signed, so no authority vouches for it. No secret was sent."
        }
        "certificate_self_signed_ca" => {
            "The server shows a self-signed authority's certificate as its own. No secret was sent."
        }
        "certificate_expired" => "The server's certificate has expired[: it was valid until {0}]. No secret was sent.",
        "certificate_not_yet_valid" => {
            "The server's certificate is not valid yet[: it begins at {0}]. No secret was sent."
        }
        "certificate_wrong_name" => {
            "The server's certificate is for other names than “Host SMTP”[: {all}]. No secret was sent."
        }
        "certificate_not_pinned" => {
            "The server shows another certificate than the pinned one[: {0}, pinned is {1}]. No secret was sent."
        }
        "certificate_invalid" => "The server's certificate can't be used[ ({all})]. No secret was sent.",
        "certificate_key_too_short" => {
            "The server's certificate has a key that is too short to be trusted. No secret was sent."
        }
        "certificate_signed_with_sha1" => {
            "The server's certificate is signed with SHA-1, which is no longer trusted. No secret was sent."
        }
        "certificate_outdated_format" => {
            "The server's certificate has an outdated format (before X.509 version 3). No secret was sent."
        }
        "certificate_not_for_servers" => "The server's certificate is not for servers. No secret was sent.",
        "certificate_unknown_extension" => {
            "The server's certificate demands something that is not known here. No secret was sent."
        }
        "certificate_name_constraint" => {
            "The issuer of the server's certificate may not certify this name. No secret was sent."
        }
        "password_in_clear" => "The secret would have travelled in clear, so it was not sent.",
        "encryption_required" => "The server accepts mail only over an encrypted connection.",
        "secret_missing" => {
            "The credential's secret is not known for this server and these settings, so nothing was sent."
        }
        "secret_again" => "The credential's secret has to be entered again for this server and these settings.",
        "secret_needed" => "The credential's secret has not been entered for this server yet.",
        "auth_not_offered" => "The account logs in, and the server offers no login here.",
        "auth_no_mechanism" => "The server offers only ways to log in that Postroom does not have[: {0}].",
        "auth_mechanism_disabled" => "The server offers a way to log in and then does not accept it.",
        "auth_only_after_tls" => "The server does not accept a login on this connection.",
        "auth_refused" => "The server refused user name or password.",
        "auth_temporary" => "The server can't check logins at the moment.",
        "auth_too_many_attempts" => {
            "The server has had too many logins from this account or address, and blocks further ones for now."
        }
        "authentication_required" => "The server accepts mail only after a login.",
        "sender_login_required" => {
            "The server accepts this envelope sender[ ({sender})] only from a client that has logged in."
        }
        "smtp_auth_disabled" => "Microsoft 365 does not allow logins over SMTP for this mailbox or organization.",
        "basic_auth_retired" => "Microsoft no longer accepts user name and password for SMTP here: it demands OAuth.",
        "security_defaults" => "Microsoft 365 knows the login, and a security rule of the organization forbids it.",
        "exchange_login_refused" => "Microsoft 365 or Exchange refused the login.",
        "o365_not_authenticated" => "Microsoft 365 accepts mail on this host only after a login.",
        "app_password_required" => "Google accepts this account only with an app password.",
        "web_login_required" => "Google wants somebody to sign in with a browser first.",
        "gmail_password_refused" => "Google refused user name and password.",
        "ses_credentials" => "Amazon SES does not know this user name and secret in this region.",
        "ses_not_enabled" => "This AWS account does not use Amazon SES in this region.",
        "sendgrid_user_apikey" => "SendGrid refused user name or secret.",
        "brevo_smtp_key" => "Brevo refused user name or secret.",
        "brevo_address" => "The provider refuses logins from this machine's IP address.",
        "yahoo_app_password" => "Yahoo refused the login, or has blocked it after several attempts.",
        "token_client_secret" => "Microsoft Entra refused the application's client secret.",
        "token_unknown_app" => "Microsoft Entra does not know this application or organization.",
        "token_consent" => "The application has not been given permission to send mail yet.",
        "token_revoked" => "The stored permission to send mail is no longer valid.",
        "oauth_token_refused" => "The mail server refused the access token.",
        "auth_no_mechanism.oauth" => "The server offers no login with an access token[, only {0}].",
        "oauth_mailbox_denied" => "Microsoft 365 refused the access token for this mailbox.",
        "token_refused" => "The token endpoint[ {0}] refused to issue an access token[: {1}].",
        "token_temporary" => "The token endpoint[ {0}] can't issue an access token at the moment.",
        "token_unreachable" => "The token endpoint[ {0}] can't be reached, so there is no access token to log in with.",
        "token_timeout" => "The token endpoint[ {0}] gave no access token in time[: {1} seconds were waited].",
        "token_certificate" => "There is no trusted encryption with the token endpoint[ {0}]. No secret was sent.",
        "token_protocol" => "What answers at the token endpoint[ {0}] did not issue an access token.",
        "token_key" => "The service account's private key can't be used to sign, so nothing was sent.",
        "token_assertion" => "The token endpoint[ {0}] refused what was signed with the service account's key.",
        "token_client_refused" => "The token endpoint[ {0}] refused the application's client ID or client secret.",
        "token_grant_refused" => "The token endpoint[ {0}] does not give this application a token in this way.",
        "token_scope" => "The token endpoint[ {0}] does not issue tokens for this scope.",
        "sender_refused" => "The server refused the envelope sender[ {sender}].",
        "sender_not_owned" => "This login may not send with the envelope sender[ {sender}].",
        "sender_domain_unknown" => "The server finds no DNS entry for the domain of the envelope sender[ {sender}].",
        "send_as_denied" => "Microsoft 365 does not let this mailbox send with this sender's address.",
        "o365_sender_blocked" => "Microsoft 365 has blocked this mailbox from sending.",
        "o365_unregistered_domain" => {
            "Microsoft 365 does not relay for a domain that the organization has not registered."
        }
        "o365_attribution" => {
            "Microsoft 365 can't tell which organization this connection belongs to, and refuses to relay."
        }
        "o365_tenant_blocked" => "Microsoft 365 does not accept more mail from this organization or address.",
        "o365_address_banned" => "Microsoft 365 has banned this machine's IP address.",
        "o365_quota" => "The mailbox has used up what Microsoft 365 lets it send.",
        "o365_concurrency" => "Microsoft 365 allows no more parallel connections for this mailbox.",
        "exchange_relay_denied" => {
            "Exchange does not forward mail to this recipient[ ({recipient})] for a client that has not logged in."
        }
        "gmail_relay_denied" => "Google's SMTP relay does not accept mail from this client.",
        "gmail_daily_limit" => "The account has reached its daily limit of messages or recipients.",
        "ses_identity_unverified" => "Amazon SES has not verified one of the addresses in this region.",
        "ses_not_authorized" => "This Amazon SES credential lacks the permission to send.",
        "ses_rate" => "More was sent at once than Amazon SES allows for this account.",
        "sendgrid_credits" => "The SendGrid account has used up its credits.",
        "sendgrid_sender_unverified" => "SendGrid does not know the sender's address as verified.",
        "recipient_refused" => "The server refused the recipient[ {recipient}].",
        "recipient_unknown" => "The recipient[ {recipient}] does not exist at the server.",
        "o365_recipient_unknown" => "Microsoft 365 does not know the recipient[ {recipient}].",
        "recipient_throttled" => "The recipient[ {recipient}] gets more mail at the moment than the server allows.",
        "server_full" => "The server has no room for the message now.",
        "mailbox_full" => "The mailbox[ of {recipient}] is full.",
        "relay_denied" => "The server does not forward mail to other domains for this client.",
        "greylisted" => "The server asks to come again later: it greylists senders that it does not know yet.",
        "too_many_recipients" => "The message has more recipients than the server takes at once.",
        "sending_reputation" => {
            "The server slows this sender down because of the amount of mail, or of complaints about it."
        }
        "unauthenticated_mail" => {
            "The receiving server could not verify that the sender's domain sent this message (SPF, DKIM, DMARC)."
        }
        "spf_or_dkim_failed" => "The receiving server refused the message because SPF or DKIM failed.",
        "dmarc_failed" => "The message did not pass DMARC, and the sender's domain asks that such messages be refused.",
        "from_header_invalid" => "The server does not accept the message's From header.",
        "bare_line_feed" => "The server found line ends in the message that SMTP does not allow.",
        "smtputf8_not_offered" => "The address[ {0}] has letters beyond ASCII, which the server does not take.",
        "message_too_large" => "The message is larger than the server takes[: it has {1} bytes, the limit is {0}].",
        "data_refused" => "The server took sender and recipient, but not the message itself.",
        "message_refused" => "The server read the whole message and refused it. It was not delivered.",
        "no_confirmation" => {
            "The whole message went out, and no answer came[ within {0} seconds]: it may have been delivered."
        }
        _ => return None,
    })
}
