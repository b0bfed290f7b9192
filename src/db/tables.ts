/**
 * The kind of every table (trust.md S5): tenant tables carry `market_id` first and have row-level
 * security; reference tables are the same for all markets; local tables stay on one node.
 * A test fails where a table has no kind.
 */
export const tableKinds = {
  markets: 'reference',
  groups: 'reference',
  people: 'reference',
  grants: 'reference',
  tokens: 'reference',
  accounts: 'reference',
  passkeys: 'reference',
  sessions: 'reference',
  links: 'reference',
  identities: 'reference',
  challenges: 'reference',
  attempts: 'reference',
  grant_requests: 'reference',
  certificates: 'reference',
  legal_holds: 'reference',
  documents: 'reference',
  brand: 'reference',
  dealers: 'tenant',
  dealer_attributes: 'tenant',
  staff_members: 'tenant',
  staff_names: 'tenant',
  figures: 'tenant',
  complaints: 'tenant',
  complaint_customers: 'tenant',
  repairs: 'tenant',
  assignments: 'tenant',
  drafts: 'tenant',
  audits: 'tenant',
  audit_revisions: 'tenant',
  files: 'tenant',
  appeals: 'tenant',
  responses: 'tenant',
  survey_links: 'tenant',
  response_history: 'tenant',
  response_comments: 'tenant',
  blocks: 'tenant',
  cells: 'tenant',
  dirty_months: 'tenant',
  decisions: 'tenant',
  decision_steps: 'tenant',
  waivers: 'tenant',
  past_decisions: 'tenant',
  scorecards: 'tenant',
  exports: 'tenant',
  chain_heads: 'tenant',
  evidence_versions: 'local',
  events: 'tenant',
} as const;

/** Tables that are granted INSERT and SELECT only (S14). */
export const appendOnlyTables = [
  'audit_revisions',
  'files',
  'response_history',
  'decision_steps',
  'events',
] as const;

/** What lives for minutes or days and opens doors: no copy of the database holds it. */
export const briefTables: ReadonlySet<string> = new Set([
  'sessions',
  'links',
  'challenges',
  'attempts',
]);
