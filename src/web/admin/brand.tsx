import { useState } from 'react';
import type { Brand } from '../../contracts/brand.ts';
import { send } from '../api.ts';
import { Region } from '../office/region.tsx';
import { useTexts } from '../texts/texts.ts';
import { Field, Form } from '../ui/form.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { AdminPage } from './page.tsx';

/** What stands on scorecards, reports and certificates. */
export function BrandPage() {
  const t = useTexts();
  const brand = useAnswer<Brand>('/brand');
  return (
    <AdminPage title={t('brand')}>
      <Region of={brand}>{(found) => <Settings of={found} />}</Region>
    </AdminPage>
  );
}

function Settings({ of }: { readonly of: Brand }) {
  const t = useTexts();
  const [isSaved, setSaved] = useState(false);
  return (
    <Form
      send={t('saveBrand')}
      onSend={async ({ name, signatories }) => {
        setSaved(false);
        await send('PUT', '/brand', {
          name,
          signatories: (signatories ?? '')
            .split('\n')
            .map((each) => each.trim())
            .filter(Boolean),
        });
        setSaved(true);
      }}
    >
      <p>{t('brandMore')}</p>
      <Field name="name" label={t('brandName')} defaultValue={of.name} />
      <Field
        name="signatories"
        label={t('signatories')}
        hint={t('signatoriesMore')}
        isLong
        defaultValue={of.signatories.join('\n')}
      />
      <p role="status">{isSaved ? t('brandSaved') : ''}</p>
    </Form>
  );
}
