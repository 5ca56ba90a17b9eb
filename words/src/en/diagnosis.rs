//! English: why a test failed, one sentence for each code of the mailer's table of causes.

use domain::session_test::Diagnosis;

pub fn diagnosis(diagnosis: &Diagnosis) -> String {
    let p = |index: usize| diagnosis.params.get(index).map_or("?", String::as_str);
    let all = || if diagnosis.params.is_empty() { "?".to_owned() } else { diagnosis.params.join(", ") };
    match diagnosis.code.as_str() {
        "host_not_found" => format!("The name {} does not exist, or has no address.", p(0)),
        "resolver_failed" => format!("The name server did not answer for {}.", p(0)),
        "connection_refused" => format!("Nothing listens there ({}). Check host and port.", all()),
        "connect_timeout" => format!("No answer to the connection attempt ({}). A firewall may drop it.", all()),
        "unreachable" => format!("There is no route to the server ({}).", all()),
        "connection_reset" => "The other side cut the connection.".to_owned(),
        "connection_closed" => "The other side closed the connection where an answer was due.".to_owned(),
        "destination_forbidden" => {
            format!("The operator of this server does not allow connections to {}.", p(0))
        }
        "tunnel_unreachable" => format!("The connector {} can't be reached.", p(0)),
        "tunnel_timeout" => format!("The connector {} did not answer in time.", p(0)),
        "tunnel_wants_credentials" => format!("The connector {} wants a credential.", p(0)),
        "tunnel_credentials_refused" => format!("The connector {} refused user name or password.", p(0)),
        "tunnel_refused" => format!("The connector {} would not or could not reach the server ({}).", p(0), p(1)),
        "tunnel_protocol" => format!("What answers at the connector {} is not this kind of connector.", p(0)),
        "greeting_timeout" => {
            format!("Connected, but the server said nothing for {} seconds. The port may expect SSL.", p(0))
        }
        "not_smtp" => format!("What answers there is not a mail server ({}).", p(0)),
        "reply_too_long" => "The server's reply is longer than any mail server sends.".to_owned(),
        "reply_timeout" => format!("The server did not reply for {} seconds.", p(0)),
        "protocol_error" => "The server's reply does not fit what was asked.".to_owned(),
        "service_refused" => "The server refuses to talk to us.".to_owned(),
        "starttls_not_offered" => {
            "TLS is demanded and the server does not offer it. Nothing was sent. Try SSL, or another port.".to_owned()
        }
        "starttls_refused" => "The server refused to begin TLS.".to_owned(),
        "injected_before_tls" => {
            "There was data in clear where only encryption may begin: this may be an attack. Nothing was sent."
                .to_owned()
        }
        "tls_plaintext_port" => {
            "The port speaks plain text. Choose TLS (STARTTLS), or the server's SSL port.".to_owned()
        }
        "tls_timeout" => format!("The TLS handshake did not end within {} seconds.", p(0)),
        "tls_failed" => format!("TLS could not be agreed on ({}).", all()),
        "certificate_unknown_issuer" if p(1) == "self_signed" => {
            "The server's certificate is self-signed, so nobody vouches for it.".to_owned()
        }
        "certificate_unknown_issuer" => {
            format!("The server's certificate was issued by {}, which is not trusted here.", p(0))
        }
        "certificate_expired" => format!("The server's certificate expired on {}.", p(0)),
        "certificate_not_yet_valid" => format!("The server's certificate is not valid before {}.", p(0)),
        "certificate_wrong_name" => format!("The server's certificate is for other names: {}.", all()),
        "certificate_invalid" => format!("The server's certificate can't be used ({}).", all()),
        "ehlo_refused" => format!("The server refused our name ({}).", p(0)),
        "auth_not_offered" => "The account logs in, and the server offers no login here.".to_owned(),
        "auth_no_mechanism" => format!("The server offers only ways to log in that Postroom does not have: {}.", all()),
        "password_in_clear" => {
            "The password would have travelled in clear, so it was not sent. Use a safe connection.".to_owned()
        }
        "auth_refused" => "The server refused user name or password.".to_owned(),
        "auth_temporary" => "Logging in is not possible at the moment.".to_owned(),
        "sender_refused" => format!("The server refused the sender {}.", p(0)),
        "recipient_refused" => format!("The server refused the recipient {}.", p(0)),
        "smtputf8_not_offered" => format!("The address {} needs SMTPUTF8, which the server does not offer.", p(0)),
        "message_too_large" => format!("The message has {} octets; the server takes {}.", p(1), p(0)),
        "data_refused" => "The server would not take a message.".to_owned(),
        "message_refused" => "The server read the message and refused it.".to_owned(),
        "no_confirmation" => {
            format!(
                "The message went out whole and no answer came within {} seconds: it may have been delivered.",
                p(0)
            )
        }
        "deadline" => format!("The session took longer than {} seconds in all.", p(0)),
        "cancelled" => "The test was stopped.".to_owned(),
        "secret_missing" | "secret_needed" | "secret_again" => {
            "The credential's secret is not known for this server. Enter it in the account's settings.".to_owned()
        }
        "tunnel_ok" => "The connector answers.".to_owned(),
        "internal" => format!("Something went wrong on this server ({}).", all()),
        other => format!("The test failed ({}).", other.replace('_', " ")),
    }
}
