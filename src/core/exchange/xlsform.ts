/**
 * What writing and reading an XLSForm share: names of languages, columns and companion rows. Weights
 * and scores travel as attributes of the binding in a namespace of ours, which other tools carry
 * along and ignore.
 * @see https://xlsform.org
 */

export const namespace = 'https://omotenashi.dev/xlsform/1';

/** Language columns as the tools of the field write them: `label::Polski (pl)`. */
export const languageNames = {
  en: 'English (en)',
  pl: 'Polski (pl)',
  zh: '中文 (zh)',
  it: 'Italiano (it)',
  ru: 'Русский (ru)',
  ja: '日本語 (ja)',
} as const;

/** A column of ours on a row of the survey. */
export const own = (field: string) => `bind::omotenashi:${field}`;

/** Rows beside an item that carry what an XLSForm question cannot: told by the end of their name. */
export const companions = {
  notApplicable: '__na',
  reason: '__reason',
  evidence: '__evidence',
  expectation: '__expectation',
  duty: '__duty',
  intro: '__intro',
} as const;

export const notApplicableChoice = 'not_applicable';

/** Words of the form's own controls. */
export const words = {
  yes: { en: 'Yes', pl: 'Tak', zh: '是', it: 'Sì', ru: 'Да', ja: 'はい' },
  no: { en: 'No', pl: 'Nie', zh: '否', it: 'No', ru: 'Нет', ja: 'いいえ' },
  notApplicable: {
    ...{ en: 'Not applicable', pl: 'Nie dotyczy', zh: '不适用' },
    ...{ it: 'Non applicabile', ru: 'Неприменимо', ja: '該当なし' },
  },
  reason: {
    ...{ en: 'Why is it not applicable?', pl: 'Dlaczego nie dotyczy?', zh: '为什么不适用？' },
    ...{ it: 'Perché non è applicabile?', ru: 'Почему неприменимо?', ja: '該当しない理由' },
  },
  evidence: {
    ...{ en: 'Evidence', pl: 'Dowód', zh: '证据', it: 'Prova', ru: 'Подтверждение', ja: '証拠' },
  },
} as const;

/** @example toItemId('Q1 - Greeted?') // 'q1_greeted' */
export function toItemId(name: string): string {
  const id = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 60);
  return /^[a-z]/.test(id) ? id : `q_${id}`.replace(/_+$/, '');
}

export const toSlug = (name: string) => toItemId(name).replaceAll('_', '-');
