import { useTexts } from '../texts/texts.ts';
import { Help, type Topic } from '../ui/help.tsx';
import { OfficePage } from './page.tsx';

const figures: readonly Topic[] = ['index', 'range', 'change', 'few'];

/** What each desk asks first. */
const asked = {
  m: [...figures, 'gate', 'frozen', 'keyboard', 'ask'],
  d: [...figures, 'gate', 'appeal', 'keyboard', 'ask'],
  admin: ['version', 'second', 'locked', 'keyboard'],
} as const satisfies Readonly<Record<string, readonly Topic[]>>;

/** Short answers for managers, dealers and administrators. */
export function OfficeHelp({ desk }: { readonly desk: keyof typeof asked }) {
  const t = useTexts();
  return (
    <OfficePage
      title={t('help')}
      about="Omotenashi"
      places={[]}
      beside={<a href={`/${desk}/`}>{t('back')}</a>}
    >
      <Help of={asked[desk]} />
    </OfficePage>
  );
}
