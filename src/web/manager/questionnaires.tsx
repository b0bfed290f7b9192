import { useState } from 'react';
import { call, Refused } from '../api.ts';
import { downloadCsv } from '../office/csv.ts';
import { useChoices } from '../office/documents.ts';
import { useTexts } from '../texts/texts.ts';
import { Choice, Field, Form, Labelled } from '../ui/form.tsx';
import { MarketPage } from './page.tsx';

interface Made {
  readonly expiresAt: string;
  readonly links: readonly {
    readonly dealer: string;
    readonly reference: string;
    readonly link: string;
  }[];
}

const columns = ['dealer', 'visit_date', 'reference', 'staff'] as const;

/** Customers' visits come in as a file, one-time links go out as one: letters are the sender's. */
export function Questionnaires({ market }: { readonly market: string }) {
  const t = useTexts();
  const [file, setFile] = useState<File>();
  const [made, setMade] = useState<Made>();
  const surveys = useChoices('checklist', ({ kind }) => kind === 'survey');
  return (
    <MarketPage market={market} title={t('questionnaires')}>
      <p>{t('questionnairesMore')}</p>
      <Form
        send={t('makeLinks')}
        onSend={async ({ checklist, contact, days }) => {
          setMade(undefined);
          if (!file) throw new Refused({ status: 0, title: t('chooseFile') });
          setMade(
            await call<Made>(`/markets/${market}/surveys/links`, {
              ...{ checklist, contact },
              days: Number(days),
              visits: await readVisits(file, t('visitColumns')),
            }),
          );
        }}
      >
        <Choice name="checklist" label={t('questionnaire')} options={surveys} />
        <Field name="contact" label={t('contactLine')} hint={t('contactMore')} />
        <Field name="days" label={t('linkDays')} inputMode="numeric" defaultValue="30" />
        <Labelled label={t('visitFile')} hint={t('visitColumns')}>
          {(tied) => (
            <input
              {...tied}
              type="file"
              accept=".csv,text/csv"
              onChange={(event) => {
                setFile(event.target.files?.[0]);
                setMade(undefined);
              }}
            />
          )}
        </Labelled>
      </Form>
      <div role="status">
        {made ? (
          <>
            <h2>{t('linksMade', { n: made.links.length })}</h2>
            <p>{t('linksOnce', { date: t.date(made.expiresAt.slice(0, 10)) })}</p>
            <button
              type="button"
              onClick={() =>
                downloadCsv('links.csv', [
                  ['dealer', 'reference', 'link'],
                  ...made.links.map(({ dealer, reference, link }) => [dealer, reference, link]),
                ])
              }
            >
              {t('downloadLinks')}
            </button>
          </>
        ) : null}
      </div>
    </MarketPage>
  );
}

/** The visits of a CSV file. @throws Refused with what the file should hold */
async function readVisits(file: File, wanted: string) {
  const { parse } = await import('csv-parse/browser/esm/sync');
  const text = await file.text();
  let rows: Record<string, string>[];
  try {
    rows = parse(text, {
      bom: true,
      columns: true,
      skip_empty_lines: true,
      trim: true,
      delimiter: [',', ';', '\t'],
    }) as Record<string, string>[];
  } catch (error) {
    throw new Refused({ status: 0, title: (error as Error).message });
  }
  const missing = columns.slice(0, 3).filter((name) => !Object.hasOwn(rows[0] ?? {}, name));
  if (missing.length > 0)
    throw new Refused({ status: 0, title: `${wanted} (${missing.join(', ')})` });
  return rows.map(({ dealer, visit_date: visitDate, reference, staff }) => ({
    ...{ dealer, visitDate, reference },
    ...(staff ? { staff } : {}),
  }));
}
