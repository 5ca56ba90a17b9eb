//! What somebody likes and no address says: theme, density, whether single keys are shortcuts. Their language stands apart.

use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($word:ident = $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
        pub enum $name { #[default] $($word),+ }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$word),+];

            pub const fn code(self) -> &'static str {
                match self { $(Self::$word => $code),+ }
            }

            pub fn parse(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}

words! {
    /// Light or dark, as the system has it unless chosen.
    Theme { System = "system", Light = "light", Dark = "dark", Contrast = "contrast" }
}

words! {
    /// How close together things stand.
    Density { Comfortable = "comfortable", Compact = "compact" }
}

/// A person's tastes; what was never chosen is as it comes.
/// On the wire it is one text, their codes in order: derived code for it takes ten times the room in a browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Tastes {
    pub theme: Theme,
    pub density: Density,
    /// Whether single keys are shortcuts. (WCAG 2.2, 2.1.4: they can be turned off)
    pub shortcuts: bool,
}

impl Default for Tastes {
    fn default() -> Self {
        Self { theme: Theme::default(), density: Density::default(), shortcuts: true }
    }
}

impl From<Tastes> for String {
    fn from(tastes: Tastes) -> Self {
        tastes.choices().map(Choice::code).join(" ")
    }
}

impl From<String> for Tastes {
    /// What is no code is as it comes.
    fn from(codes: String) -> Self {
        let choices = Choice::NAMES.into_iter().zip(codes.split(' '));
        let choices = choices.filter_map(|(name, code)| Choice::parse(name, code));
        choices.fold(Self::default(), Self::with)
    }
}

/// One of them chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    Theme(Theme),
    Density(Density),
    Shortcuts(bool),
}

impl Choice {
    /// The names that a choice has in a form, in a cookie and in the store.
    pub const NAMES: [&'static str; 3] = ["theme", "density", "shortcuts"];

    /// `None` where that is none of them, or no word for it.
    pub fn parse(name: &str, code: &str) -> Option<Self> {
        match name {
            "theme" => Theme::parse(code).map(Self::Theme),
            "density" => Density::parse(code).map(Self::Density),
            "shortcuts" => match code {
                "yes" => Some(Self::Shortcuts(true)),
                "no" => Some(Self::Shortcuts(false)),
                _ => None,
            },
            _ => None,
        }
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Theme(_) => "theme",
            Self::Density(_) => "density",
            Self::Shortcuts(_) => "shortcuts",
        }
    }

    pub const fn code(self) -> &'static str {
        match self {
            Self::Theme(theme) => theme.code(),
            Self::Density(density) => density.code(),
            Self::Shortcuts(true) => "yes",
            Self::Shortcuts(false) => "no",
        }
    }
}

impl Tastes {
    #[must_use]
    pub const fn with(mut self, choice: Choice) -> Self {
        match choice {
            Choice::Theme(theme) => self.theme = theme,
            Choice::Density(density) => self.density = density,
            Choice::Shortcuts(on) => self.shortcuts = on,
        }
        self
    }

    /// Every one of them as a choice.
    pub const fn choices(self) -> [Choice; 3] {
        [Choice::Theme(self.theme), Choice::Density(self.density), Choice::Shortcuts(self.shortcuts)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_reads_back_as_itself_and_nonsense_is_none() {
        let all = Theme::ALL.iter().map(|theme| Choice::Theme(*theme));
        let all = all.chain(Density::ALL.iter().map(|density| Choice::Density(*density)));
        for choice in all.chain([Choice::Shortcuts(true), Choice::Shortcuts(false)]) {
            assert_eq!(Choice::parse(choice.name(), choice.code()), Some(choice));
            assert!(Tastes::default().with(choice).choices().contains(&choice));
            assert!(Choice::NAMES.contains(&choice.name()));
        }
        let tastes = Tastes { theme: Theme::Contrast, density: Density::Compact, shortcuts: false };
        assert_eq!(Tastes::from(String::from(tastes)), tastes);
        assert_eq!(
            Tastes::from("purple compact".to_owned()),
            Tastes::default().with(Choice::Density(Density::Compact))
        );
        for (name, code) in
            [("theme", "purple"), ("theme", ""), ("density", "dark"), ("shortcuts", "true"), ("x", "yes")]
        {
            assert_eq!(Choice::parse(name, code), None, "{name} {code}");
        }
    }
}
