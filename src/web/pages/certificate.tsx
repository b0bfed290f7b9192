import { useParams } from 'wouter';
import { Frame } from '../ui/frame.tsx';
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

const day = new Intl.DateTimeFormat('en', { dateStyle: 'long' });
const when = (instant: string) => day.format(new Date(instant));

/** Whether a certificate stands. For anybody who holds one; there are no scores here. */
export function Certificate() {
  const { code = '' } = useParams<{ code: string }>();
  const { answer, refusal } = useAnswer<CertificateView>(
    `/certificates/${encodeURIComponent(code)}`,
  );
  if (refusal) {
    return (
      <Frame title="No such certificate">
        <p>
          {refusal.status === 404
            ? `No award was published under the code ${code}. Please compare it with the certificate, letter by letter.`
            : refusal.message}
        </p>
      </Frame>
    );
  }
  if (!answer) return <Frame title="One moment" />;
  const isValid = answer.state === 'valid';
  return (
    <Frame title={isValid ? 'This award is valid' : 'This award was withdrawn'}>
      <p className={isValid ? 'notice ok' : 'notice bad'} role="status">
        {isValid
          ? `✓ ${answer.award} ${answer.period}, awarded to ${answer.dealer}.`
          : `${answer.award} ${answer.period} was withdrawn from ${answer.dealer} on ${when(answer.withdrawnAt!)}.`}
      </p>
      <dl>
        <dt>Dealer</dt>
        <dd>{answer.dealer}</dd>
        <dt>Market</dt>
        <dd>{answer.market}</dd>
        <dt>Award</dt>
        <dd>
          {answer.award}, {answer.period}
        </dd>
        <dt>Published</dt>
        <dd>{when(answer.issuedAt)}</dd>
        <dt>Code</dt>
        <dd>{answer.code}</dd>
        <dt>Signed by key</dt>
        <dd>
          <code>{answer.keyId}</code>
        </dd>
        <dt>SHA-256 of what was signed</dt>
        <dd>
          <code>{answer.statementSha256}</code>
        </dd>
      </dl>
    </Frame>
  );
}
