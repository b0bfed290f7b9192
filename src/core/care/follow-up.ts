import { addDays } from '../periods.ts';

/** A finished service whose customer is to be asked how it went. */
export interface FollowUp {
  /** Civil date of the service. */
  readonly service: string;
  /** Civil date of the first valid attempt to reach the customer. */
  readonly contact: string | null;
  /** The customer asked not to be contacted. */
  readonly isRefused: boolean;
}

export type FollowUpState = 'ok' | 'early' | 'late' | 'missed' | 'pending' | 'excluded';

/** Days after the service in which the contact is due (sources.md: three to five days). */
const due = { from: 3, to: 5 };

/**
 * Whether a customer was contacted three to five calendar days after the service.
 *
 * @param asOf civil date of today
 * @see methods.md, section 7
 * @example followUpState({ service: '2024-09-02', contact: '2024-09-05', isRefused: false }, '2024-09-30') // 'ok'
 */
export function followUpState(
  { service, contact, isRefused }: FollowUp,
  asOf: string,
): FollowUpState {
  if (isRefused) return 'excluded';
  if (contact === null || contact > asOf) {
    return asOf > addDays(service, due.to) ? 'missed' : 'pending';
  }
  if (contact < addDays(service, due.from)) return 'early';
  return contact > addDays(service, due.to) ? 'late' : 'ok';
}

/** Contacts in time out of those that were due; pending and excluded ones are left out. */
export function followUpShare(states: readonly FollowUpState[]): {
  readonly successes: number;
  readonly n: number;
} {
  const counted = states.filter((state) => state !== 'pending' && state !== 'excluded');
  return { successes: counted.filter((state) => state === 'ok').length, n: counted.length };
}
