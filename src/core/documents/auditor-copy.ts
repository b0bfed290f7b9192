const hidden = new Set([
  'weight',
  'weights',
  'points',
  'critical',
  'bands',
  'linear',
  'scoring',
  'passMark',
  'good',
  'answers',
]);

/**
 * The auditor's copy of a checklist document: weights, points, criticality and what an item answers
 * are left out, so that nobody fills a form toward a score.
 *
 * @param document the canonical document, as plain data
 * @example auditorCopy({ items: [{ id: 'smile', weight: 3 }] }) // { items: [{ id: 'smile' }] }
 */
export function auditorCopy<Node>(document: Node): Node {
  if (Array.isArray(document)) return document.map((each) => auditorCopy(each)) as Node;
  if (document === null || typeof document !== 'object') return document;
  return Object.fromEntries(
    Object.entries(document)
      .filter(([key]) => !hidden.has(key))
      .map(([key, value]) => [key, auditorCopy(value)]),
  ) as Node;
}
