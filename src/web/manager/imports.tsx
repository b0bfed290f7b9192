import { useState } from 'react';
import type { DocumentSummary } from '../../contracts/checklists.ts';
import type { ImportReport } from '../../contracts/imports.ts';
import { textIn } from '../../core/format.ts';
import { call, Refused, send } from '../api.ts';
import { downloadText } from '../office/csv.ts';
import { Wide } from '../office/wide.tsx';
import { type Key, useTexts } from '../texts/texts.ts';
import { Form } from '../ui/form.tsx';
import { useAnswer } from '../ui/use-answer.ts';
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
  const { answer } = useAnswer<{ documents: DocumentSummary[] }>('/documents/checklist');
  const [file, setFile] = useState<File>();
  const published = (answer?.documents ?? []).filter(({ state }) => state === 'published');
  const checklists = [...new Map(published.map((each) => [each.id, each])).values()];
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
        <label className="field">
          <span>{t('whatComesIn')}</span>
          <select
            value={kind}
            onChange={(event) => {
              setKind(event.target.value as Kind);
              setChecked(undefined);
            }}
          >
            {kinds.map((each) => (
              <option key={each} value={each}>
                {t(`import.${each}`)}
              </option>
            ))}
          </select>
        </label>
        <Template kind={kind} />
        {needsChecklist(kind) ? (
          <label className="field">
            <span>{t('checklist')}</span>
            <select name="checklist">
              {checklists.map(({ id, title }) => (
                <option key={id} value={id}>
                  {textIn(title, t.language)}
                </option>
              ))}
            </select>
          </label>
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
        <label className="field">
          <span>{t('decimals')}</span>
          <select name="decimal">
            <option value="point">1234.5</option>
            <option value="comma">1234,5</option>
          </select>
        </label>
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
          <Wide label={t('faults')}>
            <table>
              <thead>
                <tr>
                  <th scope="col" className="number">
                    {t('line')}
                  </th>
                  <th scope="col">{t('column')}</th>
                  <th scope="col">{t('fault')}</th>
                </tr>
              </thead>
              <tbody>
                {report.errors.map((fault) => (
                  <tr key={`${fault.pointer} ${fault.line} ${fault.column} ${fault.code}`}>
                    <td className="number">{fault.line ?? '–'}</td>
                    <td>{fault.column ?? '–'}</td>
                    <td>{fault.detail}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Wide>
          {report.more > 0 ? <p className="muted">{t('moreFaults', { n: report.more })}</p> : null}
        </>
      ) : null}
    </>
  );
}
