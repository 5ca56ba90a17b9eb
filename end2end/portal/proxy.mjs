// Postroom below /mail/smtp of the portal: each request is passed on, with who is signed in here in two headers.
import { request } from 'node:http';

/** Headers that only this portal may set, and those that concern one connection alone (RFC 9110, section 7.6.1). */
const NOT_PASSED_ON = ['x-portal-user', 'x-portal-role', 'connection', 'keep-alive', 'upgrade', 'te', 'trailer', 'transfer-encoding', 'proxy-authorization'];

export function passOn(incoming, outgoing, postroom, person) {
  const headers = { ...incoming.headers };
  for (const name of NOT_PASSED_ON) delete headers[name];
  if (person) Object.assign(headers, { 'x-portal-user': person.name, 'x-portal-role': person.role });
  headers['x-forwarded-for'] = incoming.socket.remoteAddress;
  headers['x-forwarded-proto'] = 'http';
  headers['x-forwarded-host'] = incoming.headers.host;
  const target = new URL(postroom);
  const passed = request({ host: target.hostname, port: target.port, method: incoming.method, path: incoming.url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode, answer.headers);
    answer.pipe(outgoing);
  });
  passed.on('error', () => {
    if (!outgoing.headersSent) outgoing.writeHead(502, { 'content-type': 'text/plain' });
    outgoing.end('Postroom does not answer');
  });
  // What nobody reads any more is not fetched any further.
  outgoing.on('close', () => passed.destroy());
  incoming.pipe(passed);
}
