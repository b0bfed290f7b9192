import { type Cell, type FoldRow, foldBlock, packBlock } from './cells.ts';

/** Rows of one block key, folded: its bytes and one cell a staff member (0 = the whole block). */
export function foldRows(rows: readonly FoldRow[]): {
  readonly itemCount: number;
  readonly bytes: Uint8Array;
  readonly cells: ReadonlyMap<number, Cell>;
} {
  const itemCount = rows[0]?.items.length ?? 0;
  const bytes = packBlock(rows, itemCount);
  return { itemCount, bytes, cells: foldBlock(bytes, itemCount) };
}
