// The mailbox of the real Postfix: waits for a message by its recipient and reads it as a mail program would.
import { randomBytes } from 'node:crypto';
import { watch } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import { MAIL_DOMAIN } from './postfix';
import { world } from './world';

/** An address of this test alone. */
export function newAddress(prefix = 'reader'): string {
  return `${prefix}.${randomBytes(6).toString('hex')}@${MAIL_DOMAIN}`;
}

export type Received = Email & {
  raw: string;
  /** The header's value, unfolded; throws where there is none or more than one. */
  header(name: string): string;
  /** All values of a header, the topmost first. */
  headers_of(name: string): string[];
};

/** The next message for this recipient, also one that has already come. */
export async function nextMail(recipient: string, patience = 15_000): Promise<Received> {
  const found = await watchMailbox(recipient, patience);
  if (!found) throw new Error(`no mail for ${recipient} within ${patience} ms`);
  return await read(found);
}

/** Every message for this recipient that has come so far. */
export async function mailsFor(recipient: string): Promise<string[]> {
  return await matching(recipient);
}

async function watchMailbox(recipient: string, patience: number): Promise<string | undefined> {
  return await new Promise((resolve, reject) => {
    const watcher = watch(world().mail.mailbox, () => void look());
    const finish = (raw?: string) => {
      clearTimeout(timer);
      watcher.close();
      resolve(raw);
    };
    const timer = setTimeout(() => finish(), patience);
    const look = async () => {
      const [first] = await matching(recipient);
      if (first !== undefined) finish(first);
    };
    watcher.on('error', reject);
    void look();
  });
}

async function matching(recipient: string): Promise<string[]> {
  const folder = world().mail.mailbox;
  const files = await readdir(folder);
  const mails = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8').catch(() => '')));
  return mails.filter((raw) => raw.toLowerCase().includes(`\ndelivered-to: ${recipient.toLowerCase()}\n`));
}

async function read(raw: string): Promise<Received> {
  const email = await PostalMime.parse(raw);
  const headers_of = (name: string) =>
    email.headers.filter((header) => header.key === name.toLowerCase()).map((header) => header.value);
  const header = (name: string) => {
    const values = headers_of(name);
    if (values.length !== 1) throw new Error(`${values.length} headers ${name} in:\n${raw}`);
    return values[0]!;
  };
  return Object.assign(email, { raw, header, headers_of });
}

