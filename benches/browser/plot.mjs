// The plot as SVG: time to the painted answer over the number of rows, both logarithmic; each line named at its end.

const WIDTH = 960;
const HEIGHT = 600;
const BOX = { left: 76, right: 236, top: 84, bottom: 66 };
const GAP = 19; // between the names at the lines' ends

const escaped = (text) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
const grouped = (number) => number.toLocaleString('en');
const fixed = (number) => number.toFixed(1);

/**
 * `lines`: name, label, color ([on light, on dark]), points ([rows, median, p95]) and, where a line ends before its time, `end` (why).
 */
export function plot(lines, { title, subtitle, sizes }) {
  const values = lines.flatMap(({ points }) => points.flatMap(([, median, p95]) => [median, p95]));
  const low = Math.min(10, ...values.map(floorOf));
  const high = Math.max(1_000, ...values.map(ceilingOf));
  const scale = (from, to, least, greatest) => (value) => from + ((Math.log10(value) - Math.log10(least)) / (Math.log10(greatest) - Math.log10(least))) * (to - from);
  const x = scale(BOX.left, WIDTH - BOX.right, sizes[0], sizes.at(-1));
  const y = scale(HEIGHT - BOX.bottom, BOX.top, low, high);
  const parts = [...grid(x, y, low, high, sizes), ...frameLine(y)];
  for (const line of lines) parts.push(...drawn(line, x, y));
  parts.push(...names(lines, x, y));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-labelledby="title desc" font-family="system-ui, -apple-system, 'Segoe UI', sans-serif" font-size="13">
<title id="title">${escaped(title)}</title>
<desc id="desc">${escaped(lines.map(said).join(' '))}</desc>
<style>
${style(lines)}
</style>
<rect width="100%" height="100%" class="ground"/>
<text x="${BOX.left}" y="32" class="title">${escaped(title)}</text>
<text x="${BOX.left}" y="54" class="quiet">${escaped(subtitle)}</text>
${parts.join('\n')}
</svg>
`;
}

const floorOf = (value) => 10 ** Math.floor(Math.log10(value));
const ceilingOf = (value) => 10 ** Math.ceil(Math.log10(value));

function style(lines) {
  const colors = (which) => lines.map(({ name, color }) => `.${name} { --line: ${color[which]}; }`).join(' ');
  return `.ground { fill: #ffffff; } text { fill: #1f2937; } .quiet { fill: #5b6472; } .title { font-size: 19px; font-weight: 600; }
.grid { stroke: #e5e7eb; } .axis { stroke: #9ca3af; } .frame { stroke: #9ca3af; stroke-dasharray: 4 4; }
path { fill: none; stroke: var(--line); stroke-width: 2; } .postroom path { stroke-width: 3.5; } .floor path { stroke-dasharray: 6 4; }
circle { fill: var(--line); } .spread { stroke: var(--line); stroke-opacity: .45; stroke-width: 2; } .end { stroke: var(--line); stroke-width: 2.5; }
.lead { stroke: var(--line); stroke-opacity: .5; } .name { fill: var(--line); font-weight: 600; } .why { font-weight: 400; font-size: 11px; }
${colors(0)}
@media (prefers-color-scheme: dark) {
.ground { fill: #10151f; } text { fill: #e5e7eb; } .quiet { fill: #a3adbb; } .grid { stroke: #273041; } .axis { stroke: #6b7686; } .frame { stroke: #6b7686; }
.name { fill: var(--line); } ${colors(1)}
}`;
}

function grid(x, y, low, high, sizes) {
  const [right, bottom] = [WIDTH - BOX.right, HEIGHT - BOX.bottom];
  const parts = [];
  for (let value = low; value <= high; value *= 10) {
    const at = fixed(y(value));
    parts.push(`<line x1="${BOX.left}" x2="${right}" y1="${at}" y2="${at}" class="grid"/>`);
    parts.push(`<text x="${BOX.left - 10}" y="${at}" dy=".35em" text-anchor="end" class="quiet">${grouped(value)}</text>`);
  }
  for (let value = sizes[0]; value <= sizes.at(-1); value *= 10) {
    const at = fixed(x(value));
    parts.push(`<line x1="${at}" x2="${at}" y1="${BOX.top}" y2="${bottom}" class="grid"/>`);
    parts.push(`<text x="${at}" y="${bottom + 22}" text-anchor="middle" class="quiet">${grouped(value)}</text>`);
  }
  parts.push(`<line x1="${BOX.left}" x2="${right}" y1="${bottom}" y2="${bottom}" class="axis"/>`);
  parts.push(`<text x="${(BOX.left + right) / 2}" y="${bottom + 48}" text-anchor="middle">accounts (logarithmic)</text>`);
  const middle = (BOX.top + bottom) / 2;
  parts.push(`<text transform="translate(20 ${middle}) rotate(-90)" text-anchor="middle">milliseconds from key to painted answer (logarithmic)</text>`);
  return parts;
}

/** What one frame of the screen takes: nobody can be seen to be much faster. */
function frameLine(y) {
  const at = y(1000 / 60);
  return [
    `<line x1="${BOX.left}" x2="${WIDTH - BOX.right}" y1="${fixed(at)}" y2="${fixed(at)}" class="frame"/>`,
    `<text x="${WIDTH - BOX.right + 22}" y="${fixed(at + 4)}" class="quiet" font-size="11">one frame at 60 Hz</text>`,
  ];
}

function drawn({ name, points, end }, x, y) {
  const at = points.map(([rows, median, p95]) => [fixed(x(rows)), fixed(y(median)), fixed(y(p95))]);
  const parts = [`<g class="${name}">`];
  if (at.length) parts.push(`<path d="M${at.map(([px, py]) => `${px} ${py}`).join('L')}"/>`);
  for (const [px, py, top] of at) parts.push(`<line x1="${px}" x2="${px}" y1="${py}" y2="${top}" class="spread"/><circle cx="${px}" cy="${py}" r="3.5"/>`);
  if (end && at.length) {
    const [px, py] = at.at(-1).map(Number);
    parts.push(`<path class="end" d="M${px - 6} ${py - 6}l12 12m0 -12l-12 12"/>`);
  }
  parts.push('</g>');
  return parts;
}

/** Names stand at the right, in the order of the lines' ends, pushed apart where they would touch, each tied to its line. */
function names(lines, x, y) {
  const tags = lines.filter(({ points }) => points.length).map((line) => {
    const [rows, median] = line.points.at(-1);
    return { line, from: [x(rows), y(median)], height: line.end ? GAP + 13 : GAP };
  });
  tags.sort((a, b) => a.from[1] - b.from[1]);
  let free = BOX.top - 8;
  for (const tag of tags) {
    tag.at = Math.max(tag.from[1], free + GAP / 2);
    free = tag.at - GAP / 2 + tag.height;
  }
  // Pushed past the foot, all move up again.
  let last = HEIGHT - BOX.bottom + 4;
  for (const tag of [...tags].reverse()) {
    tag.at = Math.min(tag.at, last - tag.height + GAP / 2);
    last = tag.at - GAP / 2;
  }
  const edge = WIDTH - BOX.right + 22;
  return tags.map(({ line, from: [fromX, fromY], at }) => {
    const lead = `<path class="lead" style="stroke-width:1" d="M${fixed(fromX + 7)} ${fixed(fromY)}L${edge - 5} ${fixed(at)}"/>`;
    const why = line.end ? `<text x="${edge}" y="${fixed(at + 13)}" dy=".35em" class="quiet why">${escaped(line.end)}</text>` : '';
    return `<g class="${line.name}">${lead}<text x="${edge}" y="${fixed(at)}" dy=".35em" class="name">${escaped(line.label)}</text>${why}</g>`;
  });
}

function said({ label, points, end }) {
  if (!points.length) return `${label}: no figures.`;
  const ends = [points[0], points.at(-1)].map(([rows, median]) => `${fixed(median)} ms at ${grouped(rows)} accounts`);
  return `${label}: from ${ends.join(' to ')}${end ? `, then ${end}` : ''}.`;
}
