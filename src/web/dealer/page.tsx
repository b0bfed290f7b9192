import { type ReactNode, useContext } from 'react';
import { useLocation } from 'wouter';
import { useHouses } from '../office/houses.ts';
import { OfficePage } from '../office/page.tsx';
import { useTexts } from '../texts/texts.ts';
import { type House, HousesContext } from './houses.ts';

interface Props extends House {
  readonly title: string;
  readonly beside?: ReactNode;
  readonly children?: ReactNode;
}

/** A page of a house. */
export function HousePage({ market, dealer, title, beside, children }: Props) {
  const t = useTexts();
  const houses = useContext(HousesContext);
  const named = useHouses(market);
  const [, go] = useLocation();
  const base = `/d/${market}/${dealer}`;
  return (
    <OfficePage
      title={title}
      about={named(dealer).name}
      places={[
        { href: base, title: t('scorecard'), isExact: true },
        { href: `${base}/trends`, title: t('part.trends') },
        { href: `${base}/audits`, title: t('audits') },
        ...(houses.some((own) => own.isPrincipal && own.market === market && own.dealer === dealer)
          ? [{ href: `${base}/people`, title: t('people') }]
          : []),
      ]}
      beside={beside}
      choice={
        houses.length > 1 ? (
          <label>
            <span className="unseen">{t('house')}</span>
            <select
              value={`${market}/${dealer}`}
              onChange={(event) => go(`/d/${event.target.value}`)}
            >
              {houses.map((each) => (
                <option key={`${each.market}/${each.dealer}`}>
                  {each.market}/{each.dealer}
                </option>
              ))}
            </select>
          </label>
        ) : (
          <span className="where">{named(dealer).name}</span>
        )
      }
    >
      {children}
    </OfficePage>
  );
}
