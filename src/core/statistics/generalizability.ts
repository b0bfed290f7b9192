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
 * Variance components of a design persons × (raters : tasks), complete but for the number of raters, which
 * may differ from task to task, by analysis of variance. Components may come out negative;
 * `decisionStudy` counts those as 0.
 *
 * @param scores persons × tasks × raters, the same tasks and raters for every person
 * @returns `null` with fewer than two persons or tasks, without a task of two raters, or with gaps
 * @see Brennan 2001, Generalizability Theory, 3.2 and 7.2; methods.md, 5.1
 */
export function nestedComponentsOf(
  scores: readonly (readonly (readonly number[])[])[],
): GeneralizabilityComponents | null {
  const sizes = scores[0]?.map((list) => list.length) ?? [];
  const [np, nt] = [scores.length, sizes.length];
  const all = sizes.reduce((sum, r) => sum + r, 0);
  const isComplete = scores.every(
    (tasks) => tasks.length === nt && tasks.every((list, t) => list.length === sizes[t]),
  );
  if (!isComplete || np < 2 || nt < 2 || all <= nt || sizes.includes(0)) return null;
  const mean = (list: readonly number[]) => list.reduce((sum, each) => sum + each, 0) / list.length;
  const squares = (list: readonly number[], centre: number) =>
    list.reduce((sum, each) => sum + (each - centre) ** 2, 0);
  const grand = mean(scores.flat(2));
  const persons = scores.map((tasks) => mean(tasks.flat()));
  const tasks = sizes.map((_, t) => mean(scores.flatMap((person) => person[t]!)));
  const raters = sizes.map((r, t) =>
    Array.from({ length: r }, (_, k) => mean(scores.map((person) => person[t]![k]!))),
  );
  const cells = scores.map((person) => person.map((list) => mean(list)));
  let ssTasks = 0;
  let ssRaters = 0;
  let ssByTasks = 0;
  let ssRest = 0;
  for (const [t, r] of sizes.entries()) {
    ssTasks += np * r * (tasks[t]! - grand) ** 2;
    ssRaters += np * squares(raters[t]!, tasks[t]!);
    for (let p = 0; p < np; p++) {
      ssByTasks += r * (cells[p]![t]! - persons[p]! - tasks[t]! + grand) ** 2;
      for (let k = 0; k < r; k++) {
        ssRest += (scores[p]![t]![k]! - cells[p]![t]! - raters[t]![k]! + tasks[t]!) ** 2;
      }
    }
  }
  const msPersons = (all * squares(persons, grand)) / (np - 1);
  const msTasks = ssTasks / (nt - 1);
  const msRaters = ssRaters / (all - nt);
  const msByTasks = ssByTasks / ((np - 1) * (nt - 1));
  const rest = ssRest / ((np - 1) * (all - nt));
  // How many raters a task stands for, in the expectations of the mean squares.
  const within = sizes.reduce((sum, r) => sum + r * r, 0) / all;
  const between = (all - within) / (nt - 1);
  const personsByTasks = (msByTasks - rest) / between;
  return {
    persons: (msPersons - rest - within * personsByTasks) / all,
    tasks: (msTasks - msRaters - msByTasks + rest) / (np * between),
    raters: (msRaters - rest) / np,
    personsByTasks,
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
