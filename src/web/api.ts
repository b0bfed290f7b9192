/** One fault of what was sent: which it is, and what was expected, in English. */
export interface Fault {
  readonly code: string;
  readonly detail: string;
}

/** What is said of a refusal. */
export type Said = Pick<Refused, 'slug' | 'message' | 'detail' | 'fault'>;

/** A refusal as the service words it. */
export class Refused extends Error {
  readonly status: number;
  /** Which problem it is, by the last step of its type. */
  readonly slug: string;
  /** What the service says of this case beside the problem's own title, in English. */
  readonly detail: string | undefined;
  /** Faults by field: the last step of each pointer. */
  readonly faults: ReadonlyMap<string, Fault>;
  /** The fault, where there is but one. */
  readonly fault: Fault | undefined;
  /** Items of a checklist that were refused. */
  readonly items: ReadonlySet<string>;
  constructor(problem: {
    type?: string;
    status: number;
    title: string;
    detail?: string;
    errors?: readonly { pointer: string; code: string; detail: string }[];
  }) {
    const faults = new Map(
      (problem.errors ?? []).map((fault) => [fault.pointer.split('/').at(-1)!, fault]),
    );
    const items = (problem.errors ?? []).flatMap(
      ({ pointer }) => /^\/answers\/([^/]+)/.exec(pointer)?.[1] ?? [],
    );
    const [only] = faults.size === 1 ? [...faults.values()] : [];
    super(asSentence(problem.detail ?? only?.detail ?? problem.title));
    this.slug = problem.type?.split('/').at(-1) ?? '';
    this.detail = problem.detail;
    this.fault = problem.detail === undefined ? only : undefined;
    this.status = problem.status;
    this.faults = faults;
    this.items = new Set(items);
  }
}

export const asSentence = (text: string) => text[0]!.toUpperCase() + text.slice(1);

/** Asks the service, or posts. @throws Refused, also where it cannot be reached */
export function call<Output>(path: string, body?: object): Promise<Output> {
  return send(body === undefined ? 'GET' : 'POST', path, body);
}

/** Calls the service; bytes go as they are, all else as JSON. @throws Refused */
export async function send<Output>(
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: object,
): Promise<Output> {
  const isBytes = body instanceof Blob;
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      ...(body === undefined
        ? {}
        : {
            headers: { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' },
            body: isBytes ? body : JSON.stringify(body),
          }),
    });
  } catch {
    throw new Refused({
      type: 'unreachable',
      status: 0,
      title: 'The service cannot be reached. Nothing was changed; please try again.',
    });
  }
  const answer: unknown = await response.json().catch(() => ({}));
  if (response.ok) return answer as Output;
  throw new Refused({
    type: 'unexpected',
    title: 'Something went wrong on our side. Nothing was changed; please try again.',
    ...(answer as object),
    status: response.status,
  });
}
