import { useState } from 'react';
import type { AccountView } from '../../contracts/accounts.ts';
import { call, Refused } from '../api.ts';
import { forgetPerson } from '../offline/person.ts';
import { countUnsent } from '../offline/unsent.ts';
import { type Texts, useTexts } from '../texts/texts.ts';
import { Frame } from '../ui/frame.tsx';
import { refusedInWords } from '../ui/refused.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { Passkeys } from './account/passkeys.tsx';
import { Password } from './account/password.tsx';
import { Tokens } from './account/tokens.tsx';
import { Totp } from './account/totp.tsx';

/** How one signs in, and from where one is signed in. */
export function Account() {
  const t = useTexts();
  const { answer: account, refusal, refresh } = useAnswer<AccountView>('/account');
  const [fault, setFault] = useState('');
  const [unsent, setUnsent] = useState(0);
  const act = async (path: string, body: object) => {
    try {
      setFault('');
      await call(path, body);
      await refresh();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setFault(refusedInWords(error, t));
    }
  };
  if (refusal?.status === 401) {
    window.location.replace('/sign-in');
    return null;
  }
  const leave = async (isSure: boolean) => {
    const count = isSure ? 0 : await countUnsent();
    setUnsent(count);
    if (count > 0) return;
    await call('/sign-in/end', {});
    forgetPerson();
    window.location.assign('/sign-in');
  };
  const aside = (
    <button type="button" className="plain" onClick={() => void leave(false)}>
      {t('signOut')}
    </button>
  );
  if (!account) {
    return (
      <Frame title={t('yourAccount')} aside={aside}>
        {refusal?.status === 403 ? (
          <p className="notice">{t('noRoleYet')}</p>
        ) : refusal ? (
          <p className="notice bad">{refusedInWords(refusal, t)}</p>
        ) : null}
      </Frame>
    );
  }
  return (
    <Frame title={t('yourAccount')} aside={aside}>
      <div role="alert">
        {unsent > 0 ? (
          <div className="notice">
            <p>{t('unsent', { n: unsent })}</p>
            <button type="button" onClick={() => void leave(true)}>
              {t('signOutAnyway')}
            </button>
          </div>
        ) : null}
      </div>
      <div role="alert">{fault ? <p className="notice bad">{fault}</p> : null}</div>
      <p>
        {account.name}
        <br />
        <span className="muted">{account.email ?? account.person}</span>
      </p>
      <ul className="rows">
        {account.grants.map((grant) => (
          <li key={JSON.stringify(grant)}>
            <span>
              {t(`grant.${grant.role}`)}
              {grant.principal ? ` (${t('principal')})` : ''}
            </span>
            <span className="muted">
              {[grant.market, grant.dealer].filter(Boolean).join(', ') || t('theNetwork')}
            </span>
          </li>
        ))}
      </ul>
      <h2>{t('passkeys')}</h2>
      <Passkeys account={account} refresh={refresh} />
      <h2>{t('authenticator')}</h2>
      <Totp account={account} refresh={refresh} />
      <h2>{t('password')}</h2>
      <Password refresh={refresh} />
      <h2>{t('signedInOn')}</h2>
      <ul className="rows">
        {account.sessions.map((session) => (
          <li key={session.id}>
            <span>
              {session.isThis ? t('thisDevice') : deviceOf(session.agent, t)}
              <span className="muted">
                {t('sessionBy', {
                  method: methodInWords(session.method, t),
                  when: t.here(session.seenAt),
                })}
              </span>
            </span>
            {session.isThis ? null : (
              <button
                type="button"
                className="plain"
                onClick={() => void act('/account/sessions/end', { id: session.id })}
              >
                {t('endSession')}
              </button>
            )}
          </li>
        ))}
      </ul>
      <h2>{t('tokens')}</h2>
      <Tokens account={account} act={act} refresh={refresh} />
    </Frame>
  );
}

/** A short name of a browser, from what it says of itself. */
function deviceOf(agent: string, t: Texts): string {
  const browser = /(Firefox|Edg|OPR|Chrome|Safari)\//.exec(agent)?.[1] ?? t('aBrowser');
  const system = /(Android|iPhone|iPad|Windows|Mac OS|Linux)/.exec(agent)?.[1];
  return system ? t('browserOn', { browser, system }) : browser;
}

/** How somebody came in: by one way, or by one and a code. */
function methodInWords(method: string, t: Texts): string {
  const [first, hasCode] = [method.replace(/ and code$/, ''), / and code$/.test(method)];
  const words = t.named(`method.${first}`, first);
  return hasCode ? t('andCode', { method: words }) : words;
}
