import { call } from '../api.ts';
import { useTexts } from '../texts/texts.ts';
import { Field, Form } from '../ui/form.tsx';
import type { StepProps } from './decision-step.tsx';
import { Step } from './step.tsx';

/** Step 4: the award is published, and anybody can check it; it can be withdrawn with a reason. */
export function CertificateStep({ market, decision, house, onMove }: StepProps) {
  const t = useTexts();
  const path = `/markets/${market.code}/decisions/${decision?.id}`;
  const paperOf = (winner: string) =>
    `/api/v1${path}/certificate?winner=${encodeURIComponent(winner)}&language=${t.language}`;
  const isReady = decision?.state === 'confirmed' || decision?.state === 'published';
  return (
    <>
      <Step
        n={4}
        title={t('step.certificate')}
        state={!decision || !isReady ? 'locked' : decision.state === 'published' ? 'done' : 'open'}
        {...(isReady ? {} : { note: t('confirmFirst') })}
      >
        {decision?.state === 'confirmed' ? (
          <Form
            send={t('publish')}
            onSend={async () => {
              await call(`${path}/publish`, {});
              await onMove();
            }}
          >
            <p>
              {decision.embargoUntil
                ? t('publishFrom', { date: t.date(decision.embargoUntil) })
                : t('publishMore')}
            </p>
            {decision.winners.map((winner) => (
              <p key={winner}>
                <a href={paperOf(winner)}>
                  {t('previewCertificate', { house: house(winner).name })}
                </a>
              </p>
            ))}
          </Form>
        ) : null}
        <ul className="rows">
          {(decision?.certificates ?? []).map(({ code, dealer }) => (
            <li key={code}>
              <span>{house(dealer).name}</span>
              <span className="decide">
                <a href={paperOf(dealer)}>{t('pdf')}</a>
                <a href={`/verify/${code}`}>{t('certificate')}</a>
              </span>
            </li>
          ))}
        </ul>
      </Step>
      {decision ? (
        <li className="step">
          <details>
            <summary>{t('withdraw')}</summary>
            <Form
              isQuiet
              send={t('withdraw')}
              onSend={async ({ reason }) => {
                await call(`${path}/withdraw`, { reason });
                await onMove();
              }}
            >
              <p className="muted">{t('withdrawMore')}</p>
              <Field name="reason" label={t('reasonFor')} isLong />
            </Form>
          </details>
        </li>
      ) : null}
    </>
  );
}
