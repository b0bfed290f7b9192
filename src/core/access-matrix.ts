import type { Role } from '../contracts/people.ts';

/**
 * How far a role sees and acts through an operation:
 * - `network`: every market;
 * - `market`: the markets of its grants;
 * - `own`: within that, its own assignments and audits, or its own house;
 * - `released`: its own house, once released.
 */
export type Reach = 'network' | 'market' | 'own' | 'released';

/** Roles that may call an operation, most powerful first: the first grant that fits is the one that acts. */
export type AccessRule = Readonly<Partial<Record<Role, Reach>>>;

const managers = { 'network-manager': 'network', 'market-manager': 'market' } as const;
const marketManager = { 'market-manager': 'market' } as const;
const documentKeepers = { administrator: 'network', 'network-manager': 'network' } as const;
const importers = { 'market-manager': 'market', administrator: 'network' } as const;
const scorecardReaders = { ...managers, dealer: 'released' } as const;
const administrator = { administrator: 'network' } as const;
const oneself = {
  administrator: 'own',
  'network-manager': 'own',
  'market-manager': 'own',
  auditor: 'own',
  dealer: 'own',
} as const;
const all = {
  administrator: 'network',
  'network-manager': 'network',
  'market-manager': 'market',
  auditor: 'market',
  dealer: 'own',
} as const;

/**
 * Who may call what: the one matrix behind the guard, the generated test and `docs/access.md`. An
 * operation that is not named here cannot be defined, so the service does not start with it.
 *
 * @see model.md, "Who may do what"
 */
export const accessMatrix = {
  // The owner of the machine alone, by the command line.
  'backup.make': {},
  'backup.restore': {},
  'markets.list': all,
  'markets.get': { administrator: 'network', ...managers },
  'dealers.list': all,
  'dealers.get': all,
  'documents.save': documentKeepers,
  'documents.publish': documentKeepers,
  'documents.retire': documentKeepers,
  'documents.list': all,
  'documents.get': all,
  'documents.compare': { administrator: 'network', ...managers },
  'documents.export': all,
  'documents.convert': { administrator: 'network', ...managers },
  'assignments.offer': marketManager,
  'assignments.move': { ...marketManager, auditor: 'own' },
  'assignments.list': { ...marketManager, auditor: 'own' },
  'drafts.keep': { auditor: 'own' },
  'drafts.list': { auditor: 'own' },
  'audits.submit': { ...marketManager, auditor: 'own' },
  'audits.list': { ...managers, auditor: 'own', dealer: 'released' },
  'audits.get': { ...managers, auditor: 'own', dealer: 'released' },
  'audits.pdf': { ...managers, dealer: 'released' },
  'audits.take-up': marketManager,
  'audits.approve': marketManager,
  'audits.return': marketManager,
  'audits.correct': { ...marketManager, auditor: 'own' },
  'audits.release': marketManager,
  'audits.withdraw': marketManager,
  'audits.amend': marketManager,
  'appeals.file': { dealer: 'released' },
  'appeals.get': { ...managers, dealer: 'own' },
  'appeals.list': { ...managers, dealer: 'own' },
  'appeals.preview': marketManager,
  'appeals.decide': marketManager,
  'files.upload': { ...marketManager, auditor: 'own', dealer: 'own' },
  'files.get': { ...managers, auditor: 'own' },
  'imports.file': importers,
  'imports.rows': importers,
  'imports.markets': { administrator: 'network' },
  'imports.template': { administrator: 'network', ...managers },
  'responses.withdraw': marketManager,
  'cells.rebuild': marketManager,
  'indices.compute': managers,
  'indices.compare': managers,
  'indices.trend': managers,
  'surveys.questions': managers,
  'surveys.drivers': managers,
  'surveys.signs': managers,
  'surveys.invite': marketManager,
  // The service itself opens and answers, for whoever brings a link's secret.
  'surveys.open': {},
  'surveys.answer': {},
  'exports.request': managers,
  'exports.list': managers,
  'exports.file': managers,
  'overview.get': managers,
  'overview.chart': managers,
  'figures.list': managers,
  'complaints.report': managers,
  'complaints.list': managers,
  'auditors.report': managers,
  'awards.rank': managers,
  'awards.rank-chart': managers,
  'awards.rank-network': { 'network-manager': 'network' },
  'awards.firmness': managers,
  'awards.what-if': managers,
  'awards.what-if-network': { 'network-manager': 'network' },
  'awards.waive': { 'network-manager': 'network' },
  'decisions.freeze': marketManager,
  'decisions.propose': marketManager,
  'decisions.confirm': managers,
  'decisions.certificate': managers,
  'decisions.publish': managers,
  'decisions.withdraw': managers,
  'decisions.get': managers,
  'decisions.list': managers,
  'decisions.package': managers,
  'scorecards.release': marketManager,
  'scorecards.preview': managers,
  'scorecards.preview-chart': managers,
  'scorecards.list': scorecardReaders,
  'scorecards.get': scorecardReaders,
  'scorecards.chart': scorecardReaders,
  'scorecards.pdf': scorecardReaders,
  'tokens.issue': administrator,
  'tokens.revoke': administrator,
  'log.list': { administrator: 'network', ...managers },
  'log.list-network': administrator,
  'log.export': { administrator: 'network', ...managers },
  'log.export-network': administrator,
  'log.verify': administrator,
  'brand.get': administrator,
  'brand.set': administrator,
  'keys.list': administrator,
  'keys.rotate': administrator,
  'privacy.get': all,
  'privacy.set': { ...marketManager, administrator: 'network' },
  // An administrator keeps the staff; complaints and answers of customers are not theirs to see.
  'privacy.export': { ...marketManager, administrator: 'network' },
  'privacy.erase': { ...marketManager, administrator: 'network' },
  'privacy.hold': marketManager,
  'privacy.lift': marketManager,
  'privacy.retain': marketManager,
  'privacy.export-person': administrator,
  'privacy.erase-person': administrator,
  'privacy.hold-person': administrator,
  'privacy.lift-person': administrator,
  'people.list': administrator,
  'people.invite': administrator,
  'people.reset': administrator,
  'grants.request': administrator,
  'grants.decide': administrator,
  'grants.revoke': administrator,
  'house.list': { dealer: 'own' },
  'house.invite': { dealer: 'own' },
  'house.remove': { dealer: 'own' },
  'account.get': oneself,
  'account.change-password': oneself,
  'account.start-totp': oneself,
  'account.confirm-totp': oneself,
  'account.remove-totp': oneself,
  'account.start-passkey': oneself,
  'account.add-passkey': oneself,
  'account.remove-passkey': oneself,
  'account.end-sessions': oneself,
  'account.issue-token': oneself,
  'account.revoke-token': oneself,
} as const satisfies Record<string, AccessRule>;

/** Pages and data that anybody may read, with the reason; `*` ends a path that goes on. */
export const openPlaces: Readonly<Record<string, string>> = {
  '/start/*': 'the plain page for whoever holds a token',
  '/docs*': 'the documentation of the API',
  '/openapi.json': 'the description of the API',
  '/healthz': 'whether the process lives',
  '/readyz': 'whether the database answers',
  '/schemas/:name': 'the shape of a document, for editors',
  '/problems/:slug': 'what a refusal means',
  '/api/v1/sign-in*': 'the way in, before anybody is somebody; every try is counted',
  '/api/v1/survey/*':
    'a questionnaire, for whoever brings the secret of a link; good for one answer',
  '/survey': 'its page',
  '/api/v1/certificates/:code': 'whether an award is valid; no scores',
  '/api/v1/keys': 'the public keys by which signatures are checked',
  '/verify/:code': 'the page of a certificate',
  '/sign-in': 'the page of the way in',
  '/link': 'the page that a one-time link opens',
  '/': 'the app; what it shows comes from guarded routes',
  '/index.html': 'the same',
  '/outbox': 'the same',
  '/audits/:id': 'the same',
  '/audits/:id/check': 'the same',
  '/audits/:id/s/:section': 'the same',
  '/m/*': 'the same, for managers',
  '/d/*': 'the same, for dealers',
  '/admin/*': 'the same, for administrators',
  '/sw.js': 'what keeps the app on a device',
  '/app.webmanifest': 'what the app is called on a device',
  '/icon.svg': 'its icon',
  '/account': "the account's page; what it shows comes from guarded routes",
  '/assets/*': 'the files of the pages',
  '/local/operations': "the command line's own door, behind a secret beside the data",
};

/** The rule of an operation. @throws TypeError where the matrix has none: it may not exist then */
export function ruleOf(operation: string): AccessRule {
  const rule = (accessMatrix as Readonly<Record<string, AccessRule>>)[operation];
  if (!rule) throw new TypeError(`${operation} is not in the access matrix`);
  return rule;
}

/** The roles of an operation, most powerful first. */
export function rolesOf(operation: string): readonly Role[] {
  return Object.keys(ruleOf(operation)) as Role[];
}

/** Whether somebody with these grants has any role for an operation at all, wherever. */
export function mayCall(operation: string, grants: readonly { readonly role: Role }[]): boolean {
  const rule = ruleOf(operation);
  return grants.some((grant) => rule[grant.role] !== undefined);
}

/** Whether anybody may ask for a place: a route's path as it was declared. */
export function isOpenPlace(path: string): boolean {
  return Object.keys(openPlaces).some((place) =>
    place.endsWith('*') && place !== '/*' ? path.startsWith(place.slice(0, -1)) : path === place,
  );
}
