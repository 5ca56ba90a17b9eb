// MUI X Data Grid (community): thirty rows a page, no toolbar and no menus, the quick filter set directly, without its debounce.
import { createRoot } from 'react-dom/client';
import { DataGrid, useGridApiRef } from '@mui/x-data-grid';
import { accounts, COLUMNS } from '../accounts.mjs';

const rows = accounts(Number(new URLSearchParams(location.search).get('rows')));
const columns = COLUMNS.map(([field, headerName]) => ({
  field,
  headerName,
  width: 150,
  // The name alone is searched.
  ...(field === 'name' ? {} : { getApplyQuickFilterFn: () => null }),
}));
const pageSizes = [30];
const initialState = { pagination: { paginationModel: { pageSize: 30, page: 0 } } };

function Grid() {
  const api = useGridApiRef();
  // The field is left to itself: it makes nothing be rendered but what the filter changes.
  const type = (event) => api.current.setQuickFilterValues(event.target.value ? [event.target.value] : []);
  return (
    <>
      <label>Name <input id="search" autoComplete="off" onChange={type} /></label>
      <div id="grid">
        <DataGrid
          apiRef={api} rows={rows} columns={columns} initialState={initialState} pageSizeOptions={pageSizes} rowHeight={24} columnHeaderHeight={28}
          disableRowSelectionOnClick disableColumnMenu filterDebounceMs={0}
        />
      </div>
    </>
  );
}

createRoot(document.getElementById('root')).render(<Grid />);
