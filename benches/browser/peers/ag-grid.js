// AG Grid Community: only the modules used, no animation, the quick filter's cache on, its text one phrase.
import {
  ClientSideRowModelModule, ColumnApiModule, createGrid, ModuleRegistry, QuickFilterModule, RowApiModule, themeQuartz,
} from 'ag-grid-community';
import { accounts, COLUMNS } from '../accounts.mjs';

ModuleRegistry.registerModules([ClientSideRowModelModule, QuickFilterModule, RowApiModule, ColumnApiModule]);

const count = document.getElementById('count');
const grid = createGrid(document.getElementById('grid'), {
  theme: themeQuartz,
  rowHeight: 24,
  animateRows: false,
  suppressColumnMoveAnimation: true,
  cacheQuickFilter: true,
  quickFilterParser: (text) => [text],
  getRowId: ({ data }) => data.id,
  columnDefs: COLUMNS.map(([field, headerName]) => ({
    field,
    headerName,
    // The name alone is searched: what a column answers here is what the cache holds of it.
    getQuickFilterText: field === 'name' ? undefined : () => '',
  })),
  rowData: accounts(Number(new URLSearchParams(location.search).get('rows'))),
  onModelUpdated: ({ api }) => {
    count.textContent = String(api.getDisplayedRowCount());
  },
});
document.getElementById('search').addEventListener('input', (event) => grid.setGridOption('quickFilterText', event.target.value));
