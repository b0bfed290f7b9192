import { useState } from 'react';
import type { AccountView } from '../../contracts/accounts.ts';
import { call, Refused } from '../api.ts';
import { Frame } from '../ui/frame.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { when } from './account/parts.ts';
import { Passkeys } from './account/passkeys.tsx';
import { Password } from './account/password.tsx';
import { Tokens } from './account/tokens.tsx';
import { Totp } from './account/totp.tsx';

const roleWords: Readonly<Record<string, string>> = {
  administrator: 'Administrator',
  'network-manager': 'Network manager',
  'market-manager': 'Market manager',
  auditor: 'Auditor',
  dealer: 'Dealer',
};

/** How one signs in, and from where one is signed in. */
export function Account() {
  const { answer: account, refusal, refresh } = useAnswer<AccountView>('/account');
  const [fault, setFault] = useState('');
  const act = async (path: string, body: object) => {
    try {
      setFault('');
      await call(path, body);
      await refresh();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setFault(error.message);
    }
  };
  if (refusal?.status === 401) {
    window.location.replace('/sign-in');
    return null;
  }
  const leave = async () => {
    await call('/sign-in/end', {});
    window.location.assign('/sign-in');
  };
  const aside = (
    <button type="button" className="plain" onClick={() => void leave()}>
      Sign out
    </button>
  );
  if (!account) {
    return (
      <Frame title="Your account" aside={aside}>
        {refusal?.status === 403 ? (
          <p className="notice">
            You are signed in. Nobody has given you a role yet; as soon as an administrator has,
            reload this page.
          </p>
        ) : refusal ? (
          <p className="notice bad">{refusal.message}</p>
        ) : null}
      </Frame>
    );
  }
  return (
    <Frame title="Your account" aside={aside}>
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
              {roleWords[grant.role]}
              {grant.principal ? ', principal' : ''}
            </span>
            <span className="muted">
              {[grant.market, grant.dealer].filter(Boolean).join(', ') || 'the whole network'}
            </span>
          </li>
        ))}
      </ul>
      <h2>Passkeys</h2>
      <Passkeys account={account} refresh={refresh} />
      <h2>Authenticator app</h2>
      <Totp account={account} refresh={refresh} />
      <h2>Password</h2>
      <Password refresh={refresh} />
      <h2>Signed in on</h2>
      <ul className="rows">
        {account.sessions.map((session) => (
          <li key={session.id}>
            <span>
              {session.isThis ? 'This device' : deviceOf(session.agent)}
              <span className="muted">
                by {session.method}, last seen {when(session.seenAt)}
              </span>
            </span>
            {session.isThis ? null : (
              <button
                type="button"
                className="plain"
                onClick={() => void act('/account/sessions/end', { id: session.id })}
              >
                Sign it out
              </button>
            )}
          </li>
        ))}
      </ul>
      <h2>Tokens for programs</h2>
      <Tokens account={account} act={act} refresh={refresh} />
    </Frame>
  );
}

/** A short name of a browser, from what it says of itself. */
function deviceOf(agent: string): string {
  const browser = /(Firefox|Edg|OPR|Chrome|Safari)\//.exec(agent)?.[1] ?? 'A browser';
  const system = /(Android|iPhone|iPad|Windows|Mac OS|Linux)/.exec(agent)?.[1];
  return system ? `${browser} on ${system}` : browser;
}
