import { type Dispatch, type SetStateAction, useEffect, useRef, useState } from 'react';
import { rememberedPerson } from '../offline/person.ts';

/**
 * A state that stays on this device, for this person alone, until the service has it: what was typed
 * outlives a reload and a killed tab.
 *
 * @param name what it is about
 * @returns the state, its change, and how it is forgotten
 */
export function useKeptState<Value>(
  name: string,
  initial: () => Value,
): [Value, Dispatch<SetStateAction<Value>>, () => void] {
  const key = `kept ${rememberedPerson()?.code ?? ''} ${name}`;
  const [value, setValue] = useState<Value>(() => {
    const text = localStorage.getItem(key);
    return text === null ? initial() : (JSON.parse(text) as Value);
  });
  // What nobody has changed is not kept.
  const unchanged = useRef(value);
  useEffect(() => {
    if (value !== unchanged.current) localStorage.setItem(key, JSON.stringify(value));
  }, [key, value]);
  const forget = () => {
    unchanged.current = value;
    localStorage.removeItem(key);
  };
  return [value, setValue, forget];
}
