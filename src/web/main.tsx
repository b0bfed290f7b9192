import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { Route, Switch } from 'wouter';
import { Home } from './home.tsx';
import { Words } from './ui/words.tsx';
import './tokens.css';
import './base.css';

/** Each part of the app comes when it is opened; the auditor's is kept on the device. */
const Account = lazy(() => import('./pages/account.tsx').then((m) => ({ default: m.Account })));
const Certificate = lazy(() =>
  import('./pages/certificate.tsx').then((m) => ({ default: m.Certificate })),
);
const Link = lazy(() => import('./pages/link.tsx').then((m) => ({ default: m.Link })));
const SignIn = lazy(() => import('./pages/sign-in.tsx').then((m) => ({ default: m.SignIn })));

const Survey = lazy(() => import('./survey/app.tsx').then((m) => ({ default: m.Survey })));

/** Pages for whoever comes, whatever their role. */
const open = {
  '/sign-in': SignIn,
  '/link': Link,
  '/account': Account,
  '/verify/:code': Certificate,
};

createRoot(document.getElementById('page')!).render(
  <StrictMode>
    <Suspense>
      <Switch>
        {Object.entries(open).map(([path, Page]) => (
          <Route key={path} path={path}>
            <Words of="account">
              <Page />
            </Words>
          </Route>
        ))}
        <Route path="/survey">
          <Words of="survey">
            <Survey />
          </Words>
        </Route>
        <Route component={Home} />
      </Switch>
    </Suspense>
  </StrictMode>,
);

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  void navigator.serviceWorker.register('/sw.js', { type: 'module' });
}
