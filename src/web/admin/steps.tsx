import type { DocumentSummary } from '../../contracts/checklists.ts';
import { call } from '../api.ts';
import { useTexts } from '../texts/texts.ts';
import { Form } from '../ui/form.tsx';

interface StepsProps {
  readonly type: 'checklist' | 'programme';
  readonly summary: DocumentSummary;
  readonly isChanged: boolean;
  readonly onMove: () => Promise<void>;
}

/** Publishing takes a second person; retiring ends new work under a version. */
export function Steps({ type, summary, isChanged, onMove }: StepsProps) {
  const t = useTexts();
  const path = `/documents/${type}/${summary.id}/${summary.version}`;
  if (isChanged) return null;
  if (summary.state === 'draft') {
    return (
      <Form
        send={t('publish')}
        onSend={async () => {
          await call(`${path}/publish`, {});
          await onMove();
        }}
      >
        <p className="muted">{t('publishDocument', { who: summary.createdBy })}</p>
      </Form>
    );
  }
  if (summary.state !== 'published') return null;
  return (
    <details>
      <summary>{t('retire')}</summary>
      <Form
        isQuiet
        send={t('retire')}
        onSend={async () => {
          await call(`${path}/retire`, {});
          await onMove();
        }}
      >
        <p className="muted">{t('retireMore')}</p>
      </Form>
    </details>
  );
}
