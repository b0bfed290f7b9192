import type { Answers } from '../../contracts/audits.ts';
import { type CommonGround, commonGround } from '../../core/indices/comparable.ts';
import { isInside, type Period } from '../../core/periods.ts';
import { type CountedAuditRow, listAnswers } from '../../db/evidence.ts';
import { compiledByNumber } from '../directory.ts';
import type { Act } from '../operation.ts';

/**
 * Audits of two periods as they can be compared: where checklist versions changed between them, scored
 * anew by the items that all versions share.
 */
export async function onCommonGround(
  act: Act,
  rows: readonly CountedAuditRow[],
  [before, after]: readonly [Period, Period],
): Promise<{
  readonly rows: readonly CountedAuditRow[];
  readonly items: CommonGround['items'] | null;
}> {
  const used = (period: Period) =>
    Promise.all(
      [
        ...new Set(
          rows.filter((row) => isInside(row.visitDate, period)).map(({ document }) => document),
        ),
      ].map(async (number) => ({
        number,
        ...(await compiledByNumber(act.context, act.tx, number)),
      })),
    );
  const ground = commonGround(await used(before), await used(after));
  if (!ground) return { rows, items: null };
  const answers = await listAnswers(
    act.tx,
    act.market.id,
    rows.map(({ id }) => id),
  );
  const none: Answers = {};
  return {
    rows: rows.flatMap((row) => {
      const score = ground.score(row.document, answers.get(row.id) ?? none);
      return score ? [{ ...row, score }] : [];
    }),
    items: ground.items,
  };
}
