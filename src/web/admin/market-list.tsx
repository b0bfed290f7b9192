import { Link } from 'wouter';
import { marketName } from '../../core/format.ts';
import { Region } from '../office/region.tsx';
import { useTexts } from '../texts/texts.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { WorkRow } from '../ui/work-row.tsx';
import { AdminPage } from './page.tsx';

interface MarketRow {
  readonly code: string;
  readonly name: string;
  readonly languages: readonly string[];
  readonly timeZone: string;
}

/** All markets of the network. */
export function MarketList() {
  const t = useTexts();
  const markets = useAnswer<{ items: MarketRow[] }>('/markets');
  return (
    <AdminPage
      title={t('markets')}
      beside={<Link href="/admin/markets/new">{t('newMarket')}</Link>}
    >
      <Region of={markets}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t('noMarketsYet')}</p>
          ) : (
            <ul className="work">
              {items.map(({ code, name, languages, timeZone }) => (
                <WorkRow
                  key={code}
                  href={`/admin/markets/${code}`}
                  title={marketName({ code, name }, t.language)}
                  details={[languages.join(', '), timeZone]}
                  chip={code}
                />
              ))}
            </ul>
          )
        }
      </Region>
    </AdminPage>
  );
}
