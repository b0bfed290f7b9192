import { Redirect, Route, Switch } from 'wouter';
import { marketName } from '../../core/format.ts';
import { OfficeHelp } from '../office/help.tsx';
import { OfficePage } from '../office/page.tsx';
import { Region } from '../office/region.tsx';
import type { Person } from '../offline/person.ts';
import { useTexts } from '../texts/texts.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { Appeal } from './appeal.tsx';
import { Appeals } from './appeals.tsx';
import { Auditors } from './auditors.tsx';
import { Award } from './award.tsx';
import { Changes } from './changes.tsx';
import { Complaints } from './complaints.tsx';
import { Exports } from './exports.tsx';
import { House } from './house.tsx';
import { Imports } from './imports.tsx';
import { type Market, MarketsContext } from './markets.ts';
import { Overview } from './overview.tsx';
import { Questionnaires } from './questionnaires.tsx';
import { Ranking } from './ranking.tsx';
import { Review } from './review.tsx';
import { Reviews } from './reviews.tsx';
import { WhatIf } from './what-if.tsx';
import '../office/office.css';

interface Props {
  readonly person: Person;
  readonly isSignedIn: boolean;
}

/** The pages of market and network managers: a market each, with the same places in all. */
export function Manager({ person, isSignedIn }: Props) {
  const t = useTexts();
  const markets = useAnswer<{ items: Market[] }>('/markets');
  if (!isSignedIn) return <Redirect to="~/sign-in" />;
  return (
    <Region of={markets}>
      {({ items }) => {
        const own = items
          .filter(({ roles }) => roles.some((role) => role.endsWith('manager')))
          .map((market) => ({ ...market, name: marketName(market, t.language) }));
        const [first] = own;
        if (!first) {
          return (
            <OfficePage title={t('overview')} about="Omotenashi" places={[]}>
              <p>{t('noMarkets')}</p>
            </OfficePage>
          );
        }
        return (
          <MarketsContext value={{ person, markets: own }}>
            <Switch>
              <Route path="/m/help">
                <OfficeHelp desk="m" />
              </Route>
              <Route path="/m/:market">{({ market }) => <Overview market={market} />}</Route>
              <Route path="/m/:market/dealers/:dealer/:part?">
                {({ market, dealer, part }) => <House {...{ market, dealer, part }} />}
              </Route>
              <Route path="/m/:market/ranking">{({ market }) => <Ranking market={market} />}</Route>
              <Route path="/m/:market/changes">{({ market }) => <Changes market={market} />}</Route>
              <Route path="/m/:market/what-if">{({ market }) => <WhatIf market={market} />}</Route>
              <Route path="/m/:market/award">{({ market }) => <Award market={market} />}</Route>
              <Route path="/m/:market/audits">{({ market }) => <Reviews market={market} />}</Route>
              <Route path="/m/:market/audits/:id">
                {({ market, id }) => <Review key={id} market={market} id={id} />}
              </Route>
              <Route path="/m/:market/auditors">
                {({ market }) => <Auditors market={market} />}
              </Route>
              <Route path="/m/:market/complaints">
                {({ market }) => <Complaints market={market} />}
              </Route>
              <Route path="/m/:market/questionnaires">
                {({ market }) => <Questionnaires market={market} />}
              </Route>
              <Route path="/m/:market/exports">{({ market }) => <Exports market={market} />}</Route>
              <Route path="/m/:market/imports">{({ market }) => <Imports market={market} />}</Route>
              <Route path="/m/:market/appeals">{({ market }) => <Appeals market={market} />}</Route>
              <Route path="/m/:market/appeals/:id">
                {({ market, id }) => <Appeal key={id} market={market} id={id} />}
              </Route>
              <Route>
                <Redirect to={`/m/${first.code}`} replace />
              </Route>
            </Switch>
          </MarketsContext>
        );
      }}
    </Region>
  );
}
