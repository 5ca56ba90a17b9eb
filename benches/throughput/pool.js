// Sends so many messages through nodemailer's pool and prints how many each second: `node pool.js PORT MESSAGES`.
import { createTransport } from 'nodemailer';

const [port, messages] = process.argv.slice(2).map(Number);
const text = 'A line of an ordinary notification, as programs send them.\n'.repeat(30);
// Ten connections, as Postroom and the others have, and kept: 100 messages for each is what it does unasked, and slower.
const pool = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true, pool: true, maxConnections: 10, maxMessages: Infinity });

const began = process.hrtime.bigint();
await Promise.all(
  Array.from({ length: messages }, (_, index) =>
    pool.sendMail({ from: 'bench@example.com', to: `user${index}@example.org`, subject: `Message ${index}`, text }),
  ),
);
const seconds = Number(process.hrtime.bigint() - began) / 1e9;
pool.close();
console.log(Math.round(messages / seconds));
