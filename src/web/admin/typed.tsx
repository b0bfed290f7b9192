import { useEffect, useRef, useState } from 'react';
import { decimalOf } from '../ui/decimal.ts';
import { Labelled } from '../ui/form.tsx';

/** So long after the last key a text is taken over: the whole document is read again then. */
const pauseMs = 300;

/** A field that is typed into at once, and taken over in pauses, at the latest when it is left. */
function useTyped(value: string, commit: (typed: string) => void) {
  const [typed, setTyped] = useState(value);
  const known = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef({ typed, commit });
  latest.current = { typed, commit };
  const take = () => {
    clearTimeout(timer.current);
    if (latest.current.typed === known.current) return;
    known.current = latest.current.typed;
    latest.current.commit(latest.current.typed);
  };
  const isIn = useRef(false);
  useEffect(() => {
    // Changed from elsewhere, or put right; never under the hands of whoever types.
    known.current = value;
    if (!isIn.current) setTyped(value);
  }, [value]);
  const takeLatest = useRef(take);
  takeLatest.current = take;
  useEffect(() => () => takeLatest.current(), []);
  return {
    value: typed,
    onChange: (event: { readonly target: { readonly value: string } }) => {
      setTyped(event.target.value);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => takeLatest.current(), pauseMs);
    },
    onFocus: () => {
      isIn.current = true;
    },
    onBlur: () => {
      isIn.current = false;
      if (typed === known.current) setTyped(value);
      else take();
    },
  };
}

interface TypedProps {
  readonly label: string;
  readonly value: string;
  readonly commit: (typed: string) => void;
  readonly hint?: string | undefined;
  readonly lang?: string;
  readonly isLong?: boolean;
  readonly isNumber?: boolean;
}

/** A field whose text is taken over in the pauses of typing. */
export function Typed({ label, value, commit, hint, lang, isLong, isNumber }: TypedProps) {
  const typed = useTyped(value, commit);
  return (
    <Labelled {...{ label, hint }}>
      {(tied) =>
        isLong ? (
          <textarea {...tied} {...typed} lang={lang} rows={2} />
        ) : (
          <input {...tied} {...typed} lang={lang} inputMode={isNumber ? 'decimal' : undefined} />
        )
      }
    </Labelled>
  );
}

/** A number as it is meant; what is none goes into the text as it is, and is said to be wrong. */
export function numberOf(typed: string): unknown {
  const value = decimalOf(typed);
  return Number.isNaN(value) ? typed : value;
}
