import { useParams } from 'wouter';
import { useTexts } from '../texts/texts.ts';
import { Frame } from '../ui/frame.tsx';
import { refusedInWords } from '../ui/refused.ts';
import { useAnswer } from '../ui/use-answer.ts';

interface CertificateView {
  readonly code: string;
  readonly dealer: string;
  readonly market: string;
  readonly award: string;
  readonly period: string;
  readonly issuedAt: string;
  readonly state: 'valid' | 'withdrawn';
  readonly withdrawnAt: string | null;
  readonly statementSha256: string;
  readonly keyId: string;
}

/** Whether a certificate stands. For anybody who holds one; there are no scores here. */
export function Certificate() {
  const t = useTexts();
  const { code = '' } = useParams<{ code: string }>();
  const { answer, refusal } = useAnswer<CertificateView>(
    `/certificates/${encodeURIComponent(code)}`,
  );
  if (refusal) {
    return (
      <Frame title={t('noCertificate')}>
        <p>
          {refusal.status === 404 ? t('noCertificateMore', { code }) : refusedInWords(refusal, t)}
        </p>
      </Frame>
    );
  }
  if (!answer) return <Frame title={t('oneMoment')} />;
  const isValid = answer.state === 'valid';
  return (
    <Frame title={t(isValid ? 'awardValid' : 'awardWithdrawn')}>
      <p className={isValid ? 'notice ok' : 'notice bad'} role="status">
        {isValid
          ? t('awardedTo', { award: answer.award, period: answer.period, dealer: answer.dealer })
          : t('withdrawnFrom', {
              award: answer.award,
              period: answer.period,
              dealer: answer.dealer,
              date: t.date(answer.withdrawnAt!.slice(0, 10)),
            })}
      </p>
      <dl>
        <dt>{t('cert.dealer')}</dt>
        <dd>{answer.dealer}</dd>
        <dt>{t('cert.market')}</dt>
        <dd>{answer.market}</dd>
        <dt>{t('cert.award')}</dt>
        <dd>
          {answer.award}, {answer.period}
        </dd>
        <dt>{t('cert.published')}</dt>
        <dd>{t.date(answer.issuedAt.slice(0, 10))}</dd>
        <dt>{t('cert.code')}</dt>
        <dd>{answer.code}</dd>
        <dt>{t('cert.key')}</dt>
        <dd>
          <code>{answer.keyId}</code>
        </dd>
        <dt>{t('cert.hash')}</dt>
        <dd>
          <code>{answer.statementSha256}</code>
        </dd>
      </dl>
    </Frame>
  );
}
