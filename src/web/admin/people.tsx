import { useState } from 'react';
import { call } from '../api.ts';
import { Region } from '../office/region.tsx';
import { Table } from '../office/table.tsx';
import type { Grant } from '../offline/person.ts';
import { type Key, useTexts } from '../texts/texts.ts';
import { Choice, Field, Form } from '../ui/form.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { useMarketChoices } from './markets.ts';
import { AdminPage } from './page.tsx';

interface Everybody {
  readonly items: readonly {
    readonly person: string;
    readonly name: string;
    readonly email: string | null;
    readonly grants: readonly Grant[];
  }[];
  readonly requests: readonly {
    readonly id: string;
    readonly person: string;
    readonly grant: Grant;
    readonly askedBy: string;
  }[];
}

const roles = ['auditor', 'dealer', 'market-manager', 'network-manager', 'administrator'] as const;

/** Everybody with their roles; roles that wait for a second administrator come first. */
export function People() {
  const t = useTexts();
  const people = useAnswer<Everybody>('/people');
  const inWords = ({ role, market, dealer }: Grant) =>
    [t(`role.${role}` as Key), market, dealer].filter(Boolean).join(' · ');
  return (
    <AdminPage title={t('people')}>
      <Region of={people}>
        {({ items, requests }) => (
          <>
            {requests.length > 0 ? (
              <section>
                <h2>{t('waitingRoles')}</h2>
                <ul className="rows">
                  {requests.map(({ id, person, grant, askedBy }) => (
                    <li key={id}>
                      <span>
                        {person}: {inWords(grant)}
                        <small className="muted"> {t('askedBy', { who: askedBy })}</small>
                      </span>
                      <Decide id={id} onDecided={people.refresh} />
                    </li>
                  ))}
                </ul>
              </section>
            ) : null}
            <Table label={t('people')} head={[t('name'), t('emailAddress'), t('roles')]}>
              <tbody>
                {items.map(({ person, name, email, grants }) => (
                  <tr key={person}>
                    <th scope="row">
                      {name} <small className="muted code">{person}</small>
                    </th>
                    <td>{email ?? '–'}</td>
                    <td>{grants.map(inWords).join(', ') || '–'}</td>
                  </tr>
                ))}
              </tbody>
            </Table>
            <h2>{t('invite')}</h2>
            <Invite onSent={people.refresh} />
          </>
        )}
      </Region>
    </AdminPage>
  );
}

function Decide({
  id,
  onDecided,
}: {
  readonly id: string;
  readonly onDecided: () => Promise<void>;
}) {
  const t = useTexts();
  const decide = (grant: boolean) => async () => {
    await call('/grants/decide', { id, grant });
    await onDecided();
  };
  return (
    <div className="decide">
      <Form isQuiet send={t('grantRole')} onSend={decide(true)} />
      <Form isQuiet send={t('refuseRole')} onSend={decide(false)} />
    </div>
  );
}

/** A person is invited by mail; the role waits for a second administrator. */
function Invite({ onSent }: { readonly onSent: () => Promise<void> }) {
  const t = useTexts();
  const [role, setRole] = useState<(typeof roles)[number]>('auditor');
  const [sent, setSent] = useState<string>();
  const markets = useMarketChoices();
  const isLocal = role !== 'administrator' && role !== 'network-manager';
  return (
    <>
      <Form
        send={t('invite')}
        onSend={async ({ person, name, email, market, dealer }) => {
          const grant = {
            role,
            ...(isLocal && market ? { market } : {}),
            ...(role === 'dealer' && dealer ? { dealer } : {}),
          };
          await call('/people', { person, name, email, grants: [grant] });
          setSent(name);
          await onSent();
        }}
      >
        <Field name="person" label={t('personCode')} hint={t('personCodeMore')} />
        <Field name="name" label={t('name')} />
        <Field name="email" type="email" label={t('emailAddress')} />
        <Choice
          label={t('roles')}
          value={role}
          options={roles.map((each) => [each, t(`role.${each}`)])}
          onChange={(chosen) => setRole(chosen as typeof role)}
        />
        {isLocal ? <Choice name="market" label={t('market')} options={markets} /> : null}
        {role === 'dealer' ? <Field name="dealer" label={t('dealerCode')} /> : null}
      </Form>
      <p role="status">{sent ? t('invited', { name: sent }) : ''}</p>
    </>
  );
}
