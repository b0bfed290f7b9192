import type { AuditState } from '../../contracts/audits.ts';

/** All states, what waits for a reviewer first. The contract's own list would bring its whole library. */
export const auditStates = Object.keys({
  submitted: true,
  'under-review': true,
  returned: true,
  approved: true,
  released: true,
  appealed: true,
  confirmed: true,
  amended: true,
  withdrawn: true,
} satisfies Record<AuditState, true>) as AuditState[];
