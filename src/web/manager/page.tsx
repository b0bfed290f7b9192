import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { OfficePage } from '../office/page.tsx';
import { useTexts } from '../texts/texts.ts';
import { useMarket } from './markets.ts';

interface Props {
  readonly market: string;
  readonly title: string;
  readonly beside?: ReactNode;
  readonly children?: ReactNode;
}

/** A page of a manager: the places of one market. */
export function MarketPage({ market: code, title, beside, children }: Props) {
  const t = useTexts();
  const { market, markets } = useMarket(code);
  const [place, go] = useLocation();
  const base = `/m/${code}`;
  const places = [
    { href: base, title: t('overview'), isExact: true },
    // The houses are reached from the ranking.
    { href: `/m/${code}/ranking`, title: t('ranking'), also: `/m/${code}/dealers/` },
    { href: `/m/${code}/changes`, title: t('changesPage') },
    { href: `/m/${code}/what-if`, title: t('whatIf') },
    { href: `/m/${code}/award`, title: t('award') },
    { href: `/m/${code}/audits`, title: t('review') },
    { href: `/m/${code}/appeals`, title: t('appeals') },
    { href: `/m/${code}/complaints`, title: t('complaints') },
    { href: `/m/${code}/auditors`, title: t('auditors') },
    // Whoever sees all markets brings nothing into one.
    ...(market.roles.includes('market-manager')
      ? [
          { href: `/m/${code}/questionnaires`, title: t('questionnaires') },
          { href: `/m/${code}/imports`, title: t('imports') },
        ]
      : []),
    { href: `/m/${code}/exports`, title: t('exports') },
  ];
  const inPlace = places.findLast(({ href }) => place.startsWith(href))!;
  return (
    <OfficePage
      title={title}
      about={market.name}
      places={places}
      beside={beside}
      choice={
        markets.length > 1 ? (
          <label>
            <span className="unseen">{t('market')}</span>
            <select
              value={code}
              onChange={(event) => go(inPlace.href.replace(base, `/m/${event.target.value}`))}
            >
              {markets.map((each) => (
                <option key={each.code} value={each.code}>
                  {each.name}
                </option>
              ))}
            </select>
          </label>
        ) : (
          <span className="where">{market.name}</span>
        )
      }
    >
      {children}
    </OfficePage>
  );
}
