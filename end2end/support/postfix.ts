// A real Postfix of our own: its own configuration, queue, certificates and ports; nothing can leave it.
import { execFile, execFileSync, spawn } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Certificate } from './certificates';
import { freePorts } from './process';

const run = promisify(execFile);

/** The domain that Postfix has mailboxes for; every address in it exists. */
export const MAIL_DOMAIN = 'example.test';
/** The one user that may log in. */
export const MAIL_USER = { name: 'alerts@example.test', password: 'correct horse battery staple' };

type Service = { tls: 'none' | 'starttls' | 'implicit'; auth: 'none' | 'demanded'; certificate?: Certificate };

const SERVICES = {
  plain: { tls: 'none', auth: 'none' },
  plainAuth: { tls: 'none', auth: 'demanded' },
  starttls: { tls: 'starttls', auth: 'none' },
  submission: { tls: 'starttls', auth: 'demanded' },
  implicit: { tls: 'implicit', auth: 'none' },
  submissions: { tls: 'implicit', auth: 'demanded' },
  starttlsExpired: { tls: 'starttls', auth: 'none', certificate: 'expired' },
  starttlsWrongName: { tls: 'starttls', auth: 'none', certificate: 'wrong-name' },
  starttlsUntrusted: { tls: 'starttls', auth: 'none', certificate: 'untrusted' },
  implicitExpired: { tls: 'implicit', auth: 'none', certificate: 'expired' },
  implicitWrongName: { tls: 'implicit', auth: 'none', certificate: 'wrong-name' },
  implicitByName: { tls: 'implicit', auth: 'none', certificate: 'by-name' },
  implicitUntrusted: { tls: 'implicit', auth: 'none', certificate: 'untrusted' },
} satisfies Record<string, Service>;

export type ServiceName = keyof typeof SERVICES;
export type MailServer = { ports: Record<ServiceName, number>; mailbox: string; log: string };

const HOST = 'mx.postroom.test';

/** Starts it; the answer's `stop` ends it. */
export async function startPostfix(folder: string, certificate: (which: Certificate) => string): Promise<MailServer & { stop: () => Promise<void> }> {
  const root = asRoot();
  const names = Object.keys(SERVICES) as ServiceName[];
  const free = await freePorts(names.length);
  const ports = Object.fromEntries(names.map((name, at) => [name, free[at]!])) as Record<ServiceName, number>;
  const at = (name: string) => join(folder, name);
  await Promise.all(['etc', 'spool', 'data', 'etc/sasl', 'mail/box/new', 'mail/box/cur', 'mail/box/tmp'].map((name) => mkdir(at(name), { recursive: true })));

  const owner = ownerOfMail();
  await writeFile(at('etc/main.cf'), mainConfiguration(at, certificate('trusted'), owner));
  await writeFile(at('etc/master.cf'), masterConfiguration(ports, certificate));
  await writeFile(at('etc/sasl/smtpd.conf'),
    `pwcheck_method: auxprop\nauxprop_plugin: sasldb\nsasldb_path: ${at('etc/sasl/users')}\nmech_list: PLAIN LOGIN\n`);
  const [user, realm] = MAIL_USER.name.split('@') as [string, string];
  await withInput(root, ['saslpasswd2', '-p', '-c', '-f', at('etc/sasl/users'), '-u', realm, user], MAIL_USER.password);
  await run(root[0]!, [...root.slice(1), 'chmod', '0644', at('etc/sasl/users')]);
  await run(root[0]!, [...root.slice(1), 'chown', 'postfix', at('data')]);
  await run(root[0]!, [...root.slice(1), 'chown', '-R', owner, at('mail')]);
  await chmod(at('etc/sasl'), 0o755);

  const postfix = (verb: string) => run(root[0]!, [...root.slice(1), 'postfix', '-c', at('etc'), verb]);
  await postfix('start').catch((error: Error & { stdout?: string; stderr?: string }) => {
    throw new Error(`Postfix did not start:\n${error.stdout}${error.stderr}`);
  });
  const stop = async () => {
    await postfix('stop').catch(() => undefined);
    await run(root[0]!, [...root.slice(1), 'chmod', '-R', 'a+rwX', folder]);
  };
  return { ports, mailbox: at('mail/box/new'), log: at('postfix.log'), stop };
}

function mainConfiguration(at: (name: string) => string, certificate: string, owner: string): string {
  const uid = execFileSync('id', ['-u', owner], { encoding: 'utf8' }).trim();
  const gid = execFileSync('id', ['-g', owner], { encoding: 'utf8' }).trim();
  return Object.entries({
    compatibility_level: '3.6',
    queue_directory: at('spool'),
    data_directory: at('data'),
    maillog_file: at('postfix.log'),
    maillog_file_prefixes: '/',
    myhostname: HOST,
    mydestination: '',
    mynetworks: '',
    inet_interfaces: '127.0.0.1',
    inet_protocols: 'ipv4',
    // What is not for our own mailboxes is neither relayed nor able to leave.
    smtpd_relay_restrictions: 'permit_sasl_authenticated, reject_unauth_destination',
    default_transport: 'discard',
    relay_transport: 'discard',
    local_transport: 'discard',
    alias_maps: '',
    smtputf8_enable: 'yes',
    disable_dns_lookups: 'yes',
    smtpd_peername_lookup: 'no',
    virtual_mailbox_domains: MAIL_DOMAIN,
    virtual_mailbox_base: at('mail'),
    virtual_mailbox_maps: 'static:box/',
    virtual_minimum_uid: '1',
    virtual_uid_maps: `static:${uid}`,
    virtual_gid_maps: `static:${gid}`,
    smtpd_tls_chain_files: certificate,
    smtpd_sasl_type: 'cyrus',
    smtpd_sasl_path: 'smtpd',
    // Where Debian's Postfix looks in any case: below its configuration.
    cyrus_sasl_config_path: at('etc/sasl'),
    smtpd_sasl_authenticated_header: 'yes',
    smtpd_forbid_bare_newline: 'reject',
    smtpd_error_sleep_time: '0',
    smtpd_client_connection_count_limit: '0',
    in_flow_delay: '0',
  }).map(([name, value]) => `${name} = ${value}\n`).join('');
}

function masterConfiguration(ports: Record<ServiceName, number>, certificate: (which: Certificate) => string): string {
  const services = (Object.entries(SERVICES) as [ServiceName, Service][]).map(([name, service]) => {
    const options = [
      `syslog_name=postfix/${name}`,
      `smtpd_tls_security_level=${{ none: 'none', starttls: 'encrypt', implicit: 'encrypt' }[service.tls]}`,
      `smtpd_tls_wrappermode=${service.tls === 'implicit' ? 'yes' : 'no'}`,
      `smtpd_tls_chain_files=${certificate(service.certificate ?? 'trusted')}`,
      'smtpd_tls_received_header=yes',
      ...(service.auth === 'demanded'
        ? ['smtpd_sasl_auth_enable=yes', `smtpd_tls_auth_only=${service.tls === 'none' ? 'no' : 'yes'}`,
            'smtpd_sender_restrictions=permit_sasl_authenticated,reject']
        : []),
    ];
    return `127.0.0.1:${ports[name]} inet n - n - - smtpd\n${options.map((option) => `  -o ${option}\n`).join('')}`;
  });
  return `${services.join('')}\
cleanup   unix n - n - 0 cleanup
qmgr      unix n - n 300 1 qmgr
tlsmgr    unix - - n 1000? 1 tlsmgr
rewrite   unix - - n - - trivial-rewrite
bounce    unix - - n - 0 bounce
defer     unix - - n - 0 bounce
trace     unix - - n - 0 bounce
verify    unix - - n - 1 verify
flush     unix n - n 1000? 0 flush
proxymap  unix - - n - - proxymap
error     unix - - n - - error
retry     unix - - n - - error
discard   unix - - n - - discard
virtual   unix - n n - - virtual
anvil     unix - - n - 1 anvil
scache    unix - - n - 1 scache
postlog   unix-dgram n - n - 1 postlogd
`;
}

/** Postfix is started as root and gives its rights up itself. */
function asRoot(): string[] {
  if (process.getuid?.() === 0) return ['env'];
  try {
    execFileSync('sudo', ['-n', 'true'], { stdio: 'ignore' });
  } catch {
    throw new Error('The browser tests start a Postfix of their own, which needs root: run them as root, or allow `sudo` without a password.');
  }
  return ['sudo', '-n'];
}

/** Delivered mail belongs to whoever runs the tests; not to root, which Postfix refuses. */
function ownerOfMail(): string {
  return process.getuid?.() === 0 ? 'postfix' : execFileSync('id', ['-un'], { encoding: 'utf8' }).trim();
}

function withInput(root: string[], command: string[], input: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(root[0]!, [...root.slice(1), ...command], { stdio: ['pipe', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (data) => (said += data));
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`${command[0]} ended with ${code}: ${said}`))));
    child.stdin.end(input);
  });
}
