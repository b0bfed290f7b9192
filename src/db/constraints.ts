import {
  databaseAway,
  inputRefused,
  type Problem,
  stateConflict,
  storageFull,
} from '../contracts/problems.ts';

/**
 * What a violated rule of the database means to the user, by the name of the constraint. The
 * database is the last judge; these are the cases that two requests at once can reach.
 */
const meanings: Readonly<Record<string, string>> = {
  markets_code_unique: 'a market with this code exists already',
  people_code_unique: 'a person with this code exists already',
  grants_unique: 'this person has this grant already',
  grants_role_known: 'this role is not known',
  grants_scope_fits_role: 'the scope does not fit the role',
  grants_principal_of_house: 'only a dealer can be the principal of a house',
  accounts_email_unique: 'this address has an account already',
  legal_holds_kind_known: 'this kind of hold is not known',
  links_purpose_known: 'this kind of link is not known',
  grant_requests_second_person: 'a role takes a second person',
  documents_version_unique: 'this version is stored already',
  documents_state_known: 'this state is not known',
  documents_second_person: 'publishing takes a second person',
  dealers_code_unique: 'a dealer with this code exists already',
  dealer_attributes_dealer_fk: 'there is no such dealer',
  staff_members_code_unique: 'a staff member with this code exists already',
  staff_members_dealer_fk: 'there is no such dealer',
  staff_names_staff_fk: 'there is no such staff member',
  figures_dealer_fk: 'there is no such dealer',
  figures_period_forward: 'a period ends after it begins',
  figures_currency_for_amounts: 'an amount has a currency, other figures have none',
  complaints_code_unique: 'a complaint with this code exists already',
  complaints_dealer_fk: 'there is no such dealer',
  complaints_concerned_dealer_fk: 'there is no such dealer',
  repairs_code_unique: 'a workshop job with this code exists already',
  repairs_dealer_fk: 'there is no such dealer',
  complaint_customers_complaint_fk: 'there is no such complaint',
  assignments_dealer_fk: 'there is no such dealer',
  assignments_window_forward: 'a window ends after it begins',
  audits_dealer_fk: 'there is no such dealer',
  audits_assignment_fk: 'there is no such assignment',
  audits_state_known: 'this state is not known',
  audit_revisions_audit_fk: 'there is no such audit',
  appeals_audit_fk: 'there is no such audit',
  appeals_state_known: 'this state is not known',
  responses_dealer_fk: 'there is no such dealer',
  survey_links_dealer_fk: 'there is no such dealer',
  survey_links_staff_fk: 'there is no such staff member',
  responses_staff_fk: 'there is no such staff member',
  responses_reference_unique: 'a response to this visit is stored already',
  response_comments_response_fk: 'there is no such response',
  decisions_one_a_period: 'this market has a decision under this programme already',
  audits_assignment_unique: 'this assignment has its audit already',
  decisions_state_known: 'this state is not known',
  decision_steps_decision_fk: 'there is no such decision',
  waivers_dealer_fk: 'there is no such dealer',
  past_decisions_dealer_fk: 'there is no such dealer',
  exports_state_known: 'this state is not known',
  scorecards_dealer_fk: 'there is no such dealer',
  scorecards_view_unique: 'this scorecard is released already',
};

/** Names that have a meaning, for the test that compares them with the catalogue. */
export const namedConstraints: readonly string[] = Object.keys(meanings);

interface DriverError {
  readonly code?: string;
  /** PGlite's field. */
  readonly constraint?: string;
  /** postgres.js's field. */
  readonly constraint_name?: string;
}

/** The problem behind an error of the database, or `undefined` where it is no fault of the user's. */
export function problemOf(error: unknown): Problem | undefined {
  const cause = ((error as { cause?: unknown })?.cause ?? error) as DriverError;
  const name = cause?.constraint ?? cause?.constraint_name;
  if (cause?.code === '23505') {
    const meaning = (name && meanings[name]) ?? 'this exists already';
    return stateConflict({ what: 'record', state: meaning, allowed: [] }, meaning);
  }
  if (name && meanings[name]) {
    return inputRefused({ errors: [{ pointer: '', code: name, detail: meanings[name] }] });
  }
  if (cause?.code?.startsWith('22')) {
    return inputRefused({
      errors: [{ pointer: '', code: cause.code, detail: 'a value that the database cannot hold' }],
    });
  }
  if (cause?.code === '53100' || cause?.code === 'ENOSPC') return storageFull({});
  if (isAway(cause?.code)) return databaseAway({});
  return undefined;
}

function isAway(code: string | undefined): boolean {
  if (code === undefined) return false;
  return (
    /^(08|57P)/.test(code) ||
    [
      'ECONNREFUSED',
      'ECONNRESET',
      'CONNECTION_CLOSED',
      'CONNECTION_ENDED',
      'CONNECT_TIMEOUT',
      'CONNECTION_DESTROYED',
    ].includes(code)
  );
}
