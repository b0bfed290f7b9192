import { Redirect, Route, Switch } from 'wouter';
import { OfficeHelp } from '../office/help.tsx';
import type { Person } from '../offline/person.ts';
import { DealerAudit } from './audit.tsx';
import { Audits } from './audits.tsx';
import { HousesContext, type OwnHouse } from './houses.ts';
import { HousePeople } from './people.tsx';
import { Scorecard } from './scorecard.tsx';
import { Trends } from './trends.tsx';
import '../office/office.css';

interface Props {
  readonly person: Person;
  readonly isSignedIn: boolean;
}

/** The pages of a house: what was released to it, and nothing of any other. */
export function Dealer({ person, isSignedIn }: Props) {
  if (!isSignedIn) return <Redirect to="~/sign-in" />;
  const houses = person.grants.flatMap(({ role, market, dealer, principal }): OwnHouse[] =>
    role === 'dealer' && market && dealer
      ? [{ market, dealer, isPrincipal: principal === true }]
      : [],
  );
  const [first] = houses;
  return (
    <HousesContext value={houses}>
      <Switch>
        <Route path="/d/help">
          <OfficeHelp desk="d" />
        </Route>
        <Route path="/d/:market/:dealer">
          {({ market, dealer }) => (
            <Scorecard key={`${market} ${dealer}`} {...{ market, dealer }} />
          )}
        </Route>
        <Route path="/d/:market/:dealer/trends">
          {({ market, dealer }) => <Trends {...{ market, dealer }} />}
        </Route>
        <Route path="/d/:market/:dealer/audits">
          {({ market, dealer }) => <Audits {...{ market, dealer }} />}
        </Route>
        <Route path="/d/:market/:dealer/audits/:id">
          {({ market, dealer, id }) => <DealerAudit key={id} {...{ market, dealer, id }} />}
        </Route>
        <Route path="/d/:market/:dealer/people">
          {({ market, dealer }) => <HousePeople {...{ market, dealer }} />}
        </Route>
        <Route>
          {first ? <Redirect to={`/d/${first.market}/${first.dealer}`} replace /> : null}
        </Route>
      </Switch>
    </HousesContext>
  );
}
