import { type ReactNode, useId, useState } from 'react';
import type { Answer } from '../../contracts/audits.ts';
import type { Item } from '../../contracts/checklists.ts';
import type { Texts as ByLanguage } from '../../contracts/primitives.ts';
import { textIn } from '../../core/format.ts';
import { instantIn, localIn } from '../offline/zones.ts';
import { useTexts } from '../texts/texts.ts';
import { decimalOf } from './decimal.ts';
import './controls.css';

type Value = Answer['value'];
type Given = Exclude<Item, { type: 'photo' | 'file' }>;

interface Props {
  readonly item: Given;
  readonly timeZone: string;
  readonly value: Value;
  readonly change: (value: Value) => void;
}

/** More options than this become a list to choose from. */
const mostButtons = 9;

/** The control of an item's kind: native ones, large enough for a thumb. */
export function Control({ item, timeZone, value, change }: Props) {
  const t = useTexts();
  const name = useId();
  const label = `${item.id}-question`;
  const group = (className: string, children: ReactNode) => (
    <div role="radiogroup" aria-labelledby={label} className={className}>
      {children}
    </div>
  );
  const radio = (each: string | number, text: ReactNode) => (
    <label className="choice" key={each}>
      <input
        type="radio"
        name={name}
        checked={value === each}
        onChange={() => change(each)}
        onClick={() => value === each && change(undefined)}
      />
      <span>{text}</span>
    </label>
  );
  switch (item.type) {
    case 'yes-no':
      return group(
        'two',
        <>
          {radio('yes', t('yes'))}
          {radio('no', t('no'))}
        </>,
      );
    case 'scale': {
      const steps = Array.from({ length: item.max - item.min + 1 }, (_, i) => item.min + i);
      // In two rows the first of the second stands above the words for the first of all.
      const isLong = steps.length > 6;
      const anchor = (step: number): string => {
        const words: ByLanguage | undefined = item.anchors?.[String(step)];
        return words ? `${isLong ? `${step} = ` : ''}${textIn(words, t.language)}` : '';
      };
      return (
        <div className="scale-box">
          {group(
            'scale',
            steps.map((step) => radio(step, step)),
          )}
          <p className="anchors">
            <span>{anchor(item.min)}</span>
            <span>{anchor(item.max)}</span>
          </p>
        </div>
      );
    }
    case 'choice':
      if (item.options.length > mostButtons) {
        return (
          <select
            aria-labelledby={label}
            value={typeof value === 'string' ? value : ''}
            onChange={(event) => change(event.target.value || undefined)}
          >
            <option value="">{t('choose')}</option>
            {item.options.map((option) => (
              <option key={option.id} value={option.id}>
                {textIn(option.text, t.language)}
              </option>
            ))}
          </select>
        );
      }
      return group(
        'stack',
        item.options.map((option) => radio(option.id, textIn(option.text, t.language))),
      );
    case 'multiple': {
      const chosen = Array.isArray(value) ? value : [];
      const toggle = (id: string, isOn: boolean) => {
        const next = item.options
          .map((option) => option.id)
          .filter((each) => (each === id ? isOn : chosen.includes(each)));
        change(next.length > 0 ? next : undefined);
      };
      return (
        <fieldset aria-labelledby={label} className="stack">
          {item.options.map((option) => (
            <label className="choice" key={option.id}>
              <input
                type="checkbox"
                checked={chosen.includes(option.id)}
                onChange={(event) => toggle(option.id, event.target.checked)}
              />
              <span>{textIn(option.text, t.language)}</span>
            </label>
          ))}
        </fieldset>
      );
    }
    case 'number':
    case 'duration':
      return (
        <NumberField
          label={label}
          value={typeof value === 'number' ? value : undefined}
          min={item.type === 'number' ? item.min : 0}
          max={item.max}
          unit={
            item.type === 'duration'
              ? t(`unit.${item.unit}`)
              : item.unit && textIn(item.unit, t.language)
          }
          change={change}
        />
      );
    case 'date-time':
      return (
        <div className="beside">
          <input
            type="datetime-local"
            aria-labelledby={label}
            value={typeof value === 'string' ? localIn(value, timeZone) : ''}
            onChange={(event) =>
              change(event.target.value ? instantIn(event.target.value, timeZone) : undefined)
            }
          />
          <button
            type="button"
            onClick={() => change(instantIn(localIn(new Date().toISOString(), timeZone), timeZone))}
          >
            {t('now')}
          </button>
        </div>
      );
    case 'text': {
      const most = item.maxLength ?? 4_000;
      const left = most - (typeof value === 'string' ? value.length : 0);
      return (
        <div>
          <textarea
            aria-labelledby={label}
            rows={3}
            maxLength={most}
            defaultValue={typeof value === 'string' ? value : ''}
            onChange={(event) => change(event.target.value || undefined)}
          />
          {left < 100 ? <small role="status">{t('left', { n: left })}</small> : null}
        </div>
      );
    }
  }
}

interface NumberFieldProps {
  readonly label: string;
  readonly value: number | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly unit: string | undefined;
  readonly change: (value: number | undefined) => void;
}

/** A number as people type it, with a comma or a point; what is no number stays to be seen. */
function NumberField({ label, value, min, max, unit, change }: NumberFieldProps) {
  const [typed, setTyped] = useState(value === undefined ? '' : String(value));
  const fits = (number: number) =>
    !Number.isNaN(number) &&
    (min === undefined || number >= min) &&
    (max === undefined || number <= max);
  const read = decimalOf(typed);
  const isUnfit = read !== undefined && !fits(read);
  return (
    <div className="beside">
      <input
        type="text"
        inputMode="decimal"
        aria-labelledby={label}
        aria-invalid={isUnfit}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          const next = decimalOf(event.target.value);
          change(next !== undefined && fits(next) ? next : undefined);
        }}
      />
      <span>
        {unit}
        {isUnfit && (min !== undefined || max !== undefined) ? (
          <small className="fault">
            {' '}
            {min ?? ''}–{max ?? ''}
          </small>
        ) : null}
      </span>
    </div>
  );
}
