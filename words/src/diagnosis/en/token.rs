//! English: causes and remedies of access tokens: those that are not issued, and those that a mail server refuses.

use crate::diagnosis::Help;

pub(super) fn help(code: &str) -> Option<Help> {
    Some(match code {
        "token_client_secret" => Help {
            why: &["It has expired, or the secret's ID was entered instead of its value."],
            advice: &[
                "In the Entra admin center, under “App registrations”, “Certificates & secrets”, create a new client secret and enter its value.",
                "Note the day it expires.",
            ],
        },
        "token_unknown_app" => Help {
            why: &[
                "The client ID or the tenant ID is mistyped, or the application is registered in another organization.",
            ],
            advice: &[
                "Copy “Application (client) ID” and “Directory (tenant) ID” again from the application's overview in the Entra admin center.",
            ],
        },
        "token_consent" => Help {
            why: &["An administrator of the organization has to consent, and has not."],
            advice: &[
                "In the Entra admin center, open the application, “API permissions”, and have an administrator grant consent.",
            ],
        },
        "token_revoked" => Help {
            why: &[
                "Somebody revoked it, the account's password changed, or it was not used for a long time.",
                "With Google, permissions end after seven days while the consent screen is in testing.",
            ],
            advice: &["Authorize the account again.", "With Google, publish the application's consent screen."],
        },
        "oauth_token_refused" => Help {
            why: &[
                "The token was issued for another service or scope.",
                "The user name is not the mailbox that the token was issued for.",
            ],
            advice: &[
                "Enter the mailbox's address as user name, and see that the credential's scope is for SMTP: a token that was just issued was refused too. For Gmail the scope is https://mail.google.com/.",
            ],
        },
        "auth_no_mechanism.oauth" => Help {
            why: &[
                "The server accepts neither XOAUTH2 nor OAUTHBEARER.",
                "Both may be hidden until the connection is encrypted.",
            ],
            advice: &[
                "Check “Host SMTP”: with OAuth it is smtp.office365.com for Microsoft 365, smtp.gmail.com for Gmail.",
                "Set “Use safe connection?” to Yes, if it is No.",
                "Otherwise choose a credential with user name and secret.",
            ],
        },
        "oauth_mailbox_denied" => Help {
            why: &[
                "The application's service principal is not registered in Exchange Online, or has no right to this mailbox.",
                "The token is for another scope, or “Authenticated SMTP” is off for the mailbox.",
            ],
            advice: &[
                "In Exchange Online PowerShell, register the service principal (New-ServicePrincipal) and give it the mailbox (Add-MailboxPermission).",
                "Give the application the permission SMTP.SendAsApp; the scope is https://outlook.office365.com/.default.",
                "See that “Authenticated SMTP” is on for the mailbox, and that the user name is its address.",
            ],
        },
        "token_refused" => Help {
            why: &[
                "Client ID, secret or another detail of the credential is wrong, or the application lacks a permission.",
            ],
            advice: &[
                "Read the endpoint's own reply: it names the reason.",
                "Compare the credential with what the provider shows for the application, and enter its secret again.",
            ],
        },
        "token_temporary" => Help {
            why: &["The provider's login service is disturbed or overloaded, or was asked too often."],
            advice: &[
                "Wait some minutes and test again. Notifications are tried again by themselves.",
                "If it lasts, look at the provider's status page.",
            ],
        },
        "token_unreachable" => Help {
            why: &[
                "A firewall may stand before it: tokens are fetched directly, even where the account uses a connector.",
            ],
            advice: &[
                "Allow this machine to connect to the endpoint's host on port 443.",
                "Check the endpoint's address, if the credential names one.",
            ],
        },
        "token_timeout" => Help {
            why: &["The provider's login service is slow, or a firewall drops what this machine sends to it."],
            advice: &["Test again. If it lasts, see that this machine may connect to the endpoint's host on port 443."],
        },
        "token_certificate" => Help {
            why: &[
                "Something on the way, such as a proxy that inspects HTTPS, shows a certificate of its own.",
                "The endpoint's address may be wrong.",
            ],
            advice: &[
                "If a proxy inspects HTTPS here, have the operator trust its authority with --ca-file.",
                "Otherwise check the endpoint's address, and find out who answers there.",
            ],
        },
        "token_protocol" => Help {
            why: &["The address is not that of a token endpoint, or a proxy or portal answers in its place."],
            advice: &[
                "Check the endpoint's address and the tenant ID in the credential.",
                "Open the address from this machine's network, and see who answers.",
            ],
        },
        "token_key" => Help {
            why: &[
                "Its first or last line is missing, it is protected by a passphrase, or it is no RSA key in PKCS#8 form.",
            ],
            advice: &["Enter the service account's JSON file again, whole and unchanged."],
        },
        "token_assertion" => Help {
            why: &[
                "The mailbox does not exist in this Google Workspace, or the service account's address is mistyped.",
                "This machine's clock is wrong, or the key has been deleted at Google.",
            ],
            advice: &[
                "Check the mailbox in the credential, and that its JSON file is this service account's.",
                "Have this machine's clock set by the network (NTP).",
                "Otherwise create a new key for the service account, and enter it.",
            ],
        },
        "token_client_refused" => Help {
            why: &[
                "The client ID or the client secret is mistyped, has expired or has been deleted.",
                "The application needs a client secret, and the credential has none.",
            ],
            advice: &[
                "Copy the client ID again from the application's registration, and enter its client secret again.",
            ],
        },
        "token_grant_refused" => Help {
            why: &[
                "With Google Workspace: the service account has no domain-wide delegation for this scope.",
                "The application is registered for another way to log in.",
            ],
            advice: &[
                "In the Google Admin console, “API controls”, “Domain-wide delegation”, add the service account's client ID with the scope https://mail.google.com/.",
                "With another provider, allow this grant in the application's registration.",
            ],
        },
        "token_scope" => Help {
            why: &["The scope is mistyped, or the application may not ask for it."],
            advice: &[
                "For Microsoft 365 with client credentials the scope is https://outlook.office365.com/.default, for Gmail it is https://mail.google.com/.",
            ],
        },
        _ => return None,
    })
}
