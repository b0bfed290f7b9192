import { useEffect, useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { useSearchParams } from 'wouter';
import type { ExportFilters, ExportJob, ExportKind } from '../../contracts/exports.ts';
import { send } from '../api.ts';
import { useHouses } from '../office/houses.ts';
import { Region } from '../office/region.tsx';
import { Table } from '../office/table.tsx';
import { type Texts, useTexts } from '../texts/texts.ts';
import { Choice, Field, Form } from '../ui/form.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { auditStates } from './audit-states.ts';
import { useMarket } from './markets.ts';
import { MarketPage } from './page.tsx';

const kinds: readonly ExportKind[] = ['audits', 'answers', 'responses', 'complaints', 'figures'];
/** As long as a file is on its way it is asked for so often. */
const everyMs = 1_000;

/** Files of exactly the rows that are filtered: asked for here, made in the background, kept for a week. */
export function Exports({ market }: { readonly market: string }) {
  const t = useTexts();
  const path = `/markets/${market}/exports`;
  const jobs = useAnswer<{ items: ExportJob[] }>(path);
  const isUnderWay = jobs.answer?.items.some(({ state }) => /waiting|running/.test(state)) ?? false;
  const { refresh } = jobs;
  useEffect(() => {
    if (!isUnderWay) return;
    const timer = setInterval(() => void refresh(), everyMs);
    return () => clearInterval(timer);
  }, [isUnderWay, refresh]);
  return (
    <MarketPage market={market} title={t('exports')}>
      <Request path={path} onSend={refresh} />
      <h2>{t('exportFiles')}</h2>
      <Region of={jobs}>
        {({ items }) =>
          items.length === 0 ? <p>{t('noExports')}</p> : <Jobs market={market} items={items} />
        }
      </Region>
    </MarketPage>
  );
}

interface RequestProps {
  readonly path: string;
  readonly onSend: () => Promise<void>;
}

function Request({ path, onSend }: RequestProps) {
  const t = useTexts();
  const [search] = useSearchParams();
  const programme = search.get('programme');
  const [kind, setKind] = useState<string>(search.get('kind') ?? 'audits');
  const aboutAudits = kind === 'audits' || kind === 'answers';
  return (
    <Form
      send={t('makeExport')}
      onSend={async ({ period = '', dealer = '', state = '' }) => {
        const filters: Partial<Record<keyof ExportFilters, string>> = {
          period: period.trim(),
          ...(dealer.trim() ? { dealer: dealer.trim() } : {}),
          ...(state && aboutAudits ? { state } : {}),
          ...(programme && kind === 'complaints' ? { programme } : {}),
        };
        await send('PUT', `${path}/${uuidv7()}`, { kind, filters });
        await onSend();
      }}
    >
      <p>{t('exportsMore')}</p>
      <Choice
        label={t('whatGoesOut')}
        value={kind}
        options={kinds.map((each) => [each, t(`export.${each}`)])}
        onChange={setKind}
      />
      <Field
        name="period"
        label={t('period')}
        hint={t('periodForms')}
        defaultValue={search.get('period') ?? String(new Date().getFullYear())}
      />
      <Field
        name="dealer"
        label={t('dealerCode')}
        hint={t('dealerOptional')}
        defaultValue={search.get('dealer') ?? ''}
      />
      {aboutAudits ? (
        <Choice
          name="state"
          label={t('state')}
          defaultValue={search.get('state') ?? ''}
          options={[
            ['', t('allButWithdrawn')],
            ...auditStates.map((each) => [each, t(`audit.${each}`)] as const),
          ]}
        />
      ) : null}
    </Form>
  );
}

function Jobs({ market: code, items }: { market: string; items: readonly ExportJob[] }) {
  const t = useTexts();
  const { market } = useMarket(code);
  const house = useHouses(code);
  return (
    <Table
      label={t('exportFiles')}
      head={[t('what'), t('exportFilters'), t('when'), t('who'), t('state')]}
    >
      <tbody>
        {items.map((job) => (
          <tr key={job.id}>
            <th scope="row">{t(`export.${job.kind}`)}</th>
            <td className="words">
              {[
                job.filters.period,
                job.filters.dealer && house(job.filters.dealer).name,
                job.filters.state && t(`audit.${job.filters.state}`),
              ]
                .filter(Boolean)
                .join(' · ')}
            </td>
            <td className="nowrap">{t.moment(job.requestedAt, market.timeZone)}</td>
            <td>{job.by}</td>
            <td className="words">
              {job.state === 'done' ? (
                <>
                  <a href={`/api/v1/markets/${code}/exports/${job.id}/file`} download>
                    {t('exportRows', { n: job.rows ?? 0 })}
                  </a>{' '}
                  <small className="muted">
                    {sizeOf(job.bytes ?? 0, t)} ·{' '}
                    {t('untilDay', { date: t.date(job.expiresAt.slice(0, 10)) })}
                  </small>
                </>
              ) : (
                t(`exportState.${job.state}`)
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function sizeOf(bytes: number, t: Texts): string {
  return bytes < 1e6
    ? `${t.number(Math.max(1, Math.round(bytes / 1e3)))} kB`
    : `${t.number(Math.round(bytes / 1e5) / 10)} MB`;
}
