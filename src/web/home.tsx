import { lazy, Suspense, useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { findPerson, type Person, rememberedPerson } from './offline/person.ts';
import { Words } from './ui/words.tsx';

const Auditor = lazy(() => import('./auditor/app.tsx').then((m) => ({ default: m.Auditor })));
const Manager = lazy(() => import('./manager/app.tsx').then((m) => ({ default: m.Manager })));
const Admin = lazy(() => import('./admin/app.tsx').then((m) => ({ default: m.Admin })));
const Dealer = lazy(() => import('./dealer/app.tsx').then((m) => ({ default: m.Dealer })));
const Welcome = lazy(() => import('./pages/welcome.tsx').then((m) => ({ default: m.Welcome })));

/** Who works here decides what opens; whoever was here last is believed until the service answers. */
export function Home() {
  const [person, setPerson] = useState<Person | undefined>(rememberedPerson);
  const [isSignedIn, setSignedIn] = useState(true);
  const [isKnown, setKnown] = useState(person !== undefined);
  useEffect(() => {
    void findPerson().then((found) => {
      // There is nothing to open before an administrator gives a role; the account says so.
      if (!found.hasRole) return window.location.replace('/account');
      // The same person stays the same object, so that no page is opened anew.
      setPerson((before) => (isSame(before, found.person) ? before : found.person));
      setSignedIn(found.isSignedIn);
      setKnown(true);
    });
  }, []);
  if (!isKnown) return null;
  return (
    <Suspense>
      {person ? (
        <Desk person={person} isSignedIn={isSignedIn} />
      ) : (
        <Words of="account">
          <Welcome />
        </Words>
      )}
    </Suspense>
  );
}

interface DeskProps {
  readonly person: Person;
  /** False where the service says that the session has ended. */
  readonly isSignedIn: boolean;
}

/** The pages of a role: of the one that the place names, for whoever has several. */
function Desk({ person, isSignedIn }: DeskProps) {
  const [place] = useLocation();
  const isManager = person.roles.some((role) => /^(market|network)-manager$/.test(role));
  const isAuditor = person.roles.includes('auditor');
  if (isAuditor && !/^\/(m|d|admin)\//.test(place)) {
    return (
      <Words of="visits">
        <Auditor person={person} isSignedIn={isSignedIn} />
      </Words>
    );
  }
  if (isManager && !/^\/(d|admin)\//.test(place)) {
    return (
      <Words of="office">
        <Manager person={person} isSignedIn={isSignedIn} />
      </Words>
    );
  }
  if (person.roles.includes('dealer') && !place.startsWith('/admin/')) {
    return (
      <Words of="office">
        <Dealer person={person} isSignedIn={isSignedIn} />
      </Words>
    );
  }
  if (person.roles.includes('administrator')) {
    return (
      <Words of="office">
        <Admin person={person} isSignedIn={isSignedIn} />
      </Words>
    );
  }
  return (
    <Words of="account">
      <Welcome person={person} />
    </Words>
  );
}

const isSame = (one: Person | undefined, other: Person | undefined) =>
  JSON.stringify(one) === JSON.stringify(other);
