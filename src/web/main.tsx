import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { Route, Switch } from 'wouter';
import { Home } from './home.tsx';
import './tokens.css';
import './base.css';

/** Each part of the app comes when it is opened; the auditor's is kept on the device. */
const Account = lazy(() => import('./pages/account.tsx').then((m) => ({ default: m.Account })));
const Certificate = lazy(() =>
  import('./pages/certificate.tsx').then((m) => ({ default: m.Certificate })),
);
const Link = lazy(() => import('./pages/link.tsx').then((m) => ({ default: m.Link })));
const SignIn = lazy(() => import('./pages/sign-in.tsx').then((m) => ({ default: m.SignIn })));

createRoot(document.getElementById('page')!).render(
  <StrictMode>
    <Suspense>
      <Switch>
        <Route path="/sign-in" component={SignIn} />
        <Route path="/link" component={Link} />
        <Route path="/account" component={Account} />
        <Route path="/verify/:code" component={Certificate} />
        <Route component={Home} />
      </Switch>
    </Suspense>
  </StrictMode>,
);

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  void navigator.serviceWorker.register('/sw.js', { type: 'module' });
}
