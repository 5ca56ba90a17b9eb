//! One family of icons, drawn on a grid of 16 with strokes of 1.5. Decoration: never the only name of anything.

use leptos::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    Products,
    User,
    Plus,
    Pencil,
    Eye,
    More,
    Close,
    Check,
    Cross,
    Warning,
    Info,
    Up,
    Down,
    UpDown,
    Left,
    Right,
    Mail,
    Key,
    Route,
    People,
    List,
    Sliders,
    Send,
    Copy,
    Star,
    Power,
    Trash,
    Chevron,
    Clock,
    History,
    Globe,
    Columns,
    Bookmark,
    Grip,
    Link,
}

impl Icon {
    pub const fn path(self) -> &'static str {
        match self {
            Self::Products => {
                "M3 3h1v1H3zM7.5 3h1v1h-1zM12 3h1v1h-1zM3 7.5h1v1H3zM7.5 7.5h1v1h-1zM12 7.5h1v1h-1zM3 12h1v1H3zM7.5 12h1v1h-1zM12 12h1v1h-1z"
            }
            Self::User => {
                "M8 8a2.75 2.75 0 1 0 0-5.5A2.75 2.75 0 0 0 8 8zM2.75 13.75c.6-2.4 2.7-3.75 5.25-3.75s4.65 1.35 5.25 3.75"
            }
            Self::Plus => "M8 3v10M3 8h10",
            Self::Pencil => "M10.8 2.9l2.3 2.3L5.4 12.9l-2.9.6.6-2.9zM9.3 4.4l2.3 2.3",
            Self::Eye => {
                "M1.5 8S3.8 3.8 8 3.8 14.5 8 14.5 8 12.200 12.200 8 12.200 1.500 8 1.500 8zM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4z"
            }
            Self::More => {
                "M8 4.05a.6.6 0 1 0 0-1.2.6.6 0 0 0 0 1.2zM8 8.6a.6.6 0 1 0 0-1.2.6.6 0 0 0 0 1.2zM8 13.150a.6.6 0 1 0 0-1.2.6.6 0 0 0 0 1.2z"
            }
            Self::Clock => "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.800V8l2.200 1.600",
            Self::History => "M2.800 6.500A5.500 5.500 0 1 1 2.500 8.500M2.500 3.500v3.200h3.200M8 5v3.200l2.200 1.300",
            Self::Globe => {
                "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM2 8h12M8 2c1.700 1.700 2.500 3.700 2.500 6S9.700 12.300 8 14C6.300 12.300 5.500 10.300 5.500 8S6.300 3.700 8 2z"
            }
            Self::Columns => "M2.500 3h11v10h-11zM6.200 3v10M9.800 3v10",
            Self::Bookmark => "M4.500 2.500h7v11L8 10.700l-3.500 2.800z",
            Self::Grip => "M6 4v.01M10 4v.01M6 8v.01M10 8v.01M6 12v.01M10 12v.01",
            Self::Link => {
                "M6.600 9.400l2.800-2.800M7.400 4.800l1.200-1.200a2.700 2.700 0 0 1 3.800 3.800L11.200 8.600M8.600 11.200l-1.200 1.200a2.700 2.700 0 0 1-3.800-3.800L4.800 7.400"
            }
            Self::Close | Self::Cross => "M4 4l8 8M12 4l-8 8",
            Self::Check => "M3 8.5l3.2 3.2L13 4.800",
            Self::Warning => "M8 2.500l6 10.800H2zM8 6.500v3.200M8 11.500v.01",
            Self::Info => "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 7.300V11M8 5v.01",
            Self::Up => "M8 12.500v-9M4.500 7L8 3.500 11.500 7",
            Self::Down => "M8 3.500v9M4.500 9L8 12.500 11.500 9",
            Self::UpDown => "M5 6.500l3-3 3 3M5 9.500l3 3 3-3",
            Self::Left => "M10 3.500L5.500 8l4.500 4.500",
            Self::Right => "M6 3.500L10.500 8 6 12.500",
            Self::Mail => "M2 3.750h12v8.500H2zM2.300 4.200L8 8.800l5.700-4.600",
            Self::Key => {
                "M5.250 13a2.750 2.750 0 1 0 0-5.500 2.750 2.750 0 0 0 0 5.500zM7.300 8.300L13 2.600M10.300 5.300l2 2"
            }
            Self::Route => {
                "M3.500 5a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3zM12.500 14a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3zM5 3.500h5a2.250 2.250 0 0 1 0 4.500H6a2.250 2.250 0 0 0 0 4.500h5"
            }
            Self::People => {
                "M6 8a2.250 2.250 0 1 0 0-4.500A2.250 2.250 0 0 0 6 8zM1.750 13c.4-2 2.100-3.250 4.250-3.250S9.850 11 10.250 13M10.500 3.700a2.250 2.250 0 0 1 0 4.200M12 10.200c1.200.5 2 1.500 2.250 2.800"
            }
            Self::List => "M5.500 4H14M5.500 8H14M5.500 12H14M2.250 4h.01M2.250 8h.01M2.250 12h.01",
            Self::Sliders => {
                "M2 5h6M12 5h2M2 11h2M8 11h6M10 6.750a1.750 1.750 0 1 0 0-3.500 1.750 1.750 0 0 0 0 3.500zM6 12.750a1.750 1.750 0 1 0 0-3.500 1.750 1.750 0 0 0 0 3.500z"
            }
            Self::Send => "M14 2L7 9M14 2L9.500 14 7 9 2 6.500z",
            Self::Copy => "M5.500 5.500h8v8h-8zM10.500 5.500v-3h-8v8h3",
            Self::Star => {
                "M8 2.200l1.750 3.600 3.950.550-2.850 2.800.650 3.950L8 11.200l-3.500 1.900.650-3.950L2.300 6.350l3.950-.550z"
            }
            Self::Power => "M8 2v5.500M4.600 4.300a5 5 0 1 0 6.800 0",
            Self::Trash => {
                "M2.750 4.250h10.500M6 4.250v-1.750h4v1.750M4 4.250l.6 9.250h6.800l.6-9.250M6.750 7v4M9.250 7v4"
            }
            Self::Chevron => "M4 6l4 4 4-4",
        }
    }
}

/// An icon as text is large.
#[component]
pub fn Glyph(icon: Icon) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d=icon.path() />
        </svg>
    }
    .into_any()
}
