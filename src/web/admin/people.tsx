import { useState } from 'react';
import { Link } from 'wouter';
import { call } from '../api.ts';
import { Region } from '../office/region.tsx';
import { Table } from '../office/table.tsx';
import { useTexts } from '../texts/texts.ts';
import { Field, Form } from '../ui/form.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { type Everybody, useRoleInWords } from './everybody.ts';
import { AdminPage } from './page.tsx';
import { grantOf, RoleFields } from './role-fields.tsx';

/** Everybody with their roles; roles that wait for a second administrator come first. */
export function People() {
  const t = useTexts();
  const people = useAnswer<Everybody>('/people');
  const inWords = useRoleInWords();
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
            <Table label={t('people')} head={[t('personName'), t('emailAddress'), t('roles')]}>
              <tbody>
                {items.map(({ person, name, email, grants }) => (
                  <tr key={person}>
                    <th scope="row">
                      <Link href={`/admin/people/${encodeURIComponent(person)}`}>{name}</Link>{' '}
                      <small className="muted code">{person}</small>
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
  const [sent, setSent] = useState<string>();
  return (
    <>
      <Form
        // The next person begins with empty fields.
        key={sent}
        send={t('invite')}
        onSend={async ({ person, name, email, ...role }) => {
          await call('/people', { person, name, email, grants: [grantOf(role)] });
          setSent(name);
          await onSent();
        }}
      >
        <Field name="person" label={t('personCode')} hint={t('personCodeMore')} />
        <Field name="name" label={t('personName')} />
        <Field name="email" type="email" label={t('emailAddress')} />
        <RoleFields />
      </Form>
      <p role="status">{sent ? t('invited', { name: sent }) : ''}</p>
    </>
  );
}
