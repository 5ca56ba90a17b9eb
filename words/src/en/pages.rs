//! English: what all pages share, the frame, and the smaller pages.

use crate::{
    Audit, Common, Conflict, Connector, Credential, Frame, Keys, Parameters, Password, People, Token, User,
    number::{digits, with_commas},
};
use domain::{Role, credential::CredentialKind, destination::Place};

pub const COMMON: Common = Common {
    yes: "Yes",
    no: "No",
    none: "None",
    save: "Save",
    saving: "Saving…",
    cancel: "Cancel",
    close: "Close",
    new: "New",
    edit: "Edit",
    view: "View",
    delete: "Delete",
    actions: "Actions",
    more_actions: "More actions",
    retry: "Retry",
    loading: "Loading…",
    reload: "Reload",
    crashed: "This page has stopped working. What is saved is safe.",
    late: "A part of this page can't be fetched: the connection is lost, or your sign-in has ended. It is tried again.",
    dismiss: "Dismiss",
    name: "Name",
    choose: "Choose…",
    discard_title: "Discard changes?",
    discard_text: "What you changed here has not been saved.",
    discard: "Discard",
    undo: "Undo",
    undone: "Undone.",
    keep_editing: "Keep editing",
    read_only: "You can look at these settings. Only an administrator can change them.",
    row_gone: "This does not exist any more. The list has been refreshed.",
    unknown_option: |id| format!("No longer there ({id})"),
    deleted: |name| format!("{name} was deleted."),
    saved: |name| format!("{name} was saved."),
};

pub const FRAME: Frame = Frame {
    product: "Postroom",
    skip: "Skip to content",
    products: "Products",
    language: "Language",
    settings: "Settings",
    email: "Email",
    connections: "Connections",
    system: "System",
    theme: "Theme",
    theme_system: "System",
    theme_light: "Light",
    theme_dark: "Dark",
    theme_contrast: "High contrast",
    keys: "Keyboard shortcuts",
    density: "Density",
    density_comfortable: "Comfortable",
    density_compact: "Compact",
    sign_out: "Sign out",
    sign_in: "Sign in",
    side: "Settings",
    not_found: "Page not found",
    not_found_text: "There is nothing at this address. It may have moved, or the link may be wrong.",
    to_start: "Go to SMTP Configuration",
    password: "Change password",
    parameters: "Parameters",
    new_token: "New token",
    incidents: |count| if count == 1 { "incident" } else { "incidents" },
    incident_list: "Incidents",
};

pub const KEYS: Keys = Keys {
    title: "Keyboard shortcuts",
    search: "Go to the search",
    new: "New",
    rows: "From the search to the rows, and from row to row",
    edit: "Edit the row",
    test: "Test the account",
    sheet: "These shortcuts",
    sheet_always: "These shortcuts, always",
    click: "click",
    sort: "On a column header: sort by it, too",
    close: "Close a window or a menu",
    single: "Single-key shortcuts",
    single_hint: "The keys above that are pressed alone.",
};

pub const CONFLICT: Conflict = Conflict {
    title: "Somebody else saved this meanwhile",
    text: "Nothing is lost: here is what differs. Keep your version, take theirs, or go on editing.",
    same: "Both versions say the same. Saving again is safe.",
    field: "Field",
    mine: "Yours",
    theirs: "Stored meanwhile",
    keep_mine: "Keep mine",
    take_theirs: "Take theirs",
    entered: "A new one",
    kept: "The stored one",
    renewed: "Somebody else has just saved this. The window shows what is stored now.",
    gone: "Somebody else has deleted this meanwhile. What you typed is still here.",
};

pub const CREDENTIAL: Credential = Credential {
    new: "New credential",
    edit: "Edit credential",
    kind: "Kind",
    user_name: "User name",
    secret: "Secret",
    secret_new: "Stored encrypted. It can be replaced, never read back.",
    secret_keep: "Leave empty to keep the stored secret. It can be replaced, never read back.",
    tenant: "Tenant",
    tenant_hint: "The directory's id, or a domain of it.",
    client_id: "Client ID",
    token_url: "Token endpoint",
    scope: "Scope",
    usual_hint: "Empty: the provider's own.",
    grant: "Grant",
    client_secret: "Client secret",
    key_file: "Key file (JSON)",
    refresh_token: "Refresh token",
    kind_text: |kind| match kind {
        CredentialKind::Password => "",
        CredentialKind::MicrosoftClientCredentials => {
            "The user name is the mailbox that mail is sent as. In Entra, an application with the permission SMTP.SendAsApp and an administrator's consent; in Exchange Online, its service principal with full access to the mailbox, and SMTP AUTH enabled for that mailbox."
        }
        CredentialKind::GoogleServiceAccount => {
            "The user name is the mailbox that mail is sent as. In Google Cloud, a service account with a JSON key; in the Admin console, domain-wide delegation of its client id to the scope https://mail.google.com/."
        }
        CredentialKind::GoogleRefreshToken => {
            "The user name is the mailbox that mail is sent as. An OAuth client of Google Cloud, and the refresh token that its user agreed to. While the consent screen is in testing, a refresh token ends after seven days."
        }
        CredentialKind::OauthTokenEndpoint => {
            "The user name is the mailbox that mail is sent as. Any endpoint of RFC 6749 whose tokens the mail server takes with XOAUTH2 or OAUTHBEARER."
        }
    },
    used_by: "Used by",
    bound_to: "Secret may be sent to",
    bound_text: "Its first use binds it to a server.",
    place,
};

pub const CONNECTOR: Connector = Connector {
    new: "New network connector",
    edit: "Edit network connector",
    kind: "Kind",
    host: "Host",
    port: "Port",
    credential: "Credential",
    enabled: "Enabled",
    credential_hint: "Only if the connector asks for one.",
    secret_hint: "This credential's secret has not been used with this connector before. Enter it again.",
    host_hint: "Names behind the connector are resolved at its far end.",
    used_by: "Used by",
    test: "Test",
    testing: |name| format!("Testing {name}…"),
    answered: |name, ms| format!("{name} answers, in {} ms.", with_commas(ms)),
    silent: |name| format!("{name} does not answer as it should."),
};

pub const USER: User = User {
    new: "New user",
    edit: "Edit user",
    name: "User name",
    role: "Role",
    password: "Password",
    password_new: "At least 12 characters.",
    password_keep: "Leave empty to keep the present password. At least 12 characters.",
    enabled: "Enabled",
    role_hint: |role| match role {
        Role::Viewer => "Reads.",
        Role::Operator => "Reads and tests.",
        Role::Administrator => "Reads, tests and changes everything.",
    },
    never: "Never",
};

pub const TOKEN: Token = Token {
    new: FRAME.new_token,
    tabs: "People and programs",
    made: |name| format!("The token “{name}”. Copy it now: it will not be shown again."),
    copy: "Copy",
    copied: "The token was copied.",
    copy_by_hand: "The browser does not allow copying here. The token is marked: press Ctrl+C.",
    revoke: "Revoke",
    revoked: |name| format!("The token {name} was revoked."),
};

pub const AUDIT: Audit = Audit {
    intro: "Every change and every test: who, when, from where, what was and what is.",
    more: |count| {
        if count == 1 { "1 more line".to_owned() } else { format!("{} more lines", with_commas(count as u64)) }
    },
};

pub const PARAMETERS: Parameters = Parameters {
    title: FRAME.parameters,
    footer: "Footer text",
    footer_hint: "Appended to the body of messages from accounts with Enable footnote.",
    footer_html: "Footer as HTML",
    footer_html_hint: "For messages that have an HTML body. Empty: the text is used.",
    retention: "Keep messages (days)",
    retention_hint: "A message of the Outbox is deleted so many days after it has come to its end.",
    health: "Health check",
    health_text: "Every enabled account is tried from time to time up to where a message would be handed over. Nothing is sent. What changes is reported, and nothing else: an account that fails, that fails in another way, that works again, and a certificate that ends in 30, 14 or 3 days.",
    health_hours: "Check every (hours)",
    health_hours_hint: "From 1 to 168. Empty: never.",
    health_recipients: "Report to",
    health_recipients_hint: "E-mail addresses, one a line. The first is the recipient that servers are asked about.",
    health_account: "Report through",
    health_account_hint: "If that account is the one that fails, another one that works is taken.",
    health_default: "Default account",
    saved: "The parameters were saved.",
    left: |count| {
        if count == 1 {
            "1 character left".to_owned()
        } else {
            format!("{} characters left", with_commas(count as u64))
        }
    },
};

pub const PASSWORD: Password = Password {
    title: FRAME.password,
    current: "Current password",
    new: "New password",
    repeat: "Repeat new password",
    saved: "Your password was changed. Your other sessions have ended.",
};

pub const PEOPLE: People = People {
    sign_in: "Sign in",
    user_name: "User name",
    password: "Password",
    single_sign_on: "Sign in with single sign-on",
    wrong: "User name or password is not right.",
    too_many: |seconds| match seconds {
        "" => "Too many tries. Wait a moment, then try again.".to_owned(),
        "1" => "Too many tries. Try again in 1 second.".to_owned(),
        seconds => format!("Too many tries. Try again in {} seconds.", digits(seconds, with_commas)),
    },
    failed: "Signing in did not work. Try again.",
    setup: "Set up Postroom",
    setup_text: "Create the first administrator. This link works once.",
    setup_button: "Create administrator",
    setup_no_token: "The set-up link is printed when Postroom starts for the first time. Open that link.",
    password_hint: "At least 12 characters. A sentence is easier to remember than a riddle.",
};

fn place(place: &Place<'_>) -> String {
    let protection = match (place.security, place.certificate) {
        ("none", _) => "not encrypted",
        ("starttls", "ignored") => "TLS (STARTTLS), certificate not checked",
        ("starttls", _) => "TLS (STARTTLS), certificate checked",
        (_, "ignored") => "SSL, certificate not checked",
        _ => "SSL, certificate checked",
    };
    let Place { host, port, .. } = place;
    match place.connector {
        None => format!("{host}, port {port}, {protection}"),
        Some((kind, proxy, proxy_port)) => {
            let kind = super::columns::code(kind).unwrap_or(kind);
            format!("{host}, port {port}, {protection}, through {kind} {proxy}:{proxy_port}")
        }
    }
}
