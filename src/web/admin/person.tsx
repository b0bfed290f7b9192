import { useState } from 'react';
import { Link } from 'wouter';
import { call } from '../api.ts';
import { Region } from '../office/region.tsx';
import { useTexts } from '../texts/texts.ts';
import { Form } from '../ui/form.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { type Everybody, useRoleInWords } from './everybody.ts';
import { AdminPage } from './page.tsx';
import { grantOf, RoleFields } from './role-fields.tsx';

/** One person: their roles, taken back by one administrator and given by two, and their way in. */
export function Person({ code }: { readonly code: string }) {
  const t = useTexts();
  const roleInWords = useRoleInWords();
  const people = useAnswer<Everybody>('/people');
  const found = people.answer?.items.find(({ person }) => person === code);
  const [said, setSaid] = useState('');
  return (
    <AdminPage title={found?.name ?? code} beside={<Link href="/admin/people">{t('back')}</Link>}>
      <Region of={people}>
        {({ requests }) =>
          found === undefined ? (
            <p>{t('nobodyHere')}</p>
          ) : (
            <>
              <p className="muted">
                <span className="code">{code}</span> · {found.email ?? t('noSignIn')}
              </p>
              <p role="status">{said}</p>
              <h2>{t('roles')}</h2>
              {found.grants.length === 0 ? <p className="muted">{t('noRoles')}</p> : null}
              <ul className="rows">
                {found.grants.map((grant) => (
                  <li key={JSON.stringify(grant)}>
                    <span>{roleInWords(grant)}</span>
                    <Form
                      isQuiet
                      send={t('takeRole')}
                      onSend={async () => {
                        await call('/grants/revoke', { person: code, grant });
                        setSaid(t('roleTaken', { role: roleInWords(grant) }));
                        await people.refresh();
                      }}
                    />
                  </li>
                ))}
                {requests
                  .filter(({ person }) => person === code)
                  .map(({ id, grant }) => (
                    <li key={id}>
                      <span>{roleInWords(grant)}</span>
                      <span className="muted">{t('waitsForSecond')}</span>
                    </li>
                  ))}
              </ul>
              <h2>{t('anotherRole')}</h2>
              <Form
                isQuiet
                send={t('askForRole')}
                onSend={async (values) => {
                  await call('/grants', { person: code, grant: grantOf(values) });
                  setSaid(t('roleAsked'));
                  await people.refresh();
                }}
              >
                <RoleFields />
              </Form>
              {found.email === null ? null : (
                <>
                  <h2>{t('wayIn')}</h2>
                  <Form
                    isQuiet
                    send={t('sendReset')}
                    onSend={async ({ drop }) => {
                      const { mailed } = await call<{ mailed: boolean }>('/people/reset', {
                        person: code,
                        dropSecondFactor: drop !== undefined,
                      });
                      setSaid(t(mailed ? 'resetMailed' : 'resetNotMailed', { name: found.name }));
                    }}
                  >
                    <label className="pick">
                      <input type="checkbox" name="drop" />
                      <span>{t('dropSecond')}</span>
                    </label>
                  </Form>
                </>
              )}
            </>
          )
        }
      </Region>
    </AdminPage>
  );
}
