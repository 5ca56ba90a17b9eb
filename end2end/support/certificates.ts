// A throw-away certificate authority and the server certificates that the mail servers show, made with openssl.
import { execFile } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Which certificate a mail server shows. */
export type Certificate = 'trusted' | 'expired' | 'wrong-name' | 'by-name' | 'untrusted';

const NAMES = 'DNS:localhost,IP:127.0.0.1';

/** Makes them all below `folder`. The authority's own certificate is `ca.pem`; `untrusted` is signed by another one. */
export async function makeCertificates(folder: string): Promise<{ ca: string; file: (which: Certificate) => string }> {
  await mkdir(folder, { recursive: true });
  const openssl = (...args: string[]) => run('openssl', args, { cwd: folder });
  await Promise.all(['ca', 'other-ca'].map((name) => makeAuthority(openssl, name)));
  await makeServer(openssl, folder, 'trusted', 'ca', NAMES);
  await makeServer(openssl, folder, 'wrong-name', 'ca', 'DNS:mail.elsewhere.test');
  await makeServer(openssl, folder, 'by-name', 'ca', 'DNS:localhost');
  await makeServer(openssl, folder, 'untrusted', 'other-ca', NAMES);
  await makeServer(openssl, folder, 'expired', 'ca', NAMES);
  return { ca: join(folder, 'ca.pem'), file: (which) => join(folder, `${which}.pem`) };
}

type OpenSsl = (...args: string[]) => Promise<unknown>;

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

async function makeAuthority(openssl: OpenSsl, name: string): Promise<void> {
  await openssl('req', '-x509', ...KEY, '-keyout', `${name}.key`, '-out', `${name}.pem`, '-days', '400',
    '-subj', `/CN=Postroom test ${name}`,
    '-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign');
}

/** One file with the key and the chain, as Postfix reads it with smtpd_tls_chain_files. */
async function makeServer(openssl: OpenSsl, folder: string, name: Certificate, authority: string, names: string): Promise<void> {
  await writeFile(join(folder, `${name}.ext`),
    `basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth\nsubjectAltName=${names}\n`);
  await openssl('req', '-new', ...KEY, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
  // `ca` takes both dates, which `x509` only does in later versions of openssl.
  await writeFile(join(folder, `${name}.index`), '');
  await writeFile(join(folder, `${name}.serial`), `${Buffer.from(name).toString('hex').slice(0, 14)}\n`);
  await writeFile(join(folder, `${name}.cnf`),
    `[ca]\ndefault_ca=own\n[own]\ndatabase=${name}.index\nserial=${name}.serial\nnew_certs_dir=.\ndefault_md=sha256\npolicy=any\n[any]\ncommonName=supplied\n`);
  const [start, end] = name === 'expired' ? [-20, -10] : [-1, 300];
  await openssl('ca', '-batch', '-notext', '-config', `${name}.cnf`, '-in', `${name}.csr`, '-out', `${name}.crt`,
    '-cert', `${authority}.pem`, '-keyfile', `${authority}.key`, '-extfile', `${name}.ext`,
    '-startdate', day(start!), '-enddate', day(end!));
  const { stdout } = await run('cat', [`${name}.key`, `${name}.crt`, `${authority}.pem`], { cwd: folder });
  await writeFile(join(folder, `${name}.pem`), stdout);
  await chmod(join(folder, `${name}.pem`), 0o644);
}

/** YYMMDDHHMMSSZ, so many days from now. */
function day(offset: number): string {
  const iso = new Date(Date.now() + offset * 86_400_000).toISOString();
  return `${iso.slice(2, 19).replace(/[-T:]/g, '')}Z`;
}
