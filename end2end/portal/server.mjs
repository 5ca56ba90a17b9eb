// Starts the portal by hand. See README.md.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PASSWORD, PEOPLE, startPortal } from './portal.mjs';

const key = process.env.POSTROOM_EMBED_SECRET_FILE ?? fileURLToPath(new URL('shared.key', import.meta.url));
if (!existsSync(key)) writeFileSync(key, randomBytes(48).toString('base64url'), { mode: 0o600 });

const postroom = (process.env.POSTROOM ?? 'http://127.0.0.1:3000').replace(/\/+$/, '');
const { url } = await startPortal({ postroom, secret: readFileSync(key, 'utf8').trim(), port: Number(process.env.PORT ?? 8080) });

console.log(`Portal listens on ${url}: sign in as ${Object.keys(PEOPLE).join(', ')}; the password is "${PASSWORD}".`);
console.log(`Postroom is expected at ${postroom}:`);
const file = relative(process.cwd(), key);
console.log(`  make run ARGS="--embed-origins ${url} --embed-secret-file ${file}"`);
