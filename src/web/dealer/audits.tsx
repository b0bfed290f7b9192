import { HouseAudits } from '../office/house-audits.tsx';
import { useTexts } from '../texts/texts.ts';
import type { House } from './houses.ts';
import { HousePage } from './page.tsx';

/** Released audits of a house, the newest first. */
export function Audits({ market, dealer }: House) {
  const t = useTexts();
  return (
    <HousePage {...{ market, dealer }} title={t('audits')}>
      <HouseAudits
        {...{ market, dealer }}
        place={`/d/${market}/${dealer}/audits`}
        empty={t('noReleased')}
        title={({ visitDate }) => t.month(visitDate)}
      />
    </HousePage>
  );
}
