import { useCallback, useEffect, useState } from 'react';
import { call, Refused } from '../api.ts';

/** What a GET answers, with a way to ask again; the last answer stays while the next is on its way. */
export function useAnswer<Output>(path: string, isAsked = true) {
  const [answer, setAnswer] = useState<Output>();
  const [refusal, setRefusal] = useState<Refused>();
  const refresh = useCallback(async () => {
    try {
      setAnswer(await call<Output>(path));
      setRefusal(undefined);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefusal(error);
    }
  }, [path]);
  useEffect(() => {
    if (isAsked) void refresh();
  }, [refresh, isAsked]);
  return { answer, refusal, refresh };
}
