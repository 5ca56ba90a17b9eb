// Who takes part: where their page is, and how count, first and tenth row are read from it. The readers run in the page.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HERE } from './folders.mjs';

const number = String((element) => Number((element?.textContent.match(/(\d[\d.,\u00a0\u202f]*)\D*$/)?.[1] ?? '').replace(/\D/g, '') || NaN));

/** Of a page of ours: a count beside the table, rows found by a selector that has the row's number in it. */
const peer = (name, label, color, packages, count, cell) => ({
  name,
  label,
  color,
  packages,
  field: '#search',
  address: (site, rows) => `${site}/${name}.html?rows=${rows}`,
  reader: `(() => {
    const number = ${number};
    const text = (row) => document.querySelector(${JSON.stringify(cell)}.replace('ROW', row))?.textContent ?? '';
    return () => ({ count: number(document.querySelector(${JSON.stringify(count)})), first: text(0), tenth: text(9) });
  })()`,
});

export const FLOOR = {
  ...peer('floor', 'Floor (plain JavaScript)', ['#6b7280', '#9ca3af'], [], '#count', ''),
  reader: `(() => {
    const text = (row) => document.querySelector('tbody')?.rows[row].cells[1].textContent ?? '';
    return () => ({ count: Number(document.getElementById('count').textContent), first: text(0), tenth: text(9) });
  })()`,
};

export const POSTROOM = {
  name: 'postroom',
  label: 'Postroom',
  color: ['#1d4ed8', '#7cb0ff'],
  packages: [],
  field: '#search-name',
  /** Its rows come from its own server and database. */
  served: true,
  address: (site) => `${site}/settings/email/smtp`,
  // A row's name without the badges beside it.
  reader: `(() => {
    const number = ${number};
    const text = (row) => {
      const cell = row?.cells[row.closest('table').querySelector('th[data-column=name]')?.cellIndex];
      return (cell?.querySelector('.name') ?? cell)?.textContent ?? '';
    };
    return () => {
      const rows = document.querySelector('table.table')?.tBodies[0]?.rows ?? [];
      return { count: number(document.querySelector('.foot-range')), first: text(rows[0]), tenth: text(rows[9]) };
    };
  })()`,
};

export const CONTESTANTS = [
  POSTROOM,
  FLOOR,
  peer('tanstack', 'TanStack Table', ['#b45309', '#f0a955'], ['@tanstack/react-table', '@tanstack/react-virtual', 'react'], '#count', 'tr[data-index="ROW"] [data-field=name]'),
  peer('ag-grid', 'AG Grid Community', ['#b91c1c', '#fb8a8a'], ['ag-grid-community'], '#count', '.ag-row[row-index="ROW"] [col-id=name]'),
  peer('mui', 'MUI X Data Grid', ['#7e22ce', '#cf9bff'], ['@mui/x-data-grid', '@mui/material', 'react'], '.MuiTablePagination-displayedRows', '[data-rowindex="ROW"] [data-field=name]'),
];

/** `name version`, as installed. */
export function versions(contestant) {
  return contestant.packages.map((name) => {
    const { version } = JSON.parse(readFileSync(join(HERE, 'node_modules', name, 'package.json'), 'utf8'));
    return `${name} ${version}`;
  });
}
