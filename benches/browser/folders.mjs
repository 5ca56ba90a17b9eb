// Where things are: the project, what is built and what is written down.
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const HERE = dirname(fileURLToPath(import.meta.url));
export const PROJECT = resolve(HERE, '../..');
/** Bundles of the peers, databases while they are needed, raw figures. */
export const WORK = join(PROJECT, 'target/benches/browser');
export const BINARY = resolve(PROJECT, process.env.POSTROOM_BIN ?? 'target/release/postroom');
