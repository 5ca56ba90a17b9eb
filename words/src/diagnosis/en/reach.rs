//! English: causes and remedies on the way to the server, up to its greeting and EHLO.

use crate::diagnosis::Help;

pub(super) fn help(code: &str) -> Option<Help> {
    Some(match code {
        "host_not_found" => Help {
            why: &[
                "The name is most likely misspelled, or it is no longer in use.",
                "An internal name may be known only to the name server of another network.",
            ],
            advice: &[
                "Compare the field “Host SMTP” with the provider's instructions, letter by letter.",
                "Look the name up from the machine Postroom runs on, for example with nslookup. A name known only inside of another network needs a Network Connector.",
            ],
        },
        "resolver_failed" => Help {
            why: &[
                "The DNS resolver of the machine Postroom runs on does not respond, or does not reach the name servers on the Internet.",
                "The name servers of the domain itself may be down.",
            ],
            advice: &[
                "Test name resolution on that machine or in its container, and repair its DNS settings (often /etc/resolv.conf).",
                "If other names resolve, wait a few minutes and test again.",
            ],
        },
        "connection_refused" => Help {
            why: &[
                "Host or port is wrong, or the service is stopped.",
                "A firewall on the way may refuse the connection in the server's name.",
            ],
            advice: &[
                "Check “Host SMTP” and “Port”: mail is handed in on 465 (SSL) or 587 (TLS), 25 is for relays.",
                "On a server of your own, see whether the mail service runs and listens on this address and port.",
            ],
        },
        "connect_timeout" => Help {
            why: &[
                "A firewall drops the packets, on this side or on the server's.",
                "The host is wrong or switched off, or it admits only certain addresses.",
            ],
            advice: &[
                "Check “Host SMTP” and “Port”, then test the port from the machine Postroom runs on, for example with nc -vz HOST PORT.",
                "Have outgoing connections to this host and port allowed, or use a Network Connector in a network that may.",
            ],
        },
        "unreachable" => Help {
            why: &[
                "This machine has no network connection to that address; a missing IPv6 route is common.",
                "A route, a VPN or a firewall rule may be missing.",
            ],
            advice: &[
                "Check the routes on the machine Postroom runs on, or in its container.",
                "If only IPv6 fails, enter the IPv4 address or a name that has one; for a private network use a Network Connector.",
            ],
        },
        "no_mail_server" => Help {
            why: &[
                "Host or port is wrong, something on the way refuses the connection, or what answers is no mail server.",
            ],
            advice: &[
                "Check “Host SMTP” and “Port” with whoever runs the server.",
                "Ask an administrator to test the same settings: whoever may save an account is told what exactly happened.",
            ],
        },
        "connection_reset" => Help {
            why: &[
                "A firewall or inspection device on the way may have cut it.",
                "The server may have restarted, or have ended the session because of a rule of its own.",
            ],
            advice: &[
                "Test again. If it happens each time at the same step, look into the server's log at this moment.",
                "Ask the network's owner whether a device inspects SMTP or TLS traffic, and have this connection excepted.",
            ],
        },
        "connection_closed" => Help {
            why: &[
                "The server ended the session without a word: a limit, a rule or a fault of its own.",
                "The port may belong to another service, or expect another kind of encryption.",
            ],
            advice: &[
                "Check that “Port” and “Secure connection type” belong together: 465 with SSL, 587 with TLS.",
                "Look into the server's log at this moment, or ask its administrator.",
            ],
        },
        "destination_forbidden" => Help {
            why: &[
                "The address or the port is not on the list of allowed destinations, or is of a kind that is never allowed, such as link-local and metadata addresses.",
            ],
            advice: &[
                "Check “Host SMTP” and “Port”.",
                "If the destination is right, ask the operator to add it to --allow-destinations (POSTROOM_ALLOW_DESTINATIONS).",
            ],
        },
        "closed_before_greeting" => Help {
            why: &[
                "The server, or a device before it, does not accept this machine's IP address.",
                "The service behind the port may be overloaded or broken.",
            ],
            advice: &[
                "Ask the provider whether this machine's public IP address is blocked or has to be registered.",
                "Try a way through another network with a Network Connector.",
            ],
        },
        "port_25_blocked" => Help {
            why: &[
                "Most hosting and Internet providers block outgoing connections to port 25.",
                "Otherwise the host is wrong, or its firewall drops the connection.",
            ],
            advice: &[
                "Use port 465 with SSL or 587 with TLS and turn on “Use authentication”; several providers offer 2525 too.",
                "If it has to be port 25, ask the hosting provider to open it for this machine.",
            ],
        },
        "egress_blocked" => Help {
            why: &[
                "A firewall on this side does not let the connection out, or the host name is wrong.",
                "The server may admit only certain IP addresses.",
            ],
            advice: &[
                "Check “Host SMTP”, then test the port from the machine Postroom runs on, for example with nc -vz HOST PORT.",
                "Have outgoing connections to this host and port allowed, or use a Network Connector in a network that may.",
            ],
        },
        "greeting_timeout" => Help {
            why: &[
                "The port may expect encryption from the first byte (SSL).",
                "The server may be overloaded, or delay its greeting for unknown clients.",
            ],
            advice: &[
                "If the provider names port 465 or SSL, choose SSL in “Secure connection type”.",
                "Otherwise test again later, or ask the server's administrator.",
            ],
        },
        "port_expects_tls" => Help {
            why: &["Port 465 is for implicit TLS (SSL); the account is set to something else."],
            advice: &["Choose SSL in “Secure connection type”, or keep TLS and use port 587."],
        },
        "not_smtp" => Help {
            why: &[
                "The port belongs to another service.",
                "A proxy or a sign-in page of the network may answer in the server's place.",
            ],
            advice: &["Check “Host SMTP” and “Port”: mail is handed in on 465 (SSL) or 587 (TLS)."],
        },
        "reply_too_long" => Help {
            why: &[
                "What answers there is probably not a mail server.",
                "A mail server, or a device before it, may be faulty.",
            ],
            advice: &[
                "Check “Host SMTP” and “Port”.",
                "If they are right, show the transcript to the server's administrator.",
            ],
        },
        "reply_timeout" => Help {
            why: &[
                "The server is overloaded, or checks the sender and the recipient slowly.",
                "A device on the way may swallow parts of the conversation.",
            ],
            advice: &[
                "Test again in a few minutes.",
                "If it always stops at the same step, show that step to the server's administrator.",
            ],
        },
        "protocol_error" => Help {
            why: &[
                "A device that inspects mail traffic may change the conversation.",
                "The server, or what answers in its place, may not follow SMTP.",
            ],
            advice: &[
                "Compare the last lines of the transcript with what the server's log shows at this moment.",
                "Ask the network's owner to except this connection from inspection.",
            ],
        },
        "service_refused" => Help {
            why: &[
                "The server does not accept this machine's IP address, or accepts too many connections already.",
                "It may be in maintenance, or be no submission server.",
            ],
            advice: &[
                "Read the server's own reply: it often names the reason, or a page about it.",
                "Use the provider's submission host and port (465 or 587) with authentication, or ask its support about this machine's IP address.",
            ],
        },
        "idle_too_long" => Help {
            why: &[
                "A connection was kept open for the next message longer than the server allows.",
                "The network may be so slow that the server gave up waiting.",
            ],
            advice: &[
                "Nothing needs to be done as a rule: the next message opens a new connection.",
                "If it happens in tests too, check the network between this machine and the server.",
            ],
        },
        "synchronization_error" => Help {
            why: &[
                "TLS was begun on a port that speaks plain text first.",
                "A device on the way may add data of its own.",
            ],
            advice: &["Choose TLS in “Secure connection type” for this port (usually 587), or use port 465 with SSL."],
        },
        "too_many_connections" => Help {
            why: &[
                "Several programs, or several accounts, send to this server from the same IP address at once.",
                "The limit of the server is low.",
            ],
            advice: &[
                "Wait a few minutes. Notifications are tried again by themselves.",
                "Lower the number of parallel connections to this server, or ask its administrator to raise the limit.",
            ],
        },
        "address_blocklisted" => Help {
            why: &[
                "Cloud and dial-up addresses are often listed as a whole.",
                "Spam may have been sent from this address, by this machine or by an earlier user.",
            ],
            advice: &[
                "Send through a provider with authentication on port 465 or 587: the address then hardly matters.",
                "For an address of your own, find the list in the server's reply, look the address up there and ask for removal.",
            ],
        },
        "reverse_dns_missing" => Help {
            why: &["The reverse DNS entry (PTR) is missing, or name and address do not match in both directions."],
            advice: &[
                "Send through a provider with authentication on port 465 or 587, where this hardly matters.",
                "For an address of your own, have its owner set a PTR record to a name whose A or AAAA record is this address.",
            ],
        },
        "ehlo_refused" => Help {
            why: &[
                "The name in EHLO is not one that the server accepts: short names and localhost are often refused.",
                "The server may accept only certain clients.",
            ],
            advice: &[
                "Ask the operator to set --ehlo-name (POSTROOM_EHLO_NAME) to this machine's full public host name.",
            ],
        },
        "helo_not_fqdn" => Help {
            why: &["Postroom introduces itself with a short name or localhost instead of a name with a domain."],
            advice: &[
                "Ask the operator to set --ehlo-name (POSTROOM_EHLO_NAME) to this machine's full name, such as mail.example.com.",
            ],
        },
        "helo_bad" => Help {
            why: &["Postroom introduces itself with a name that belongs to the recipient's own server or domain."],
            advice: &["Ask the operator to set --ehlo-name (POSTROOM_EHLO_NAME) to this machine's own full name."],
        },
        "helo_refused_for_now" => Help {
            why: &[
                "The name in EHLO is localhost or a name that the server does not know; Google's relay answers so.",
                "Too much mail may have come from this IP address.",
            ],
            advice: &[
                "Ask the operator to set --ehlo-name (POSTROOM_EHLO_NAME) to a host name in your own domain.",
                "Wait some minutes before the next test.",
            ],
        },
        "deadline" => Help {
            why: &[
                "The server or the network is slow in several steps; the timeline shows which.",
                "A server may slow down clients that it does not know.",
            ],
            advice: &[
                "Look at the slowest step of the timeline, and ask that server's administrator.",
                "Test again at a quieter time.",
            ],
        },
        "cancelled" => {
            Help { why: &["Somebody pressed Cancel, or the page was closed."], advice: &["Run the test again."] }
        }
        "internal" => Help {
            why: &["A resource of this machine is used up or missing, such as open files or memory."],
            advice: &["Ask the operator to look into Postroom's log at this moment."],
        },
        _ => return None,
    })
}
