import { stringify } from 'csv-stringify/browser/esm/sync';

/** Hands a table out as a file, made on this device as the service makes its own. */
export function downloadCsv(name: string, rows: readonly (readonly (string | number)[])[]): void {
  const text = stringify([...rows], {
    ...{ bom: true, record_delimiter: 'windows', escape_formulas: true },
  });
  downloadText(name, text);
}

export function downloadText(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
