import { type Key, useTexts } from '../texts/texts.ts';

/** What has an answer: `help.<topic>` asks it, `helpMore.<topic>` answers. */
export type Topic = { [K in Key]: K extends `helpMore.${infer Name}` ? Name : never }[Key];

/** Questions with their answers. */
export function Help({ of }: { readonly of: readonly Topic[] }) {
  const t = useTexts();
  return (
    <dl className="help">
      {of.map((topic) => (
        <div key={topic}>
          <dt>{t(`help.${topic}`)}</dt>
          <dd>{t(`helpMore.${topic}`, { ready: t('ready') })}</dd>
        </div>
      ))}
    </dl>
  );
}
