//! What is said where two people edit one thing.

pub struct Conflict {
    pub title: &'static str,
    pub text: &'static str,
    pub same: &'static str,
    pub field: &'static str,
    pub mine: &'static str,
    pub theirs: &'static str,
    pub keep_mine: &'static str,
    pub take_theirs: &'static str,
    /// Stands for a secret that was typed, and for one that was not.
    pub entered: &'static str,
    pub kept: &'static str,
    /// Nothing was typed yet, and the window shows what somebody else has just saved.
    pub renewed: &'static str,
    pub gone: &'static str,
}
