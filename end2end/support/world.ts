// The run's surroundings, as the global set-up wrote them down.
import { readFileSync } from 'node:fs';
import { WORLD_VARIABLE, type World } from './global';

let known: World | undefined;

export function world(): World {
  known ??= JSON.parse(readFileSync(process.env[WORLD_VARIABLE] ?? '', 'utf8')) as World;
  return known;
}
