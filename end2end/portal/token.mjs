// The token that the portal's backend hands to Postroom for the person who is signed in here: a JWT (RFC 7519), HS256.
import { createHmac, randomUUID } from 'node:crypto';

const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Ten minutes is the longest that Postroom takes. `more` replaces claims, for trying things out. */
export function signToken(person, secret, more = {}) {
  const now = Math.floor(Date.now() / 1000);
  const claims = { sub: person.name, name: person.shown, role: person.role, aud: 'postroom', iat: now, exp: now + 600, jti: randomUUID(), ...more };
  const head = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`;
}
