//! English: causes and remedies of network connectors.

use crate::diagnosis::Help;

pub(super) fn help(code: &str) -> Option<Help> {
    Some(match code {
        "tunnel_unreachable" => Help {
            why: &["The connector's host or port is wrong, it is not running, or a firewall stands before it."],
            advice: &[
                "Check host and port in the connector's settings and press Test there.",
                "See that the proxy runs, and that this machine may connect to it.",
            ],
        },
        "tunnel_timeout" => Help {
            why: &[
                "The proxy is overloaded, or waits in vain for the server behind it.",
                "The connector's type or port may be wrong, so that both sides wait for each other.",
            ],
            advice: &[
                "Press Test in the connector's settings. If the connector answers, it is the way behind it that is too slow.",
                "Look into the proxy's log at this moment.",
            ],
        },
        "tunnel_wants_credentials" => Help {
            why: &[
                "No credential is set for the connector.",
                "The proxy may want a way to log in that Postroom does not have: it has user name and password (SOCKS5) and Basic (HTTP CONNECT).",
            ],
            advice: &[
                "Choose a credential in the connector's settings, and press Test there.",
                "If it has one already, allow user name and password, or Basic, on the proxy.",
            ],
        },
        "tunnel_credentials_refused" => Help {
            why: &[
                "The connector's credential is wrong, or has been changed on the proxy.",
                "The proxy may limit this login to certain source addresses.",
            ],
            advice: &[
                "Enter the secret of the connector's credential again, and press Test in the connector's settings.",
                "Look into the proxy's log at this moment.",
            ],
        },
        "tunnel_credentials_refused.length" => Help {
            why: &["User name or secret of the connector's credential is empty, or too long."],
            advice: &["Choose a credential with a shorter user name and secret for the connector."],
        },
        "tunnel_credentials_refused.colon" => Help {
            why: &[
                "A colon ends the user name in Basic authentication, so the rest would be read as part of the secret.",
            ],
            advice: &["Choose a credential without a colon in its user name for the connector."],
        },
        "tunnel_refused" => Help {
            why: &["The proxy may not connect to this host and port, or can't reach it."],
            advice: &[
                "Check “Host SMTP” and “Port”.",
                "Look into the proxy's log at this moment; its rules must allow this host and port.",
            ],
        },
        "tunnel_refused.rules" => Help {
            why: &["The proxy permits only certain destinations, often only ports 80 and 443."],
            advice: &[
                "Ask the proxy's administrator to allow this host and port.",
                "Check that “Host SMTP” and “Port” are the intended ones.",
            ],
        },
        "tunnel_refused.network_unreachable" => Help {
            why: &["The proxy's machine has no route to that network."],
            advice: &["Check the routes on the proxy's machine, or use a connector that stands in the right network."],
        },
        "tunnel_refused.host_unreachable" => Help {
            why: &[
                "The host is switched off, or a firewall stands between the proxy and it.",
                "The proxy may be unable to resolve the host's name: it is resolved at the far end.",
            ],
            advice: &[
                "Check “Host SMTP”, and look the name up on the proxy's machine.",
                "Test the port from the proxy's machine.",
            ],
        },
        "tunnel_refused.refused" => Help {
            why: &["Nothing listens on this port of the host, seen from the proxy's network."],
            advice: &[
                "Check “Host SMTP” and “Port”.",
                "See that the mail service runs and accepts connections from the proxy's address.",
            ],
        },
        "tunnel_refused.ttl_expired" => Help {
            why: &["The way from the proxy to the server is cut or goes round in a circle."],
            advice: &["Check the route from the proxy's machine to the server, then test again."],
        },
        "tunnel_refused.general" => Help {
            why: &[
                "The proxy reports a general failure: often the host's name can't be resolved at its end, or the port is blocked there.",
            ],
            advice: &[
                "Look into the proxy's log at this moment.",
                "Check “Host SMTP” and “Port”, and test the port from the proxy's machine.",
            ],
        },
        "tunnel_refused.unsupported" => Help {
            why: &["The proxy may be unable to resolve names, or to use IPv6 addresses."],
            advice: &[
                "Enter the server's IPv4 address or a name with an IPv4 address in “Host SMTP”. With an address, the certificate must name it.",
                "Otherwise use another connector.",
            ],
        },
        "tunnel_refused.http" => Help {
            why: &[
                "403 and 405: the proxy's rules do not allow this port with CONNECT; often only 443 is allowed.",
                "502, 503 and 504: the proxy can't reach the server or resolve its name.",
            ],
            advice: &[
                "Ask the proxy's administrator to allow CONNECT to this host and port.",
                "Check “Host SMTP” and “Port”, and look into the proxy's log at this moment.",
            ],
        },
        "tunnel_protocol" => Help {
            why: &[
                "The connector's type or port is wrong: SOCKS5 usually is on 1080, HTTP CONNECT on 3128 or 8080.",
                "The proxy may hang up on clients from addresses that it does not know.",
            ],
            advice: &[
                "Check type, host and port in the connector's settings, and press Test there.",
                "See in the proxy's log whether it admits this machine.",
            ],
        },
        "connector_disabled" => Help {
            why: &["The account uses a Network Connector that somebody has disabled."],
            advice: &[
                "Enable the connector, or choose another one in the account's settings.",
                "If the server can be reached directly, set “Use Network Connector” to No.",
            ],
        },
        "tunnel_ok" => Help {
            why: &[],
            advice: &["Nothing needs to be done. To test the way behind it, test an account that uses it."],
        },
        _ => return None,
    })
}
