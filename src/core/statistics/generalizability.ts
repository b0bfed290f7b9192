/** Variances of a score by what it depends on: persons × (raters within tasks). */
export interface GeneralizabilityComponents {
  /** Between persons (houses): what is to be told apart. */
  readonly persons: number;
  /** Between tasks (occasions), the same for all persons. */
  readonly tasks: number;
  /** Between raters of one task. */
  readonly raters: number;
  readonly personsByTasks: number;
  /** Persons by raters within tasks, and error. */
  readonly rest: number;
}

/**
 * Variance components of a complete design persons × (raters : tasks), by analysis of variance.
 * Components may come out negative; `decisionStudy` counts those as 0.
 *
 * @param scores persons × tasks × raters, the same numbers everywhere
 * @returns `null` with fewer than two persons, tasks or raters, or with gaps
 * @see Brennan 2001, Generalizability Theory, 3.2; methods.md, 5.1
 */
export function nestedComponentsOf(
  scores: readonly (readonly (readonly number[])[])[],
): GeneralizabilityComponents | null {
  const [np, nt, nr] = [scores.length, scores[0]?.length ?? 0, scores[0]?.[0]?.length ?? 0];
  const isComplete = scores.every(
    (tasks) => tasks.length === nt && tasks.every((raters) => raters.length === nr),
  );
  if (!isComplete || np < 2 || nt < 2 || nr < 2) return null;
  const mean = (list: readonly number[]) => list.reduce((sum, each) => sum + each, 0) / list.length;
  const squares = (list: readonly number[], centre: number) =>
    list.reduce((sum, each) => sum + (each - centre) ** 2, 0);
  const grand = mean(scores.flat(2));
  const persons = scores.map((tasks) => mean(tasks.flat()));
  const tasks = Array.from({ length: nt }, (_, t) => mean(scores.flatMap((person) => person[t]!)));
  const raters = tasks.map((_, t) =>
    Array.from({ length: nr }, (_, r) => mean(scores.map((person) => person[t]![r]!))),
  );
  const cells = scores.map((person) => person.map((list) => mean(list)));
  let byTasks = 0;
  let byRaters = 0;
  for (let p = 0; p < np; p++) {
    for (let t = 0; t < nt; t++) {
      byTasks += (cells[p]![t]! - persons[p]! - tasks[t]! + grand) ** 2;
      for (let r = 0; r < nr; r++) {
        byRaters += (scores[p]![t]![r]! - cells[p]![t]! - raters[t]![r]! + tasks[t]!) ** 2;
      }
    }
  }
  const msPersons = (nt * nr * squares(persons, grand)) / (np - 1);
  const msTasks = (np * nr * squares(tasks, grand)) / (nt - 1);
  const msRaters =
    (np * tasks.reduce((sum, task, t) => sum + squares(raters[t]!, task), 0)) / (nt * (nr - 1));
  const msByTasks = (nr * byTasks) / ((np - 1) * (nt - 1));
  const rest = byRaters / ((np - 1) * nt * (nr - 1));
  return {
    persons: (msPersons - msByTasks) / (nt * nr),
    tasks: (msTasks - msRaters - msByTasks + rest) / (np * nr),
    raters: (msRaters - rest) / np,
    personsByTasks: (msByTasks - rest) / nr,
    rest,
  };
}

/** How far a mean over some tasks and raters can be relied on. */
export interface Dependability {
  /** Of differences between persons who met the same tasks and raters: Eρ², 0 to 1. */
  readonly relative: number;
  /** Of the score itself: Φ, 0 to 1. */
  readonly absolute: number;
  readonly relativeError: number;
  readonly absoluteError: number;
}

/**
 * What a plan of so many tasks with so many raters each would give. Negative components count as 0.
 *
 * @returns `null` where persons do not differ and there is no error either
 * @see Brennan 2001, 3.2; methods.md, 5.1
 */
export function decisionStudy(
  components: GeneralizabilityComponents,
  { tasks, raters }: { readonly tasks: number; readonly raters: number },
): Dependability | null {
  const at = (key: keyof GeneralizabilityComponents) => Math.max(0, components[key]);
  const relativeError = at('personsByTasks') / tasks + at('rest') / (tasks * raters);
  const absoluteError = relativeError + at('tasks') / tasks + at('raters') / (tasks * raters);
  const persons = at('persons');
  if (!(persons + relativeError > 0)) return null;
  return {
    relative: persons / (persons + relativeError),
    absolute: persons / (persons + absoluteError),
    relativeError,
    absoluteError,
  };
}
