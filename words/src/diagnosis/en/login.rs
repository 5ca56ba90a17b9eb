//! English: causes and remedies of logging in.

use crate::diagnosis::Help;

pub(super) fn help(code: &str) -> Option<Help> {
    Some(match code {
        "secret_missing" => Help {
            why: &[
                "Host, port, protection or connector has changed since the secret was entered: a stored secret is never sent to a new place unasked.",
                "The credential may never have been used with this server.",
            ],
            advice: &[
                "Open the account's settings (or the connector's), enter the credential's secret again and save.",
            ],
        },
        "secret_again" => Help {
            why: &[
                "Host, port, protection or connector has changed: a stored secret is never sent to a new place unasked.",
            ],
            advice: &["Enter the secret in the settings window, then test or save again."],
        },
        "secret_needed" => Help {
            why: &["The credential has not been used with this server and these settings before."],
            advice: &["Enter the secret in the settings window, then test or save again."],
        },
        "auth_not_offered" => Help {
            why: &[
                "Login is offered only after encryption, or only on the submission ports 465 and 587.",
                "The server may be a relay that admits clients by their IP address.",
            ],
            advice: &[
                "Set “Use safe connection?” to Yes, with TLS on port 587 or SSL on port 465.",
                "If the server needs no login, set “Use authentication” to No.",
            ],
        },
        "auth_no_mechanism" => Help {
            why: &[
                "The server allows neither PLAIN nor LOGIN: it wants OAuth, NTLM or another mechanism.",
                "PLAIN and LOGIN may be hidden until the connection is encrypted.",
            ],
            advice: &[
                "Set “Use safe connection?” to Yes, if it is No.",
                "Ask the server's administrator to allow PLAIN or LOGIN over TLS, or a relay that admits this machine's IP address.",
                "If it offers XOAUTH2 or OAUTHBEARER, choose a credential that logs in with OAuth.",
            ],
        },
        "auth_mechanism_disabled" => Help {
            why: &[
                "On Exchange, “Basic authentication” is turned off on the receive connector, or allowed only after TLS.",
            ],
            advice: &[
                "Set “Use safe connection?” to Yes.",
                "Ask the Exchange administrator to allow basic authentication after TLS on this receive connector.",
            ],
        },
        "auth_only_after_tls" => Help {
            why: &[
                "It allows logins only after encryption, or not on port 25.",
                "Authentication may be turned off on this server.",
            ],
            advice: &[
                "Use port 587 with TLS or port 465 with SSL.",
                "If the server needs no login, set “Use authentication” to No.",
            ],
        },
        "auth_refused" => Help {
            why: &[
                "The secret is mistyped, expired or has been changed.",
                "The user name has another form: many servers want the full e-mail address.",
                "The provider may demand an app password, or have this way to log in turned off.",
            ],
            advice: &[
                "Enter the secret again in the credential. Try the full e-mail address as user name.",
                "Sign in to the provider's web page with the same data; look there for app passwords and for “SMTP” among the permissions.",
            ],
        },
        "auth_temporary" => Help {
            why: &[
                "The server's login service is down or overloaded.",
                "With Amazon SES, the host may belong to another region than the credential.",
            ],
            advice: &[
                "Wait some minutes and test again. Notifications are tried again by themselves.",
                "If it lasts, tell the server's administrator.",
            ],
        },
        "auth_too_many_attempts" => Help {
            why: &[
                "Some program logs in again and again with an old secret.",
                "Too many messages may open a session of their own each.",
            ],
            advice: &[
                "Stop the programs that use the old secret, and wait until the block ends (minutes to an hour, as a rule).",
                "Then enter the right secret and test once.",
            ],
        },
        "authentication_required" => Help {
            why: &[
                "“Use authentication” is set to No.",
                "The server admits some IP addresses without login, and this machine's is not among them.",
            ],
            advice: &[
                "Set “Use authentication” to Yes and choose a credential.",
                "If no login is meant to be needed, ask the server's administrator to admit this machine's IP address.",
            ],
        },
        "sender_login_required" => Help {
            why: &["“Use authentication” is set to No, or the account logs in nowhere on this port."],
            advice: &["Set “Use authentication” to Yes and choose the credential that belongs to this sender."],
        },
        "smtp_auth_disabled" => Help {
            why: &["“Authenticated SMTP” is turned off, as is usual for new organizations."],
            advice: &[
                "In the Microsoft 365 admin center, open the user, then Mail, then “Manage email apps”, and tick “Authenticated SMTP”.",
                "If it stays refused, it is off for the whole organization: see https://aka.ms/smtp_auth_disabled. A change may take an hour to work.",
            ],
        },
        "basic_auth_retired" => Help {
            why: &["Basic authentication has been retired for this service, or turned off for this organization."],
            advice: &[
                "Log in with OAuth instead: give the account a credential of the kind “Microsoft 365 (client credentials)”.",
                "Or send through an inbound connector of Microsoft 365 that admits this machine's IP address, or through another provider.",
                "Ask the Microsoft 365 administrator whether basic authentication for SMTP can still be allowed for this mailbox.",
            ],
        },
        "security_defaults" => Help {
            why: &[
                "“Security defaults” or a Conditional Access rule blocks logins with user name and password alone.",
                "Multi-factor authentication may be demanded of this user.",
            ],
            advice: &[
                "Ask the Microsoft Entra administrator: the sign-in log names the rule. Exempt this mailbox in Conditional Access; security defaults have to be off for that.",
                "Or send through a relay connector that admits this machine's IP address without login.",
            ],
        },
        "exchange_login_refused" => Help {
            why: &[
                "The user name or the secret is wrong.",
                "“Authenticated SMTP” may be off for the mailbox, or multi-factor authentication on.",
            ],
            advice: &[
                "Use the mailbox's full address as user name, and enter the secret again.",
                "Then have the administrator check “Authenticated SMTP” of the mailbox and its entry in the Entra sign-in log.",
            ],
        },
        "o365_not_authenticated" => Help {
            why: &["“Use authentication” is set to No, and this host (smtp.office365.com, as a rule) is for logins."],
            advice: &[
                "Set “Use authentication” to Yes and choose the mailbox's credential.",
                "To send without login, use the organization's MX host on port 25 and an inbound connector for this machine's IP address.",
            ],
        },
        "app_password_required" => Help {
            why: &["Two-step verification is on, and the ordinary password was used."],
            advice: &[
                "Create an app password at https://myaccount.google.com/apppasswords and enter it as the credential's secret, without spaces.",
                "If that page is not offered, the organization's administrator has turned app passwords off.",
            ],
        },
        "web_login_required" => Help {
            why: &["Google takes this login for unusual: a new place, or a long time unused."],
            advice: &[
                "Sign in at https://mail.google.com with this account, and confirm that it was you.",
                "Then create an app password at https://myaccount.google.com/apppasswords and use it as the credential's secret.",
            ],
        },
        "gmail_password_refused" => Help {
            why: &[
                "The account's ordinary password was used: Google accepts only an app password here.",
                "The user name is not the full address, or the app password has been revoked; it is, whenever the account's password changes.",
            ],
            advice: &[
                "Create an app password at https://myaccount.google.com/apppasswords (needs two-step verification) and enter it as the credential's secret, without spaces.",
                "Use the full e-mail address as user name.",
            ],
        },
        "ses_credentials" => Help {
            why: &[
                "They are IAM access keys: SES wants SMTP credentials, whose secret is a different one.",
                "They belong to another region than the host.",
            ],
            advice: &[
                "In the SES console, in the region of “Host SMTP”, open “SMTP settings”, create SMTP credentials, and enter both values in the credential.",
            ],
        },
        "ses_not_enabled" => Help {
            why: &["SES has not been set up for the account, or “Host SMTP” names another region."],
            advice: &["Open the SES console in the region of “Host SMTP” and finish its set-up."],
        },
        "sendgrid_user_apikey" => Help {
            why: &[
                "The user name has to be the word apikey, exactly, and the secret the API key itself.",
                "The API key may have been deleted, or lack the permission “Mail Send”.",
            ],
            advice: &[
                "Set the credential's user name to apikey and its secret to the API key, which begins with SG.",
                "If it stays refused, create a new key in SendGrid under Settings, “API Keys”.",
            ],
        },
        "brevo_smtp_key" => Help {
            why: &["The account's password was used: Brevo wants an SMTP key."],
            advice: &[
                "In Brevo, open “SMTP & API”, create an SMTP key, and enter it as the credential's secret. The login shown there is the user name.",
            ],
        },
        "brevo_address" => Help {
            why: &["The account accepts only authorized IP addresses; Brevo asks for that."],
            advice: &[
                "Add this machine's public IP address to the authorized ones in the provider's security settings.",
            ],
        },
        "yahoo_app_password" => Help {
            why: &["The account's ordinary password was used: Yahoo and AOL want an app password."],
            advice: &[
                "Create an app password in the account's security settings and enter it as the credential's secret.",
                "If it stays refused, wait some hours without attempts: the block ends by itself.",
            ],
        },
        _ => return None,
    })
}
