import { useState } from 'react';
import { renderSVG } from 'uqr';
import type { AccountView } from '../../contracts/accounts.ts';
import { call, Refused } from '../api.ts';
import { addPasskey } from '../passkeys.ts';
import { Field, Form } from '../ui/form.tsx';
import { Frame } from '../ui/frame.tsx';
import { useAnswer } from '../ui/use-answer.ts';

const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
const when = (instant: string) => day.format(new Date(instant));
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

interface PartProps {
  readonly account: AccountView;
  readonly act: (path: string, body: object) => Promise<void>;
  readonly refresh: () => Promise<void>;
}

/** A short name of a browser, from what it says of itself. */
function deviceOf(agent: string): string {
  const browser = /(Firefox|Edg|OPR|Chrome|Safari)\//.exec(agent)?.[1] ?? 'A browser';
  const system = /(Android|iPhone|iPad|Windows|Mac OS|Linux)/.exec(agent)?.[1];
  return system ? `${browser} on ${system}` : browser;
}

function Passkeys({ account, refresh }: Omit<PartProps, 'act'>) {
  const [leaving, setLeaving] = useState<string>();
  return (
    <>
      {account.passkeys.length === 0 ? (
        <p className="muted">
          None yet. A passkey signs you in by the lock of your device, without a password.
        </p>
      ) : (
        <ul className="rows">
          {account.passkeys.map((passkey) => (
            <li key={passkey.id}>
              <span>
                {passkey.label}
                <span className="muted">
                  {passkey.usedAt ? `last used ${when(passkey.usedAt)}` : 'not used yet'}
                </span>
              </span>
              <button type="button" className="plain" onClick={() => setLeaving(passkey.id)}>
                Remove
              </button>
            </li>
          ))}
        </ul>
      )}
      {leaving === undefined ? (
        <Form
          isQuiet
          send="Add a passkey"
          onSend={async ({ label, current }) => {
            await addPasskey(label!.trim() || 'This device', current!);
            await refresh();
          }}
        >
          <Field name="label" label="Name of the passkey" placeholder="This device" />
          <Field
            name="current"
            label="Your present password"
            type="password"
            autoComplete="current-password"
          />
        </Form>
      ) : (
        <Form
          isQuiet
          send="Remove the passkey"
          onSend={async (values) => {
            await call('/account/passkeys/remove', { id: leaving, ...values });
            setLeaving(undefined);
            await refresh();
          }}
        >
          <Field
            name="current"
            label="Your present password"
            type="password"
            autoComplete="current-password"
          />
        </Form>
      )}
    </>
  );
}

function Totp({ account, refresh }: Omit<PartProps, 'act'>) {
  const [begun, setBegun] = useState<{ secret: string; uri: string }>();
  if (account.hasTotp) {
    return (
      <>
        <p>In use: after your password you are asked for its code.</p>
        <Form
          isQuiet
          send="Stop using it"
          onSend={async (values) => {
            await call('/account/totp/remove', values);
            setBegun(undefined);
            await refresh();
          }}
        >
          <Field
            name="current"
            label="Your present password"
            type="password"
            autoComplete="current-password"
          />
        </Form>
      </>
    );
  }
  if (begun) {
    const picture = `data:image/svg+xml,${encodeURIComponent(renderSVG(begun.uri, { border: 2 }))}`;
    return (
      <>
        <p>Scan this with your authenticator app, then type the code that it shows.</p>
        <p>
          <img className="qr" src={picture} alt="QR code of the secret below" />
        </p>
        <p className="muted">
          Or type this secret: <code>{begun.secret}</code>
        </p>
        <Form
          isQuiet
          send="Confirm"
          onSend={async (values) => {
            await call('/account/totp/confirm', values);
            await refresh();
          }}
        >
          <Field
            name="code"
            label="Six-digit code"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={7}
          />
        </Form>
      </>
    );
  }
  return (
    <>
      <p className="muted">Not in use. An app on your phone makes a code for every sign-in.</p>
      <Form
        isQuiet
        send="Set it up"
        onSend={async (values) => setBegun(await call('/account/totp', values))}
      >
        <Field
          name="current"
          label="Your present password"
          type="password"
          autoComplete="current-password"
        />
      </Form>
    </>
  );
}

function Password({ refresh }: { readonly refresh: () => Promise<void> }) {
  const [round, setRound] = useState(0);
  return (
    <>
      {round > 0 ? (
        <p className="notice" role="status">
          Your password is changed. Your other devices are signed out.
        </p>
      ) : null}
      <Form
        isQuiet
        key={round}
        send="Change the password"
        onSend={async (values) => {
          await call('/account/password', values);
          setRound(round + 1);
          await refresh();
        }}
      >
        <Field
          name="current"
          label="Present password"
          type="password"
          autoComplete="current-password"
        />
        <Field
          name="password"
          label="New password"
          hint="At least 12 characters."
          type="password"
          autoComplete="new-password"
        />
      </Form>
    </>
  );
}

const days = 86_400_000;

function Tokens({ account, act, refresh }: PartProps) {
  const [made, setMade] = useState('');
  return (
    <>
      {made ? (
        <p className="notice" role="status">
          Copy it now, it is shown this once:
          <br />
          <code>{made}</code>
        </p>
      ) : null}
      {account.tokens.length === 0 ? (
        <p className="muted">None. A token lets a program of yours read what you may read.</p>
      ) : (
        <ul className="rows">
          {account.tokens.map((token) => (
            <li key={token.id}>
              <span>
                {token.label}
                <span className="muted">
                  {token.readsOnly ? 'reads only' : 'reads and writes'},{' '}
                  {token.expiresAt ? `until ${when(token.expiresAt)}` : 'without an end'}
                </span>
              </span>
              <button
                type="button"
                className="plain"
                onClick={() => void act('/account/tokens/revoke', { id: token.id })}
              >
                Revoke
              </button>
            </li>
          ))}
        </ul>
      )}
      <Form
        isQuiet
        send="Make a token for 90 days"
        onSend={async ({ label, writes }) => {
          const expiresAt = new Date(Date.now() + 90 * days).toISOString();
          const { token } = await call<{ token: string }>('/account/tokens', {
            label,
            expiresAt,
            readsOnly: writes !== 'on',
          });
          setMade(token);
          await refresh();
        }}
      >
        <Field name="label" label="What it is for" />
        <label className="check">
          <input type="checkbox" name="writes" /> It may also write
        </label>
      </Form>
    </>
  );
}
