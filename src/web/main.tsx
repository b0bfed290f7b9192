import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Route, Switch } from 'wouter';
import { Account } from './pages/account.tsx';
import { Certificate } from './pages/certificate.tsx';
import { Link } from './pages/link.tsx';
import { SignIn } from './pages/sign-in.tsx';
import './tokens.css';
import './base.css';

createRoot(document.getElementById('page')!).render(
  <StrictMode>
    <Switch>
      <Route path="/sign-in" component={SignIn} />
      <Route path="/link" component={Link} />
      <Route path="/account" component={Account} />
      <Route path="/verify/:code" component={Certificate} />
    </Switch>
  </StrictMode>,
);
