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
  return (
    <HousePage {...{ market, dealer, title: t('people') }}>
      <Region of={people}>
        {({ items }) => (
          <>
            <p role="status">{said}</p>
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
                const { mailed, link } = await call<{ mailed: boolean; link?: string }>(path, {
                  person,
                  name,
                  email,
                });
                setSaid(
                  mailed ? t('invited', { name: name! }) : t('linkToHand', { link: link ?? '' }),
                );
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
