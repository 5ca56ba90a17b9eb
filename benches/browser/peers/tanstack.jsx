// TanStack Table with React and TanStack Virtual: stable data and columns, its own filter, rows memoised, five beyond the view.
import { memo, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { flexRender, getCoreRowModel, getFilteredRowModel, useReactTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { accounts, COLUMNS } from '../accounts.mjs';

const data = accounts(Number(new URLSearchParams(location.search).get('rows')));
const columns = COLUMNS.map(([accessorKey, header]) => ({ accessorKey, header, enableGlobalFilter: accessorKey === 'name' }));
const coreRows = getCoreRowModel();
const filteredRows = getFilteredRowModel();

const Row = memo(function Row({ row, index, top }) {
  return (
    <tr data-index={index} style={{ position: 'absolute', display: 'flex', height: 24, transform: `translateY(${top}px)` }}>
      {row.getVisibleCells().map((cell) => (
        <td key={cell.id} data-field={cell.column.id} style={{ width: 150 }}>{flexRender(cell.column.columnDef.cell, cell.getContext())}</td>
      ))}
    </tr>
  );
});

function Grid() {
  const [globalFilter, setGlobalFilter] = useState('');
  const scroller = useRef(null);
  const table = useReactTable({
    data, columns, state: { globalFilter }, onGlobalFilterChange: setGlobalFilter, globalFilterFn: 'includesString',
    getCoreRowModel: coreRows, getFilteredRowModel: filteredRows,
  });
  const { rows } = table.getRowModel();
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => 24, overscan: 5 });
  return (
    <>
      <label>Name <input id="search" autoComplete="off" value={globalFilter} onChange={(event) => setGlobalFilter(event.target.value)} /></label>
      <p id="count">{rows.length}</p>
      <div id="grid" ref={scroller}>
        <table style={{ display: 'grid' }}>
          <thead style={{ display: 'grid', position: 'sticky', top: 0 }}>
            <tr style={{ display: 'flex' }}>{COLUMNS.map(([key, heading]) => <th key={key} style={{ width: 150 }}>{heading}</th>)}</tr>
          </thead>
          <tbody style={{ display: 'grid', position: 'relative', height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, start }) => (
              <Row key={rows[index].id} row={rows[index]} index={index} top={start} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

createRoot(document.getElementById('root')).render(<Grid />);
