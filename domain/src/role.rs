//! Roles and what each may do. The whole matrix is one function; `service` asks it first in every use case.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reads.
    Viewer,
    /// Tests, sends, resends.
    Operator,
    /// Changes.
    Administrator,
}

impl Role {
    pub const ALL: [Self; 3] = [Self::Viewer, Self::Operator, Self::Administrator];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Operator => "operator",
            Self::Administrator => "administrator",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    pub fn may(self, action: Action) -> bool {
        self >= action.least_role()
    }
}

/// By whom a person is known. It withholds some of what their role would let them do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Postroom itself: a user, a program's token, whoever sits at the machine.
    #[default]
    Known,
    /// Single sign-on: in Postroom itself, with a provider that its operator chose for people's roles.
    OpenId,
    /// A proxy's header: in Postroom itself, by the word of somebody who answers for accounts alone.
    Proxy,
    /// A portal's token, in its frame.
    Portal,
}

impl Standing {
    /// Whoever comes from elsewhere looks after accounts, never after who else may.
    pub fn withholds(self, action: Action) -> bool {
        let people =
            matches!(action, Action::UsersRead | Action::UsersChange | Action::TokensRead | Action::TokensChange);
        match self {
            Self::Known => false,
            Self::OpenId => action == Action::OwnPasswordChange,
            Self::Proxy => people || action == Action::OwnPasswordChange,
            // The audit log names people and tokens too.
            Self::Portal => people || matches!(action, Action::OwnPasswordChange | Action::AuditRead),
        }
    }
}

macro_rules! actions {
    ($($name:ident => $role:ident),+ $(,)?) => {
        /// Everything that `service` can be asked to do, as far as permission goes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action { $($name),+ }

        impl Action {
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            const fn least_role(self) -> Role {
                match self { $(Self::$name => Role::$role),+ }
            }
        }
    };
}

actions! {
    AccountsRead => Viewer,
    AccountsTest => Operator,
    AccountsChange => Administrator,
    CredentialsRead => Viewer,
    CredentialsChange => Administrator,
    ConnectorsRead => Viewer,
    ConnectorsTest => Operator,
    ConnectorsChange => Administrator,
    OutboxRead => Viewer,
    OutboxSend => Operator,
    SendingPause => Operator,
    SchedulesRead => Viewer,
    SchedulesSend => Operator,
    SchedulesChange => Administrator,
    ParametersRead => Viewer,
    ParametersChange => Administrator,
    UsersRead => Administrator,
    UsersChange => Administrator,
    TokensRead => Administrator,
    TokensChange => Administrator,
    AuditRead => Administrator,
    OwnPasswordChange => Viewer,
    ViewsShare => Administrator,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write as _;

    /// The matrix as a person reads it; a change here is a decision, not a side effect.
    #[test]
    fn the_matrix() {
        let mut lines = String::new();
        for action in Action::ALL {
            let cells = Role::ALL.map(|role| if role.may(*action) { "yes" } else { "-" });
            let _ = writeln!(lines, "{action:?}: {}", cells.join(" "));
        }
        assert_eq!(
            lines,
            "AccountsRead: yes yes yes\n\
             AccountsTest: - yes yes\n\
             AccountsChange: - - yes\n\
             CredentialsRead: yes yes yes\n\
             CredentialsChange: - - yes\n\
             ConnectorsRead: yes yes yes\n\
             ConnectorsTest: - yes yes\n\
             ConnectorsChange: - - yes\n\
             OutboxRead: yes yes yes\n\
             OutboxSend: - yes yes\n\
             SendingPause: - yes yes\n\
             SchedulesRead: yes yes yes\n\
             SchedulesSend: - yes yes\n\
             SchedulesChange: - - yes\n\
             ParametersRead: yes yes yes\n\
             ParametersChange: - - yes\n\
             UsersRead: - - yes\n\
             UsersChange: - - yes\n\
             TokensRead: - - yes\n\
             TokensChange: - - yes\n\
             AuditRead: - - yes\n\
             OwnPasswordChange: yes yes yes\n\
             ViewsShare: - - yes\n"
        );
    }
}
