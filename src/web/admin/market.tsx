import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { MarketSettings } from '../../contracts/markets.ts';
import { marketName } from '../../core/format.ts';
import { call } from '../api.ts';
import { Region } from '../office/region.tsx';
import { useTexts } from '../texts/texts.ts';
import { Choice, Field, Form } from '../ui/form.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { AdminPage } from './page.tsx';

/** A market's settings; without a code a new market. */
export function Market({ code }: { readonly code: string | undefined }) {
  const t = useTexts();
  const settings = useAnswer<MarketSettings>(`/markets/${code}`, code !== undefined);
  return (
    <AdminPage
      title={
        settings.answer
          ? marketName(settings.answer, t.language)
          : t(code === undefined ? 'newMarket' : 'market')
      }
      beside={<Link href="/admin/markets">{t('back')}</Link>}
    >
      {code === undefined ? (
        <Settings of={undefined} />
      ) : (
        <Region of={settings}>{(found) => <Settings of={found} />}</Region>
      )}
    </AdminPage>
  );
}

function Settings({ of }: { readonly of: MarketSettings | undefined }) {
  const t = useTexts();
  const [, go] = useLocation();
  const [isSaved, setSaved] = useState(false);
  const [weekend, setWeekend] = useState<readonly number[]>(of?.weekend ?? [6, 7]);
  const days = new Intl.DateTimeFormat(t.language, { weekday: 'long', timeZone: 'UTC' });
  const zones = Intl.supportedValuesOf('timeZone');
  const known = of && !zones.includes(of.timeZone) ? [of.timeZone, ...zones] : zones;
  return (
    <Form
      send={t('saveMarket')}
      onSend={async (values) => {
        setSaved(false);
        const { code = of?.code, staff_named, appeal_days, ...rest } = values;
        const row = {
          ...rest,
          code,
          weekend: weekend.join(' '),
          appeal_days: appeal_days ?? '',
          staff_named: staff_named ? 'yes' : 'no',
        };
        await call('/markets', { rows: [row] });
        setSaved(true);
        if (!of) go(`/admin/markets/${code}`);
      }}
    >
      <p>{t('marketMore')}</p>
      {of ? null : <Field name="code" label={t('marketCode')} hint={t('marketCodeMore')} />}
      <Field name="name" label={t('marketName')} defaultValue={of?.name} />
      <Field
        name="languages"
        label={t('marketLanguages')}
        hint={t('marketLanguagesMore')}
        defaultValue={(of?.languages ?? ['en']).join(' ')}
      />
      <Choice
        name="time_zone"
        label={t('timeZone')}
        defaultValue={of?.timeZone ?? 'Europe/Warsaw'}
        options={known.map((zone) => [zone, zone.replaceAll('_', ' ')])}
      />
      <fieldset className="days">
        <legend>{t('weekend')}</legend>
        {[1, 2, 3, 4, 5, 6, 7].map((day) => (
          <label key={day} className="pick">
            <input
              type="checkbox"
              checked={weekend.includes(day)}
              onChange={(event) =>
                setWeekend(
                  event.target.checked
                    ? [...weekend, day].sort()
                    : weekend.filter((each) => each !== day),
                )
              }
            />
            {/* 1 January 2024 was a Monday. */}
            <span>{days.format(Date.UTC(2024, 0, day))}</span>
          </label>
        ))}
      </fieldset>
      <Field
        name="holidays"
        label={t('holidays')}
        hint={t('daysList')}
        defaultValue={of?.holidays.join(' ')}
        isLong
      />
      <Field
        name="extra_working_days"
        label={t('extraWorkingDays')}
        hint={t('daysList')}
        defaultValue={of?.extraWorkingDays.join(' ')}
        isLong
      />
      <Field
        name="appeal_days"
        label={t('appealDays')}
        hint={t('appealDaysMore')}
        inputMode="numeric"
        defaultValue={of?.appealDays ?? 14}
      />
      <label className="pick">
        <input
          type="checkbox"
          name="staff_named"
          value="yes"
          defaultChecked={of?.staffNamed ?? false}
        />
        <span>{t('staffNamed')}</span>
      </label>
      <p role="status">{isSaved ? t('marketSaved') : ''}</p>
    </Form>
  );
}
