import { useSearchParams } from 'wouter';
import { Region } from '../office/region.tsx';
import { Table } from '../office/table.tsx';
import { useTexts } from '../texts/texts.ts';
import { Choice, Field, Form } from '../ui/form.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { useMarketChoices } from './markets.ts';
import { AdminPage } from './page.tsx';

interface LogPage {
  readonly items: readonly {
    readonly seq: number;
    readonly at: string;
    readonly by: string | null;
    readonly role: string;
    readonly operation: string;
    readonly subject: Readonly<Record<string, unknown>>;
  }[];
}

/** Who did what when, the newest first: the network's log, or a market's. */
export function Log() {
  const t = useTexts();
  const [search, setSearch] = useSearchParams();
  const markets = useMarketChoices();
  const market = search.get('market') ?? '';
  const filter = new URLSearchParams(
    [...search].filter(([name, value]) => name !== 'market' && value !== ''),
  );
  const path = market === '' ? '/log' : `/markets/${market}/log`;
  const page = useAnswer<LogPage>(`${path}?${filter}`);
  return (
    <AdminPage title={t('log')}>
      <Form
        isQuiet
        send={t('filter')}
        onSend={async (values) =>
          setSearch(Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')))
        }
      >
        <fieldset className="fields">
          <legend className="unseen">{t('filter')}</legend>
          <Choice
            name="market"
            label={t('market')}
            defaultValue={market}
            options={[['', t('wholeNetwork')], ...markets]}
          />
          <Field
            name="operation"
            label={t('operation')}
            defaultValue={search.get('operation') ?? ''}
          />
          <Field name="person" label={t('who')} defaultValue={search.get('person') ?? ''} />
        </fieldset>
      </Form>
      <Region of={page}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t('noRecords')}</p>
          ) : (
            <Table
              label={t('log')}
              head={[{ number: '#' }, t('when'), t('who'), t('operation'), t('about')]}
            >
              <tbody>
                {items.map((each) => (
                  <tr key={each.seq}>
                    <td className="number">{each.seq}</td>
                    <td className="nowrap">{t.moment(each.at, 'UTC')}</td>
                    <td>
                      {each.by ?? '–'}{' '}
                      <small className="muted">{t.named(`role.${each.role}`, each.role)}</small>
                    </td>
                    <td>{each.operation}</td>
                    <td>
                      <Subject of={each.subject} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </Table>
          )
        }
      </Region>
    </AdminPage>
  );
}

/** What a record is about, as the operation names it. */
function Subject({ of }: { readonly of: Readonly<Record<string, unknown>> }) {
  const named = Object.entries(of);
  if (named.length === 0) return null;
  return (
    <code className="subject">
      {named.map(([name, value]) => (
        <span key={name}>
          <span className="muted">{name}</span>{' '}
          {typeof value === 'string' ? value : JSON.stringify(value)}
        </span>
      ))}
    </code>
  );
}
