import { HouseName } from '../office/house-name.tsx';
import { useHouses } from '../office/houses.ts';
import { Region } from '../office/region.tsx';
import { useTexts } from '../texts/texts.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { WorkRow } from '../ui/work-row.tsx';
import { useMarket } from './markets.ts';
import { MarketPage } from './page.tsx';

export interface AppealRow {
  readonly id: string;
  readonly auditId: string;
  readonly dealer: string;
  readonly state: 'open' | 'confirmed' | 'amended';
  readonly filedAt: string;
  readonly items: number;
}

/** Appeals of a market's houses: the open ones first. */
export function Appeals({ market: code }: { readonly market: string }) {
  const t = useTexts();
  const { market } = useMarket(code);
  const house = useHouses(code);
  const appeals = useAnswer<{ items: AppealRow[] }>(`/markets/${code}/appeals`);
  return (
    <MarketPage market={code} title={t('appeals')}>
      <Region of={appeals}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t('noAppeals')}</p>
          ) : (
            <ul className="work">
              {items
                .toSorted((a, b) => Number(b.state === 'open') - Number(a.state === 'open'))
                .map((appeal) => (
                  <WorkRow
                    key={appeal.id}
                    href={`/m/${code}/appeals/${appeal.id}`}
                    title={<HouseName house={house(appeal.dealer)} />}
                    details={[
                      t('appealOf', { n: appeal.items }),
                      t.moment(appeal.filedAt, market.timeZone),
                    ]}
                    chip={t(`appeal.${appeal.state}`)}
                  />
                ))}
            </ul>
          )
        }
      </Region>
    </MarketPage>
  );
}
