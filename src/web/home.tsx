import { lazy, Suspense, useEffect, useState } from 'react';
import { findPerson, type Person, rememberedPerson } from './offline/person.ts';
import { Words } from './ui/words.tsx';

const Auditor = lazy(() => import('./auditor/app.tsx').then((m) => ({ default: m.Auditor })));
const Welcome = lazy(() => import('./pages/welcome.tsx').then((m) => ({ default: m.Welcome })));

/** Who works here decides what opens; whoever was here last is believed until the service answers. */
export function Home() {
  const [person, setPerson] = useState<Person | undefined>(rememberedPerson);
  const [isSignedIn, setSignedIn] = useState(true);
  const [isKnown, setKnown] = useState(person !== undefined);
  useEffect(() => {
    void findPerson().then((found) => {
      // The same person stays the same object, so that no page is opened anew.
      setPerson((before) => (before?.code === found.person?.code ? before : found.person));
      setSignedIn(found.isSignedIn);
      setKnown(true);
    });
  }, []);
  if (!isKnown) return null;
  if (!person?.roles.includes('auditor')) {
    return (
      <Suspense>
        <Welcome person={person} />
      </Suspense>
    );
  }
  return (
    <Words>
      <Suspense>
        <Auditor person={person} isSignedIn={isSignedIn} />
      </Suspense>
    </Words>
  );
}
