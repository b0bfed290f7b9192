import { useEffect, useSyncExternalStore } from 'react';
import { sendCopies } from './copies.ts';
import { flush } from './outbox.ts';
import type { Store } from './store.ts';

const subscribe = (listener: () => void) => {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
};

/** Whether the browser believes that there is a connection. */
export function useOnline(): boolean {
  return useSyncExternalStore(subscribe, () => navigator.onLine);
}

const firstWaitMs = 2_000;
const longestWaitMs = 5 * 60_000;

/** Sends what waits, and copies of what is being filled: at the start, when a connection comes, when the page is looked at, and now and then. */
export function useFlushing(store: Store | undefined): void {
  useEffect(() => {
    if (!store) return;
    let waitMs = firstWaitMs;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const go = async () => {
      clearTimeout(timer);
      let isDone = false;
      try {
        isDone = navigator.onLine && (await flush(store)) && (await sendCopies(store));
      } finally {
        // Whatever went wrong, it is tried again.
        waitMs = isDone ? firstWaitMs : Math.min(longestWaitMs, waitMs * 2);
        timer = setTimeout(() => void go(), isDone ? 30_000 : waitMs);
      }
    };
    const now = () => {
      if (document.visibilityState !== 'visible') return;
      waitMs = firstWaitMs;
      void go();
    };
    now();
    window.addEventListener('online', now);
    document.addEventListener('visibilitychange', now);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', now);
      document.removeEventListener('visibilitychange', now);
    };
  }, [store]);
}
