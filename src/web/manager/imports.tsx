import { useState } from 'react';
import type { ImportReport } from '../../contracts/imports.ts';
import { call, Refused, send } from '../api.ts';
import { downloadText } from '../office/csv.ts';
import { useChoices } from '../office/documents.ts';
import { Table } from '../office/table.tsx';
import { type Key, useTexts } from '../texts/texts.ts';
import { Choice, Form } from '../ui/form.tsx';
import { faultInWords } from '../ui/refused.ts';
import { MarketPage } from './page.tsx';

/** What a manager brings in by file, in the order in which it is needed. */
const kinds = [
  'dealers',
  'staff',
  'responses',
  'figures',
  'complaints',
  'repairs',
  'audits',
  'decisions',
] as const;
type Kind = (typeof kinds)[number];

const needsChecklist = (kind: Kind) => kind === 'responses' || kind === 'audits';

interface Checked {
  readonly file: File;
  readonly query: string;
  readonly kind: Kind;
  readonly report: ImportReport;
}

/** All of a file is stored, or, where that was asked for, its good rows. */
const mayStore = ({ report, query }: Checked) =>
  report.stored > 0 && (report.faultyRows === 0 || new URLSearchParams(query).has('skipFaulty'));

/** Files come in: checked first, every fault with its line and column, and stored all or nothing. */
export function Imports({ market }: { readonly market: string }) {
  const t = useTexts();
  const [kind, setKind] = useState<Kind>('dealers');
  const [checked, setChecked] = useState<Checked>();
  const [file, setFile] = useState<File>();
  const checklists = useChoices(
    'checklist',
    ({ kind: of }) => (of === 'survey') === (kind === 'responses'),
  );
  const path = (of: Kind) => `/markets/${market}/imports/${of}/file`;
  return (
    <MarketPage market={market} title={t('imports')}>
      <Form
        send={t('checkFile')}
        onSend={async ({ decimal, skipFaulty, checklist }) => {
          setChecked(undefined);
          if (!file) throw new Refused({ status: 0, title: t('chooseFile') });
          const query = new URLSearchParams({
            name: file.name,
            decimal: decimal ?? 'point',
            ...(skipFaulty ? { skipFaulty: 'true' } : {}),
            ...(checklist ? { checklist } : {}),
          });
          const report = await send<ImportReport>(
            'POST',
            `${path(kind)}?${query}&dryRun=true`,
            file,
          );
          setChecked({ file, query: query.toString(), kind, report });
        }}
      >
        <Choice
          label={t('whatComesIn')}
          value={kind}
          options={kinds.map((each) => [each, t(`import.${each}`)])}
          onChange={(value) => {
            setKind(value as Kind);
            setChecked(undefined);
          }}
        />
        <Template kind={kind} />
        {needsChecklist(kind) ? (
          <Choice name="checklist" label={t('checklist')} options={checklists} />
        ) : null}
        <label className="field">
          <span>{t('file')}</span>
          <input
            type="file"
            accept=".csv,.xlsx,.gz,text/csv"
            onChange={(event) => {
              setFile(event.target.files?.[0]);
              setChecked(undefined);
            }}
          />
        </label>
        <Choice
          name="decimal"
          label={t('decimals')}
          options={[
            ['point', '1234.5'],
            ['comma', '1234,5'],
          ]}
        />
        <label className="check">
          <input type="checkbox" name="skipFaulty" onChange={() => setChecked(undefined)} />
          <span>{t('skipFaulty')}</span>
        </label>
      </Form>
      <div role="status">{checked ? <Report report={checked.report} /> : null}</div>
      {checked?.report.dryRun && mayStore(checked) ? (
        <Form
          send={t('importRows', { n: checked.report.stored })}
          onSend={async () => {
            const report = await send<ImportReport>(
              'POST',
              `${path(checked.kind)}?${checked.query}`,
              checked.file,
            );
            setChecked({ ...checked, report });
          }}
        />
      ) : null}
    </MarketPage>
  );
}

/** An empty file with the columns of a kind, made from what the service says of them. */
function Template({ kind }: { readonly kind: Kind }) {
  const t = useTexts();
  const make = async () => {
    const form = document.querySelector<HTMLSelectElement>('select[name=checklist]');
    const query = needsChecklist(kind) && form ? `?checklist=${form.value}` : '';
    const { csv } = await call<{ csv: string }>(`/imports/templates/${kind}${query}`);
    downloadText(`${kind}.csv`, csv);
  };
  return (
    <button type="button" className="plain" onClick={() => void make()}>
      {t('columnsOf')}
    </button>
  );
}

/** What a file holds, or what was stored of it. */
function Report({ report }: { readonly report: ImportReport }) {
  const t = useTexts();
  const line: Key = report.dryRun ? 'wouldStore' : 'wasStored';
  return (
    <>
      <h2>{t(report.dryRun ? 'checkedFile' : 'importDone')}</h2>
      <p className="finding">
        {t(line, { rows: report.rows, stored: report.stored, unchanged: report.unchanged })}
      </p>
      {report.faultyRows > 0 ? (
        <>
          <p className="notice bad">{t('faultyRows', { n: report.faultyRows })}</p>
          <Table label={t('faults')} head={[{ number: t('line') }, t('column'), t('fault')]}>
            <tbody>
              {report.errors.map((fault) => (
                <tr key={`${fault.pointer} ${fault.line} ${fault.column} ${fault.code}`}>
                  <td className="number">{fault.line ?? '–'}</td>
                  <td>{fault.column ?? '–'}</td>
                  <td>{faultInWords(fault, t)}</td>
                </tr>
              ))}
            </tbody>
          </Table>
          {report.more > 0 ? <p className="muted">{t('moreFaults', { n: report.more })}</p> : null}
        </>
      ) : null}
    </>
  );
}
