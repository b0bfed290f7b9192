import { Link } from 'wouter';
import type { DocumentSummary } from '../../contracts/checklists.ts';
import { textIn } from '../../core/format.ts';
import { Region } from '../office/region.tsx';
import { Table } from '../office/table.tsx';
import { useTexts } from '../texts/texts.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { AdminPage } from './page.tsx';

type Type = 'checklist' | 'programme';

/** All versions of checklists or programmes: drafts first, then by name, the newest version first. */
export function Documents({ type }: { readonly type: Type }) {
  const t = useTexts();
  const documents = useAnswer<{ documents: DocumentSummary[] }>(`/documents/${type}`);
  return (
    <AdminPage key={type} title={t(type === 'checklist' ? 'checklists' : 'programmes')}>
      <Region of={documents}>
        {(answer) => {
          const byId = Map.groupBy(answer.documents, ({ id }) => id);
          return (
            <Table
              label={t(type === 'checklist' ? 'checklists' : 'programmes')}
              head={[t('name'), t('versions'), ...(type === 'checklist' ? [t('changes')] : [])]}
            >
              <tbody>
                {[...byId.values()]
                  .toSorted((a, b) => Number(hasDraft(b)) - Number(hasDraft(a)))
                  .map((versions) => (
                    <Row key={versions[0]!.id} type={type} versions={versions} />
                  ))}
              </tbody>
            </Table>
          );
        }}
      </Region>
    </AdminPage>
  );
}

const hasDraft = (versions: readonly DocumentSummary[]) =>
  versions.some(({ state }) => state === 'draft');

interface RowProps {
  readonly type: Type;
  readonly versions: readonly DocumentSummary[];
}

function Row({ type, versions }: RowProps) {
  const t = useTexts();
  const { id, title } = versions[0]!;
  const sorted = versions.toSorted((a, b) => (a.version < b.version ? 1 : -1));
  return (
    <tr>
      <th scope="row">
        {textIn(title, t.language)} <small className="muted code">{id}</small>
      </th>
      <td>
        <ul className="plain-list">
          {sorted.map(({ version, state, publishedBy, createdBy }) => (
            <li key={version}>
              <Link href={`/admin/${type}s/${id}/${version}`}>{version}</Link>{' '}
              {t(`document.${state}`)}{' '}
              <small className="muted">
                {/* What came with the product was made by nobody here. */}
                {[createdBy, publishedBy].filter((each) => each && each !== 'release').join(' → ')}
              </small>
            </li>
          ))}
        </ul>
      </td>
      {type === 'checklist' ? (
        <td>
          {sorted.length > 1 ? (
            <Link
              href={`/admin/checklists/${id}/changes?from=${sorted[1]!.version}&to=${sorted[0]!.version}`}
            >
              {sorted[1]!.version} → {sorted[0]!.version}
            </Link>
          ) : null}
        </td>
      ) : null}
    </tr>
  );
}
