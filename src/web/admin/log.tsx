import { useSearchParams } from 'wouter';
import { Region } from '../office/region.tsx';
import { Wide } from '../office/wide.tsx';
import { useTexts } from '../texts/texts.ts';
import { Field, Form } from '../ui/form.tsx';
import { useAnswer } from '../ui/use-answer.ts';
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
  const { answer } = useAnswer<{ items: { code: string; name: string }[] }>('/markets');
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
          <label className="field">
            <span>{t('market')}</span>
            <select name="market" defaultValue={market}>
              <option value="">{t('wholeNetwork')}</option>
              {(answer?.items ?? []).map(({ code, name }) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <Field
            name="operation"
            label={t('operation')}
            defaultValue={search.get('operation') ?? ''}
          />
          <Field name="person" label={t('personCode')} defaultValue={search.get('person') ?? ''} />
        </fieldset>
      </Form>
      <Region of={page}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t('noRecords')}</p>
          ) : (
            <Wide label={t('log')}>
              <table>
                <thead>
                  <tr>
                    <th scope="col" className="number">
                      #
                    </th>
                    <th scope="col">{t('when')}</th>
                    <th scope="col">{t('who')}</th>
                    <th scope="col">{t('operation')}</th>
                    <th scope="col">{t('about')}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((each) => (
                    <tr key={each.seq}>
                      <td className="number">{each.seq}</td>
                      <td>{t.moment(each.at, 'UTC')}</td>
                      <td>
                        {each.by ?? '–'} <small className="muted">{each.role}</small>
                      </td>
                      <td>{each.operation}</td>
                      <td>
                        <code>{JSON.stringify(each.subject)}</code>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Wide>
          )
        }
      </Region>
    </AdminPage>
  );
}
