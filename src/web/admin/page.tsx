import type { ReactNode } from 'react';
import { OfficePage } from '../office/page.tsx';
import { useTexts } from '../texts/texts.ts';

interface Props {
  readonly title: string;
  readonly beside?: ReactNode;
  readonly children?: ReactNode;
}

/** A page of an administrator. */
export function AdminPage({ title, beside, children }: Props) {
  const t = useTexts();
  return (
    <OfficePage
      title={title}
      about={t('administration')}
      places={[
        { href: '/admin/checklists', title: t('checklists') },
        { href: '/admin/programmes', title: t('programmes') },
        { href: '/admin/people', title: t('people') },
        { href: '/admin/markets', title: t('markets') },
        { href: '/admin/brand', title: t('brand') },
        { href: '/admin/log', title: t('log') },
      ]}
      choice={<span className="where">{t('administration')}</span>}
      beside={beside}
    >
      {children}
    </OfficePage>
  );
}
