import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import type { ScopedGrant } from '../../core/access.ts';
import { people } from './people.ts';
import { networkPolicies, ofOneself, type Rule } from './policies.ts';

const instant = () => timestamp({ withTimezone: true, mode: 'date', precision: 3 });
const person = () =>
  uuid()
    .notNull()
    .references(() => people.id, { onDelete: 'cascade' });

const gate = { gate: true } as const;
const administrator = { administrator: true } as const;
const principal: Rule = { dealer: sql`app.principal()` };

/** Reference table: how a person signs in by password. The address is stored in lower case. */
export const accounts = pgTable(
  'accounts',
  {
    personId: person().primaryKey(),
    email: text().notNull(),
    /** argon2id; absent until the person has chosen a password. */
    passwordHash: text(),
    /** Sealed under a key outside the database; counts once it is confirmed. */
    totpSecret: text(),
    totpConfirmedAt: instant(),
    /** The last time step whose code was used: a code counts once. */
    totpStep: bigint({ mode: 'number' }),
    createdAt: instant().notNull().defaultNow(),
  },
  (table) => [
    unique('accounts_email_unique').on(table.email),
    ...networkPolicies('accounts', {
      see: { ...ofOneself, ...administrator, ...gate },
      add: { ...gate, ...administrator, ...principal },
      change: { ...ofOneself, ...administrator, ...gate },
      remove: administrator,
    }),
  ],
);

/** Reference table: passkeys (WebAuthn credentials). */
export const passkeys = pgTable(
  'passkeys',
  {
    id: text().primaryKey(),
    personId: person(),
    publicKey: text().notNull(),
    counter: bigint({ mode: 'number' }).notNull(),
    transports: jsonb().notNull().$type<string[]>(),
    label: text().notNull(),
    createdAt: instant().notNull().defaultNow(),
    usedAt: instant(),
  },
  (table) => [
    index('passkeys_person_index').on(table.personId),
    ...networkPolicies('passkeys', {
      see: { ...ofOneself, ...administrator, ...gate },
      add: ofOneself,
      change: gate,
      remove: { ...ofOneself, ...administrator },
    }),
  ],
);

/** Reference table: who is signed in, by SHA-256 of the cookie only. */
export const sessions = pgTable(
  'sessions',
  {
    sha256: text().primaryKey(),
    personId: person(),
    method: text().notNull(),
    /** SHA-256 of the device's own cookie: a device that was signed in before is not locked out by others. */
    deviceSha256: text().notNull(),
    agent: text().notNull(),
    createdAt: instant().notNull().defaultNow(),
    seenAt: instant().notNull(),
    expiresAt: instant().notNull(),
    endedAt: instant(),
  },
  (table) => [
    index('sessions_person_index').on(table.personId),
    ...networkPolicies('sessions', {
      see: { ...ofOneself, ...administrator, ...gate },
      add: gate,
      change: { ...ofOneself, ...administrator, ...gate },
      remove: administrator,
    }),
  ],
);

/** Reference table: one-time links for the first set-up, invitations and resets, by SHA-256 only. */
export const links = pgTable(
  'links',
  {
    sha256: text().primaryKey(),
    purpose: text().notNull(),
    personId: uuid().references(() => people.id, { onDelete: 'cascade' }),
    createdAt: instant().notNull().defaultNow(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
  },
  (table) => [
    check('links_purpose_known', sql`${table.purpose} in ('set-up', 'invitation', 'reset')`),
    ...networkPolicies('links', {
      see: { ...gate, ...administrator },
      add: { ...gate, ...administrator, ...principal },
      change: gate,
      remove: administrator,
    }),
  ],
);

/** Reference table: who a person is at a sign-in provider (OpenID Connect). */
export const identities = pgTable(
  'identities',
  { issuer: text().notNull(), subject: text().notNull(), personId: person() },
  (table) => [
    primaryKey({ columns: [table.issuer, table.subject] }),
    ...networkPolicies('identities', {
      see: { ...gate, ...administrator },
      add: gate,
      remove: administrator,
    }),
  ],
);

/** Reference table: sign-ins and registrations under way; each is taken once. */
export const challenges = pgTable(
  'challenges',
  {
    id: uuid().primaryKey(),
    kind: text().notNull(),
    personId: uuid().references(() => people.id, { onDelete: 'cascade' }),
    content: jsonb().notNull().$type<Record<string, string>>(),
    expiresAt: instant().notNull(),
  },
  (table) => [
    index('challenges_expiry_index').on(table.expiresAt),
    ...networkPolicies('challenges', {
      see: { ...ofOneself, ...gate },
      add: { ...ofOneself, ...gate },
      remove: { ...ofOneself, ...gate },
    }),
  ],
);

/** Reference table: tries in the current hour, by hashed account, device or address. */
export const attempts = pgTable(
  'attempts',
  {
    key: text().primaryKey(),
    count: integer().notNull(),
    since: instant().notNull(),
  },
  () => [...networkPolicies('attempts', { see: gate, add: gate, change: gate, remove: gate })],
);

/** Reference table: roles that one administrator asked for, until a second one agrees. */
export const grantRequests = pgTable(
  'grant_requests',
  {
    id: uuid().primaryKey(),
    personId: person(),
    grant: jsonb().notNull().$type<ScopedGrant>(),
    askedBy: uuid().notNull(),
    askedAt: instant().notNull(),
    decidedBy: uuid(),
    decidedAt: instant(),
    isGranted: boolean(),
  },
  (table) => [
    check(
      'grant_requests_second_person',
      sql`${table.decidedBy} is null or ${table.isGranted} is false or ${table.decidedBy} <> ${table.askedBy}`,
    ),
    ...networkPolicies('grant_requests', {
      see: administrator,
      add: administrator,
      change: administrator,
    }),
  ],
);
