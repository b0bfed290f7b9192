import { useEffect, useState } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { useFlushing, useOnline } from '../offline/connection.ts';
import { fetchWork } from '../offline/fetch-work.ts';
import { type Desk, DeskContext, type Person } from '../offline/person.ts';
import { openStore } from '../offline/store.ts';
import { useTexts } from '../texts/texts.ts';
import { Briefing } from './briefing.tsx';
import { Check } from './check.tsx';
import { AuditorHelp } from './help.tsx';
import { List } from './list.tsx';
import { Missing } from './missing.tsx';
import { Outbox } from './outbox.tsx';
import { SectionPage } from './section.tsx';
import './auditor.css';

interface Props {
  readonly person: Person;
  /** False where the service says that the session has ended: nothing can be sent until it is renewed. */
  readonly isSignedIn: boolean;
}

/** The auditor's app. It needs the service only to fetch what is to do and to send what was done. */
export function Auditor({ person, isSignedIn }: Props) {
  const [desk, setDesk] = useState<Desk>();
  const isOnline = useOnline();
  useEffect(() => {
    void openStore(person.code).then((store) => setDesk({ person, store }));
    // Asked for once: without it a browser may clear the store when the disk runs full.
    void navigator.storage?.persist?.();
  }, [person]);
  useFlushing(desk?.store);
  useEffect(() => {
    // Where the service does not answer, what was fetched before is there.
    if (desk && isOnline && isSignedIn) fetchWork(desk.store).catch(() => undefined);
  }, [desk, isOnline, isSignedIn]);
  if (!desk) return null;
  return (
    <DeskContext value={desk}>
      <Lines isOnline={isOnline} isSignedIn={isSignedIn} />
      <Switch>
        <Route path="/" component={List} />
        <Route path="/outbox" component={Outbox} />
        <Route path="/help" component={AuditorHelp} />
        <Route path="/audits/:id">{({ id }) => <Briefing id={id} />}</Route>
        <Route path="/audits/:id/s/:section">
          {({ id, section }) => <SectionPage key={section} id={id} section={section} />}
        </Route>
        <Route path="/audits/:id/check">{({ id }) => <Check id={id} />}</Route>
        <Route component={Missing} />
      </Switch>
    </DeskContext>
  );
}

/** What is to be known on every page, one line each. */
function Lines({
  isOnline,
  isSignedIn,
}: {
  readonly isOnline: boolean;
  readonly isSignedIn: boolean;
}) {
  const t = useTexts();
  const isTight = useTightSpace();
  const isUpdateReady = useUpdate();
  return (
    <div role="status" className="lines">
      {isOnline ? null : <p>{t('offline')}</p>}
      {isSignedIn ? null : (
        <p>
          {t('signInToSend')} <a href="/sign-in">{t('signIn')}</a>
        </p>
      )}
      {isTight ? <p>{t('lowSpace')}</p> : null}
      {isUpdateReady ? <p>{t('updateReady')}</p> : null}
    </div>
  );
}

/** Room for about ten photos and the form. */
const leastBytes = 20_000_000;

function useTightSpace(): boolean {
  const [isTight, setTight] = useState(false);
  useEffect(() => {
    void navigator.storage?.estimate?.().then(({ quota, usage }) => {
      if (quota !== undefined && usage !== undefined) setTight(quota - usage < leastBytes);
    });
  }, []);
  return isTight;
}

/** A new version of the app waits; it takes over on the next page that is no form. */
function useUpdate(): boolean {
  const [waiting, setWaiting] = useState<ServiceWorker>();
  const [place] = useLocation();
  useEffect(() => {
    const worker = navigator.serviceWorker;
    if (!worker) return;
    void worker.ready.then((registration) => {
      const note = () => setWaiting(registration.waiting ?? undefined);
      note();
      registration.addEventListener('updatefound', () =>
        registration.installing?.addEventListener('statechange', note),
      );
    });
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the change of place is the occasion
  useEffect(() => {
    if (!waiting || window.location.pathname.includes('/s/')) return;
    navigator.serviceWorker.addEventListener('controllerchange', () => window.location.reload(), {
      once: true,
    });
    waiting.postMessage({ type: 'SKIP_WAITING' });
  }, [place]);
  return waiting !== undefined;
}
