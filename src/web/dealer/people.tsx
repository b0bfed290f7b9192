import { useState } from 'react';
import { call } from '../api.ts';
import { Region } from '../office/region.tsx';
import { useTexts } from '../texts/texts.ts';
import { Field, Form } from '../ui/form.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import type { House } from './houses.ts';
import { HousePage } from './page.tsx';

interface People {
  readonly items: readonly {
    readonly person: string;
    readonly name: string;
    readonly principal: boolean;
  }[];
}

/** The people of a house, kept by its principal. */
export function HousePeople({ market, dealer }: House) {
  const t = useTexts();
  const path = `/markets/${market}/house`;
  const people = useAnswer<People>(path);
  const [said, setSaid] = useState('');
  const [link, setLink] = useState<string>();
  return (
    <HousePage {...{ market, dealer, title: t('people') }}>
      <Region of={people}>
        {({ items }) => (
          <>
            <div role="status">
              {said ? <p>{said}</p> : null}
              {link === undefined ? null : <LinkToHand link={link} />}
            </div>
            <ul className="rows">
              {items.map(({ person, name, principal }) => (
                <li key={person}>
                  <span>
                    {name} <small className="muted code">{person}</small>
                  </span>
                  {principal ? (
                    <span className="muted">{t('keepsPeople')}</span>
                  ) : (
                    <Form
                      isQuiet
                      send={t('removePerson')}
                      onSend={async () => {
                        await call(`${path}/remove`, { person });
                        setSaid(t('personRemoved', { name }));
                        setLink(undefined);
                        await people.refresh();
                      }}
                    />
                  )}
                </li>
              ))}
            </ul>
            <h2>{t('invite')}</h2>
            <Form
              keptAs={`invite ${market} ${dealer}`}
              send={t('invite')}
              onSend={async ({ person, name, email }) => {
                const made = await call<{ mailed: boolean; link?: string }>(path, {
                  person,
                  name,
                  email,
                });
                setSaid(made.mailed ? t('invited', { name: name! }) : '');
                setLink(made.link);
                await people.refresh();
              }}
            >
              <Field name="person" label={t('personCode')} hint={t('personCodeMore')} />
              <Field name="name" label={t('personName')} />
              <Field name="email" type="email" label={t('emailAddress')} />
            </Form>
          </>
        )}
      </Region>
    </HousePage>
  );
}

/** A link that works once, where no mail could be sent: whoever made it hands it over. */
function LinkToHand({ link }: { readonly link: string }) {
  const t = useTexts();
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      setCopied(true);
    } catch {
      // Where the browser forbids it, one touch marks the whole link.
    }
  };
  return (
    <div className="notice">
      <p>{t('linkToHand')}</p>
      <p>
        <code>{link}</code>
      </p>
      <button type="button" onClick={() => void copy()}>
        {t(isCopied ? 'copied' : 'copyLink')}
      </button>
    </div>
  );
}
