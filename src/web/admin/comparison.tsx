import { diffArrays } from 'diff';
import { Link, useSearchParams } from 'wouter';
import type { Difference } from '../../contracts/checklists.ts';
import { Region } from '../office/region.tsx';
import { Table } from '../office/table.tsx';
import { useTexts } from '../texts/texts.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { AdminPage } from './page.tsx';

interface Compared {
  readonly differences: readonly Difference[];
  readonly comparable: readonly string[];
  readonly items: number;
}

/** What another version changes, and how much of it can still be compared. */
export function Comparison({ id }: { readonly id: string }) {
  const t = useTexts();
  const [search] = useSearchParams();
  const [from, to] = [search.get('from') ?? '', search.get('to') ?? ''];
  const compared = useAnswer<Compared>(
    `/checklists/${id}/compare?${new URLSearchParams({ from, to })}`,
  );
  return (
    <AdminPage
      title={`${id} ${from} → ${to}`}
      beside={<Link href="/admin/checklists">{t('back')}</Link>}
    >
      <Region of={compared}>
        {({ differences, comparable, items }) => (
          <>
            <p className="finding">{t('comparableOf', { n: comparable.length, all: items })}</p>
            {differences.length === 0 ? (
              <p>{t('noChanges')}</p>
            ) : (
              <Table
                label={t('changes')}
                head={[t('changeOf'), t('what'), t('before'), t('after')]}
              >
                <tbody>
                  {differences.map((each) => (
                    <tr key={`${each.what} ${each.id} ${each.field ?? ''} ${each.change}`}>
                      <td>{t(`change.${each.change}`)}</td>
                      <th scope="row">
                        {each.id} <small className="muted">{each.field}</small>
                      </th>
                      <td>
                        <Value of={each.before} other={each.after} />
                      </td>
                      <td>
                        <Value of={each.after} other={each.before} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </Table>
            )}
          </>
        )}
      </Region>
    </AdminPage>
  );
}

type Words = Readonly<Record<string, string>>;

const isWords = (value: unknown): value is Words =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((each) => typeof each === 'string');

/** A value; of a text in several languages those that differ, of a sentence the words that do. */
function Value({ of, other }: { readonly of: unknown; readonly other: unknown }) {
  if (of === undefined) return <>–</>;
  if (typeof of === 'string') return <Sentence of={of} other={other} />;
  if (!isWords(of)) return <code>{JSON.stringify(of)}</code>;
  const beside = isWords(other) ? other : undefined;
  const differing = Object.entries(of).filter(([language, text]) => beside?.[language] !== text);
  return differing.map(([language, text]) => (
    <p key={language}>
      <small className="muted">{language}</small>{' '}
      <span lang={language}>
        <Sentence of={text} other={beside?.[language]} />
      </span>
    </p>
  ));
}

/**
 * A text with what the other one has not marked. Words are what a language's reader takes for them, also
 * where nothing stands between them.
 */
function Sentence({ of, other }: { readonly of: string; readonly other: unknown }) {
  if (typeof other !== 'string') return <>{of}</>;
  const words = (text: string) =>
    [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)].map(
      ({ segment }) => segment,
    );
  return diffArrays(words(other), words(of))
    .filter(({ removed }) => !removed)
    .map(({ value, added }, index) => {
      const text = value.join('');
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of a fixed text
      return added && text.trim() !== '' ? <mark key={index}>{text}</mark> : text;
    });
}
