import { lazy } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { OfficeHelp } from '../office/help.tsx';
import type { Person as SignedIn } from '../offline/person.ts';
import { BrandPage } from './brand.tsx';
import { Comparison } from './comparison.tsx';
import { Documents } from './documents.tsx';
import { Log } from './log.tsx';
import { Market } from './market.tsx';
import { MarketList } from './market-list.tsx';
import { People } from './people.tsx';
import { Person } from './person.tsx';
import '../office/office.css';

/** The reader of documents is large, and only the editor needs it. */
const Editor = lazy(() => import('./editor.tsx').then((m) => ({ default: m.Editor })));

interface Props {
  readonly person: SignedIn;
  readonly isSignedIn: boolean;
}

/** The pages of administrators: checklists and programmes, people, markets, the log. */
export function Admin({ isSignedIn }: Props) {
  if (!isSignedIn) return <Redirect to="~/sign-in" />;
  return (
    <Switch>
      <Route path="/admin/checklists">
        <Documents type="checklist" />
      </Route>
      <Route path="/admin/programmes">
        <Documents type="programme" />
      </Route>
      <Route path="/admin/checklists/:id/changes">{({ id }) => <Comparison id={id} />}</Route>
      <Route path="/admin/checklists/:id/:version">
        {({ id, version }) => (
          <Editor key={`${id} ${version}`} {...{ type: 'checklist', id, version }} />
        )}
      </Route>
      <Route path="/admin/programmes/:id/:version">
        {({ id, version }) => (
          <Editor key={`${id} ${version}`} {...{ type: 'programme', id, version }} />
        )}
      </Route>
      <Route path="/admin/people" component={People} />
      <Route path="/admin/people/:code">
        {({ code }) => <Person key={code} code={decodeURIComponent(code)} />}
      </Route>
      <Route path="/admin/help">
        <OfficeHelp desk="admin" />
      </Route>
      <Route path="/admin/markets" component={MarketList} />
      <Route path="/admin/markets/new">
        <Market code={undefined} />
      </Route>
      <Route path="/admin/markets/:code">{({ code }) => <Market key={code} code={code} />}</Route>
      <Route path="/admin/brand" component={BrandPage} />
      <Route path="/admin/log" component={Log} />
      <Route>
        <Redirect to="/admin/checklists" replace />
      </Route>
    </Switch>
  );
}
