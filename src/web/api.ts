/** A refusal as the service words it. */
export class Refused extends Error {
  readonly status: number;
  /** Faults by field: the last step of each pointer. */
  readonly faults: ReadonlyMap<string, string>;
  constructor(problem: {
    status: number;
    title: string;
    detail?: string;
    errors?: readonly { pointer: string; detail: string }[];
  }) {
    const faults = new Map(
      (problem.errors ?? []).map(({ pointer, detail }) => [pointer.split('/').at(-1)!, detail]),
    );
    const [only] = [...faults.values()];
    super(asSentence(problem.detail ?? (faults.size === 1 ? only! : problem.title)));
    this.status = problem.status;
    this.faults = faults;
  }
}

export const asSentence = (text: string) => text[0]!.toUpperCase() + text.slice(1);

/** Calls the service. @throws Refused, also where it cannot be reached */
export async function call<Output>(path: string, body?: object): Promise<Output> {
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
  } catch {
    throw new Refused({
      status: 0,
      title: 'The service cannot be reached. Nothing was changed; please try again.',
    });
  }
  const answer: unknown = await response.json().catch(() => ({}));
  if (response.ok) return answer as Output;
  throw new Refused({
    title: 'Something went wrong on our side. Nothing was changed; please try again.',
    ...(answer as object),
    status: response.status,
  });
}
