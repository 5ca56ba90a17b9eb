// The accounts that every contestant shows: made from their number alone, so that page, database and expectation agree.

/** What is typed. Each of its beginnings matches another number of accounts, so that each answer can be told from the next. */
export const TYPED = 'smtp-relay';

/** The columns, by key and heading, as the report of accounts has them. */
export const COLUMNS = [
  ['id', 'ID'], ['name', 'Name'], ['sender', 'Sender e-mail'], ['reply_to', 'Reply e-mail'], ['return_path', 'Return e-mail'],
  ['confirmation', 'Confirmation mail'], ['enabled', 'Enabled'], ['is_default', 'Default'], ['secure', 'Secure connection'],
  ['force_settings', 'Uses config'], ['read_receipt', 'Read Conf'], ['footnote', 'Footer'],
];

// Of a hundred accounts, so many are called so: each beginning of TYPED loses a few, and a tenth is left at its end.
const KINDS = [
  [10, 'SMTP-Relay'], [6, 'SMTP-Relations'], [6, 'smtp-release'], [6, 'SMTP-Reply'], [6, 'Smtp-Router'], [6, 'SMTP-Backup'],
  [6, 'SMTPS-Gate'], [6, 'SMT-Line'], [6, 'Smart-Host'], [12, 'Sales'], [10, 'Billing'], [10, 'Alert'], [10, 'Help'],
].flatMap(([count, kind]) => Array(count).fill(kind));
const PLACES = ['Porto', 'Recife', 'Madrid', 'Lima', 'Torino', 'Evora', 'Natal', 'Granada', 'Braga', 'Cork', 'Leeds', 'Lagos'];
const DOMAINS = ['example.com', 'example.net', 'mail.example.org', 'corp.example.com', 'notify.example.net'];

/** A number's bits well mixed (the end of MurmurHash3), so that neighbours have nothing in common. */
function mixed(number) {
  let bits = Math.imul(number ^ 0x9e3779b9, 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

const yes = (is) => (is ? 'Yes' : 'No');

/** The account with this id, from 1. The first accounts are the same however many there are. */
export function account(id) {
  const bits = mixed(id);
  const kind = KINDS[bits % KINDS.length];
  const place = PLACES[(bits >>> 8) % PLACES.length];
  const domain = DOMAINS[(bits >>> 12) % DOMAINS.length];
  const user = `${kind.toLowerCase()}.${place.toLowerCase()}.${id}`;
  return {
    id: String(id),
    name: `${kind} ${place} ${id}`,
    sender: `${user}@${domain}`,
    reply_to: `reply-${user}@${domain}`,
    return_path: `bounce-${id}@${domain}`,
    confirmation: `read-${id}@${domain}`,
    enabled: yes(id === 1 || bits % 10),
    is_default: yes(id === 1),
    // The first two are the patterns that the database's other rows are copied from: one of each.
    secure: yes(id === 1 || (id !== 2 && bits % 7)),
    force_settings: yes(bits & 0x10000),
    read_receipt: yes(bits & 0x20000),
    footnote: yes(bits & 0x40000),
  };
}

export const accounts = (count) => Array.from({ length: count }, (_, index) => account(index + 1));
