import type { Answers } from '../../contracts/audits.ts';
import type { CompiledChecklist } from '../../core/audits/answers.ts';
import { toMicro } from '../../core/audits/scoring.ts';
import { packAnswers, type Questionnaire, scoreResponse } from '../../core/indices/responses.ts';
import type { ResponseImport } from '../../db/responses.ts';

/** What is stored of a customer's answers, whichever way they came. */
export function measureAnswers(
  { checklist, items }: CompiledChecklist,
  questionnaire: Questionnaire,
  answers: Answers,
): Pick<ResponseImport, 'items' | 'index_micro' | 'recommendation' | 'comments'> {
  const packed = packAnswers(questionnaire, answers);
  const { index } = scoreResponse(questionnaire, packed);
  const { recommendation } = checklist;
  const recommended = recommendation ? answers[recommendation]?.value : undefined;
  return {
    items: Buffer.from(packed).toString('hex'),
    index_micro: index === null ? null : toMicro(index),
    recommendation: typeof recommended === 'number' ? recommended : null,
    comments: [...items.values()]
      .filter((item) => item.type === 'text' && answers[item.id]?.value !== undefined)
      .map((item) => ({ item: item.id, text: String(answers[item.id]!.value) })),
  };
}
