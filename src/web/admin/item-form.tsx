import { type KeyboardEvent, useState } from 'react';
import { translator } from '../../../reports/texts.ts';
import type { Item } from '../../contracts/checklists.ts';
import type { Language } from '../../contracts/primitives.ts';
import { standards } from '../../contracts/standards.ts';
import type { Written } from '../../core/documents/source-edits.ts';
import { languageNames, useTexts } from '../texts/texts.ts';
import { Choice } from '../ui/form.tsx';
import { OptionsField } from './options-field.tsx';
import { wordsIn } from './outline.tsx';
import { numberOf, Typed } from './typed.tsx';

interface Props {
  readonly item: Written;
  /** The languages of the checklist. */
  readonly languages: readonly Language[];
  /** Sets a field, or takes it out. */
  readonly set: (field: readonly (string | number)[], value: unknown) => void;
  readonly replace: (item: object) => void;
  readonly move: (by: -1 | 1) => void;
  readonly add: () => void;
  readonly remove: () => void;
  /** What is wrong with it, in words. */
  readonly faults: readonly string[];
  /** Opens the text at the item, for what has no field here. */
  readonly showText: () => void;
}

const types = Object.keys({
  'yes-no': true,
  scale: true,
  choice: true,
  multiple: true,
  number: true,
  duration: true,
  'date-time': true,
  text: true,
  photo: true,
  file: true,
} satisfies Record<Item['type'], true>) as Item['type'][];

/** What items of a kind have beside what all have; another kind loses what it has not. */
const ownFields: Readonly<Record<Item['type'], readonly string[]>> = {
  'yes-no': ['good'],
  scale: ['min', 'max', 'anchors', 'bands', 'linear'],
  choice: ['options'],
  multiple: ['options'],
  number: ['min', 'max', 'bands', 'linear'],
  duration: ['unit', 'max', 'bands', 'linear'],
  'date-time': [],
  text: ['maxLength'],
  photo: ['max'],
  file: ['max'],
};
const ofOneKind = new Set([...Object.values(ownFields).flat(), 'unit']);

/** What a kind cannot be without. */
function startOf(type: Item['type']): object {
  const option = (id: string) => ({ id, text: { en: id } });
  switch (type) {
    case 'scale':
      return { min: 1, max: 5 };
    case 'choice':
      return { options: [option('first'), option('second')] };
    case 'multiple':
      return { options: [option('first')] };
    case 'duration':
      return { unit: 'minutes' };
    default:
      return {};
  }
}

/** An item by its fields: every change goes into the text at once. */
export function ItemForm(props: Props) {
  const { item, languages, set, replace, move, add, remove, faults, showText } = props;
  const t = useTexts();
  const say = translator(t.language);
  const [language, setLanguage] = useState<Language>(
    languages.includes(t.language) ? t.language : 'en',
  );
  const type = String(item['type']) as Item['type'];
  const critical = (item['critical'] ?? {}) as { effect?: string; cap?: number };
  const evidence = (item['evidence'] ?? {}) as { kind?: string; when?: string };
  const advanced = ['bands', 'linear', 'anchors', 'answers', 'expectation', 'duty'].filter(
    (field) => item[field] !== undefined,
  );
  const byKey = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    move(event.key === 'ArrowUp' ? -1 : 1);
  };
  const choice = (
    field: string,
    label: string,
    options: readonly (readonly [string, string])[],
  ) => (
    <Choice
      label={label}
      value={String(item[field] ?? '')}
      options={options}
      onChange={(value) => set([field], value === '' ? undefined : value)}
    />
  );
  const number = (field: string, label: string) => (
    <Typed
      label={label}
      isNumber
      value={item[field] === undefined ? '' : String(item[field])}
      commit={(typed) => set([field], numberOf(typed))}
    />
  );
  const words = (field: string, label: string) => (
    <Typed
      label={`${label} (${languageNames[language]})`}
      hint={
        language !== 'en' && wordsIn(item[field], 'en') ? wordsIn(item[field], 'en') : undefined
      }
      lang={language}
      isLong
      value={String((item[field] as Record<string, unknown> | undefined)?.[language] ?? '')}
      commit={(typed) => set([field, language], typed.trim() === '' ? undefined : typed)}
    />
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Alt with arrows moves what has the focus inside
    <div className="item-form" onKeyDown={byKey}>
      {faults.length > 0 ? (
        <ul className="notice bad">
          {faults.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      ) : null}
      <p className="decide">
        <button type="button" onClick={() => move(-1)}>
          {t('moveUp')}
        </button>
        <button type="button" onClick={() => move(1)}>
          {t('moveDown')}
        </button>
        <button type="button" onClick={add}>
          {t('addBelow')}
        </button>
        <button type="button" className="plain" onClick={remove}>
          {t('removeItem')}
        </button>
      </p>
      <Choice
        label={t('wordsIn')}
        value={language}
        options={languages.map((each) => [
          each,
          `${languageNames[each]}${isMissing(item, each) ? ` · ${t('wordsMissing')}` : ''}`,
        ])}
        onChange={(chosen) => setLanguage(chosen as Language)}
      />
      {words('question', t('surveyQuestion'))}
      {words('hint', t('itemHint'))}
      <Typed
        label={t('itemId')}
        hint={t('itemIdMore')}
        value={String(item['id'] ?? '')}
        commit={(typed) => set(['id'], typed.trim())}
      />
      <Choice
        label={t('itemType')}
        value={type}
        options={types.map((each) => [each, t(`type.${each}`)])}
        onChange={(chosen) => {
          const next = chosen as Item['type'];
          const kept = Object.entries(item).filter(
            ([field]) => !ofOneKind.has(field) || ownFields[next].includes(field),
          );
          replace({ ...startOf(next), ...Object.fromEntries(kept), type: next });
        }}
      />
      {type === 'yes-no'
        ? choice('good', t('goodAnswer'), [
            ['', t('yes')],
            ['no', t('no')],
          ])
        : null}
      {type === 'scale' || type === 'number' ? (
        <div className="fields-row">
          {number('min', t('smallest'))}
          {number('max', t('largest'))}
        </div>
      ) : null}
      {type === 'duration'
        ? choice(
            'unit',
            t('unit'),
            (['seconds', 'minutes', 'hours', 'days'] as const).map((each) => [
              each,
              t(`unit.${each}`),
            ]),
          )
        : null}
      {type === 'choice' || type === 'multiple' ? (
        <OptionsField {...{ item, language }} set={set} />
      ) : null}
      {choice('standard', say('standard'), [
        ['', t('noStandard')],
        ...standards.map((each) => [each, say(each)] as const),
        ['responsibility', t('responsibility')],
      ])}
      {number('weight', t('weight'))}
      <Choice
        label={t('isRequired')}
        value={item['required'] === undefined ? '' : String(item['required'])}
        options={[
          ['', t('requiredByWeight')],
          ['true', t('yes')],
          ['false', t('no')],
        ]}
        onChange={(value) => set(['required'], value === '' ? undefined : value === 'true')}
      />
      {choice('notApplicable', t('notApplicable'), [
        ['', t('no')],
        ['allowed', t('yes')],
        ['with-reason', t('withReason')],
      ])}
      <Typed
        label={t('itemWhen')}
        hint={t('itemWhenMore')}
        value={String(item['when'] ?? '')}
        commit={(typed) => set(['when'], typed.trim() === '' ? undefined : typed.trim())}
      />
      <Choice
        label={t('criticalItem')}
        value={critical.effect ?? ''}
        options={[
          ['', t('no')],
          ...(['knock-out', 'cap', 'section-zero'] as const).map(
            (each) => [each, t(`critical.${each}`)] as const,
          ),
        ]}
        onChange={(effect) =>
          set(['critical'], effect === '' ? undefined : { ...critical, effect })
        }
      />
      {critical.effect === 'cap' ? (
        <Typed
          label={t('capAt')}
          isNumber
          value={String(critical.cap ?? 59)}
          commit={(typed) => set(['critical', 'cap'], numberOf(typed))}
        />
      ) : null}
      <div className="fields-row">
        <Choice
          label={t('evidenceKind')}
          value={evidence.kind ?? ''}
          options={[
            ['', t('no')],
            ['photo', t('type.photo')],
            ['file', t('type.file')],
          ]}
          onChange={(kind) => set(['evidence'], kind === '' ? undefined : { ...evidence, kind })}
        />
        {evidence.kind ? (
          <Choice
            label={t('evidenceWhen')}
            value={evidence.when ?? 'always'}
            options={(['always', 'below-full', 'optional'] as const).map((each) => [
              each,
              t(`evidence.${each}`),
            ])}
            onChange={(when) => set(['evidence', 'when'], when)}
          />
        ) : null}
      </div>
      <p className="muted">
        {advanced.length > 0 ? t('onlyInText', { fields: t.list(advanced) }) : t('restInText')}{' '}
        <button type="button" className="plain" onClick={showText}>
          {t('showInText')}
        </button>
      </p>
    </div>
  );
}

/** Whether the question has no words in a language. */
function isMissing(item: Written, language: Language): boolean {
  return !(item['question'] as Record<string, unknown> | undefined)?.[language];
}
