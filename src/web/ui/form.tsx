import {
  createContext,
  type InputHTMLAttributes,
  type ReactNode,
  useContext,
  useId,
  useRef,
  useState,
} from 'react';
import { asSentence, Refused } from '../api.ts';
import { useTexts } from '../texts/texts.ts';
import { useKeptState } from './kept-state.ts';
import { faultInWords, refusedInWords } from './refused.ts';

const Faults = createContext<ReadonlyMap<string, string>>(new Map());
/** What was typed before, by field. */
const Kept = createContext<Readonly<Record<string, string>>>({});

interface FormProps {
  /** Gets what the fields hold, by name. What it throws is shown; what was typed stays. */
  readonly onSend: (values: Record<string, string>) => Promise<void>;
  readonly send: string;
  /** One of several forms of a page: its button does not call for attention. */
  readonly isQuiet?: boolean;
  /** What it is about: under this name its words stay on the device until they are sent. */
  readonly keptAs?: string;
  readonly children?: ReactNode;
}

/** A form with one main button. Faults stand at their fields, and the first one gets the focus. */
export function Form({ onSend, send, isQuiet = false, keptAs, children }: FormProps) {
  const t = useTexts();
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refused>();
  /** Fields that were written into since: what was said of them may no longer hold. */
  const [mended, setMended] = useState<ReadonlySet<string>>(new Set());
  const form = useRef<HTMLFormElement>(null);
  const [kept, setKept, forget] = useKeptState<Readonly<Record<string, string>>>(
    `form ${keptAs}`,
    () => ({}),
  );
  const [before, setBefore] = useState(kept);
  const [round, setRound] = useState(0);
  const valuesOf = () =>
    Object.fromEntries(
      [...new FormData(form.current!)].map(([name, value]) => [name, String(value)]),
    );
  const submit = async () => {
    setBusy(true);
    setRefusal(undefined);
    setMended(new Set());
    try {
      await onSend(valuesOf());
      forget();
      // What was sent does not stand beside what comes next.
      if (keptAs !== undefined) {
        setBefore({});
        setRound(round + 1);
      }
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefusal(error);
      requestAnimationFrame(() =>
        form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
      );
    } finally {
      setBusy(false);
    }
  };
  const named = new Set([...(refusal?.faults.keys() ?? [])]);
  const isAtField =
    refusal !== undefined &&
    [...named].some((name) => form.current?.elements.namedItem(name) !== null);
  const atFields = new Map(
    isAtField
      ? [...refusal.faults].flatMap(([name, fault]) =>
          mended.has(name) ? [] : [[name, faultInWords(fault, t)] as const],
        )
      : [],
  );
  return (
    <form
      ref={form}
      noValidate
      onInput={(event) => {
        if (keptAs !== undefined) setKept(valuesOf());
        const { name } = event.target as HTMLInputElement;
        if (named.has(name)) setMended((before) => new Set([...before, name]));
      }}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div role="alert">
        {refusal && !isAtField ? <p className="notice bad">{refusedInWords(refusal, t)}</p> : null}
      </div>
      <Kept value={keptAs === undefined ? {} : before}>
        <Faults key={round} value={atFields}>
          {children}
        </Faults>
      </Kept>
      <button type="submit" className={isQuiet ? 'quiet' : 'primary'} disabled={isBusy}>
        {send}
      </button>
    </form>
  );
}

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** For several sentences. */
  readonly isLong?: boolean;
  /** Gets a long text while it is typed. */
  readonly onText?: (text: string) => void;
}

interface ChoiceProps {
  readonly label: string;
  /** Values with their words, in their order. */
  readonly options: readonly (readonly [value: string, words: string])[];
  /** Under which a form sends it. */
  readonly name?: string;
  readonly value?: string | undefined;
  readonly defaultValue?: string;
  readonly onChange?: (value: string) => void;
  /** In a line of its own words, beside a heading. */
  readonly isInline?: boolean;
}

/** One of several, from a list. */
export function Choice({ label, options, onChange, isInline = false, ...select }: ChoiceProps) {
  const kept = useContext(Kept)[select.name ?? ''];
  return (
    <label className={isInline ? 'choice-of' : 'field'}>
      <span>{label}</span>
      <select
        {...select}
        {...(kept === undefined ? {} : { defaultValue: kept })}
        onChange={onChange && ((event) => onChange(event.target.value))}
      >
        {options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

interface LabelledProps {
  readonly label: string;
  readonly hint?: string | undefined;
  /** What is wrong with what stands in it. */
  readonly fault?: string | undefined;
  /** The control; it takes what ties it to its words. */
  readonly children: (tied: {
    readonly id: string;
    readonly 'aria-describedby': string | undefined;
    readonly 'aria-invalid': boolean;
  }) => ReactNode;
}

/** A control with its label, a hint, and what is wrong with it. */
export function Labelled({ label, hint, fault, children }: LabelledProps) {
  const id = useId();
  const described = [hint ? `${id}-hint` : '', fault ? `${id}-fault` : ''].join(' ').trim();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint ? (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      ) : null}
      {children({
        id,
        'aria-describedby': described || undefined,
        'aria-invalid': fault !== undefined,
      })}
      {fault ? (
        <span className="fault" id={`${id}-fault`}>
          {asSentence(fault)}
        </span>
      ) : null}
    </div>
  );
}

/** A field of a form, which sends what stands in it under its name. */
export function Field({ label, hint, isLong = false, onText, ...input }: FieldProps) {
  const fault = useContext(Faults).get(input.name);
  const defaultValue = useContext(Kept)[input.name] ?? input.defaultValue;
  const { name, required, maxLength } = input;
  return (
    <Labelled {...{ label, hint, fault }}>
      {(tied) =>
        isLong ? (
          <textarea
            {...tied}
            {...{ name, required, maxLength, defaultValue }}
            onChange={onText && ((event) => onText(event.target.value))}
            rows={3}
          />
        ) : (
          <input {...tied} {...input} defaultValue={defaultValue} />
        )
      }
    </Labelled>
  );
}
