//! What the accounts are called and what people type, the same in every run; and how long they waited.

use std::time::Duration;

/// Numbers that look like chance.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.roll(words.len() as u64) as usize]
    }
}

const KINDS: [&str; 16] = [
    "Billing",
    "Alerts",
    "Newsletter",
    "Support",
    "Orders",
    "Invoices",
    "Welcome",
    "Security",
    "Reports",
    "Marketing",
    "Shipping",
    "Cobrança",
    "Suporte",
    "Notificações",
    "Façade",
    "Bücher",
];
const FIRMS: [&str; 32] = [
    "Acme",
    "Northwind",
    "Contoso",
    "Fabrikam",
    "Globex",
    "Initech",
    "Umbrella",
    "Hooli",
    "Vandelay",
    "Stark",
    "Wayne",
    "Tyrell",
    "Cyberdyne",
    "Aperture",
    "Wonka",
    "Oscorp",
    "Soylent",
    "Massive",
    "Virtucon",
    "Gringotts",
    "Duff",
    "Bluth",
    "Dunder",
    "Sterling",
    "Prestige",
    "Pied Piper",
    "São Bento",
    "Müller",
    "Núñez",
    "Ørsted",
    "Kowalski",
    "Lindqvist",
];
const PLACES: [&str; 24] = [
    "Porto",
    "Recife",
    "Madrid",
    "Lima",
    "Torino",
    "Évora",
    "Natal",
    "Granada",
    "Braga",
    "Cork",
    "Leeds",
    "Lagos",
    "Zürich",
    "Göteborg",
    "Kraków",
    "Austin",
    "Osaka",
    "Perth",
    "Nairobi",
    "Tallinn",
    "Curitiba",
    "Medellín",
    "Lyon",
    "Gent",
];
const ENDINGS: [&str; 6] = ["com", "net", "org", "com.br", "es", "example"];

pub struct Account {
    pub name: String,
    pub sender: String,
    pub reply_to: String,
    pub return_path: String,
    pub confirmation: String,
}

/// The account with that number. Addresses are as people have them: a mailbox each, few domains for each firm, and replies
/// where they came from in every other account.
pub fn account(id: i64) -> Account {
    let mut dice = Dice((id as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    dice.roll(2);
    let (kind, firm, place) = (dice.of(&KINDS), dice.of(&FIRMS), dice.of(&PLACES));
    let plain = |text: &str| domain::value::fold(text).replace(' ', "-");
    let domain = format!("{}{}.{}", plain(firm), dice.roll(400), dice.of(&ENDINGS));
    let sender = format!("{}.{}.{id}@{domain}", plain(kind), plain(place));
    let (reply_to, confirmation) = match dice.roll(4) {
        0 | 1 => (sender.clone(), sender.clone()),
        2 => (format!("reply-{id}@{domain}"), sender.clone()),
        _ => (format!("reply-{}-{id}@{domain}", plain(kind)), format!("read-{id}@{domain}")),
    };
    let return_path = format!("bounce-{id}@mail.{domain}");
    Account { name: format!("{kind} {firm} {place} {id}"), sender, reply_to, return_path, confirmation }
}

/// What somebody looks for: the beginning of an account's name, a word out of it, or its number.
pub fn sought(dice: &mut Dice, accounts: u64) -> String {
    let name = account(1 + dice.roll(accounts) as i64).name;
    let words: Vec<&str> = name.split(' ').collect();
    let text = match dice.roll(4) {
        0 | 1 => name.clone(),
        2 => words[1..].join(" "),
        _ => words[words.len() - 2..].join(" "),
    };
    text.chars().take(4 + dice.roll(10) as usize).collect()
}

/// How long somebody takes to the next letter.
pub fn pause(dice: &mut Dice) -> Duration {
    Duration::from_millis(150 + dice.roll(151))
}

/// Prints what the waits were, and how many answers each second.
pub fn print(what: &str, mut waits: Vec<Duration>, seconds: f64) {
    waits.sort_unstable();
    let at = |share: f64| {
        let place = ((waits.len() as f64 * share).ceil() as usize).clamp(1, waits.len());
        waits[place - 1].as_secs_f64() * 1e3
    };
    println!(
        "{what:<34} {:>7} answers {:>6.0} a second   ms: p50 {:>6.2}  p95 {:>6.2}  p99 {:>6.2}  max {:>6.2}",
        waits.len(),
        waits.len() as f64 / seconds,
        at(0.5),
        at(0.95),
        at(0.99),
        at(1.0)
    );
}
