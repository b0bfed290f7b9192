import type { GateResult } from '../../contracts/awards.ts';
import type { Gate } from '../../contracts/programmes.ts';
import { epsilon } from '../audits/scoring.ts';
import { normalQuantile } from '../statistics/distributions.ts';

/** The value that a gate reads: `null` = no data; `note` passes a gate without a value. */
export interface GateValue {
  readonly value: number | null;
  readonly se?: number | undefined;
  readonly passNote?: string | undefined;
}

/**
 * One gate: pass, fail, open (no data, or too few for a sample gate) or waived. The boundary value
 * passes. A failed gate that is waived counts as met and shows as waived.
 * @see methods.md, section 6
 */
export function decideGate(
  gate: Gate,
  read: GateValue,
  waivedBecause: string | undefined,
): GateResult {
  const base = {
    gate: gate.id,
    metric: gate.metric,
    value: read.value,
    min: gate.min ?? null,
    max: gate.max ?? null,
    atRisk: isAtRisk(gate, read),
  };
  const met = isMet(gate, read);
  if (met === true)
    return { ...base, result: 'pass', note: read.value === null ? (read.passNote ?? null) : null };
  if (waivedBecause !== undefined) return { ...base, result: 'waived', note: waivedBecause };
  if (met === null || gate.kind === 'sample') return { ...base, result: 'open', note: null };
  return { ...base, result: 'fail', note: null };
}

function isMet(gate: Gate, { value, passNote }: GateValue): boolean | null {
  if (value === null) return passNote === undefined ? null : true;
  const reachesMin = gate.min === undefined || value >= gate.min - epsilon;
  const keepsMax = gate.max === undefined || value <= gate.max + epsilon;
  return reachesMin && keepsMax;
}

function isAtRisk(gate: Gate, { value, se }: GateValue): boolean {
  if (value === null || se === undefined || gate.kind === 'sample') return false;
  const reach = normalQuantile(0.9) * se;
  const low = gate.min !== undefined && value - reach < gate.min;
  const high = gate.max !== undefined && value + reach > gate.max;
  return low || high;
}

/** Where the gates leave a dealer: one failed disqualifies, an open one leaves the question open. */
export function qualification(gates: readonly GateResult[]): 'qualified' | 'disqualified' | 'open' {
  if (gates.some((gate) => gate.result === 'fail')) return 'disqualified';
  return gates.some((gate) => gate.result === 'open') ? 'open' : 'qualified';
}
