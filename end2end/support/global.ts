// What all tests of a run share: certificates, the mail server, the proxies, and a data folder with its users.
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificates } from './certificates';
import { startPostfix, type MailServer } from './postfix';
import { makeTemplate, type Template } from './postroom';
import { startProxies, type Proxy, type ProxyName } from './proxies';

/** The surroundings as the tests know them. */
export type World = { ca: string; mail: MailServer; proxies: Record<ProxyName, Proxy>; template: Template };

export const WORLD_VARIABLE = 'POSTROOM_TEST_WORLD';

export default async function globalSetup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'postroom-browser-'));
  // Postfix's own user has to get through.
  await chmod(folder, 0o755);
  const ends: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const end = async () => {
    for (const step of ends.reverse()) await step();
  };
  try {
    const certificates = await makeCertificates(join(folder, 'certificates'));
    await mkdir(join(folder, 'postfix'));
    const { stop: stopMail, ...mail } = await startPostfix(join(folder, 'postfix'), certificates.file);
    ends.push(stopMail);
    const { proxies, stop: stopProxies } = await startProxies(folder);
    ends.push(stopProxies);
    const template = await makeTemplate(join(folder, 'template'), certificates.ca);
    const world: World = { ca: certificates.ca, mail, proxies, template };
    await writeFile(join(folder, 'world.json'), JSON.stringify(world));
    process.env[WORLD_VARIABLE] = join(folder, 'world.json');
  } catch (error) {
    await end();
    throw error;
  }
  return end;
}
