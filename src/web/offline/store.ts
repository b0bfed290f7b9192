import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Answers, Assignment } from '../../contracts/audits.ts';
import type { Checklist } from '../../contracts/checklists.ts';
import type { KeptDraft } from '../../contracts/drafts.ts';
import type { Said } from '../api.ts';

/** An assignment with all that its form needs, so that it opens without a connection. */
export interface KeptAssignment extends Assignment {
  readonly house: { readonly name: string; readonly town: string };
  readonly timeZone: string;
}

/** An audit that is being filled. It lives here from its first answer until the service has it. */
export interface Draft {
  /** UUIDv7, made here: the audit's own id. */
  readonly id: string;
  readonly assignmentId: string | null;
  readonly market: string;
  readonly dealer: string;
  readonly house: { readonly name: string; readonly town: string };
  readonly timeZone: string;
  readonly checklist: { readonly id: string; readonly version: string };
  readonly visitDate: string;
  readonly checkInAt?: string | undefined;
  readonly declaredAt: string;
  readonly startedAt: string;
  readonly answers: Answers;
  /** The section that was open last. */
  readonly section?: string | undefined;
  /** Of an audit that was sent back: what the reviewer says, by item. */
  readonly remarks?: Readonly<Record<string, string>> | undefined;
  readonly changedAt: string;
}

/** Bytes that an answer names by their SHA-256. */
export interface KeptFile {
  readonly sha256: string;
  readonly audit: string;
  readonly market: string;
  readonly name: string;
  readonly bytes: Blob;
  /** The service has it already. */
  readonly isSent?: boolean | undefined;
}

/** What the service has of a draft, as this device has seen it last. */
export interface Copy {
  readonly id: string;
  readonly revision: number;
  /** When the draft was changed that the copy is of. */
  readonly changedAt: string;
  /** Copies that were sent since, and whose receipts have not come. */
  readonly tried?: readonly string[] | undefined;
}

export type SendingState = 'waiting' | 'sending' | 'paused' | 'parked' | 'sent';

/** What was submitted, on its way. */
export interface Sending {
  readonly id: string;
  readonly market: string;
  readonly dealer: string;
  readonly house: { readonly name: string; readonly town: string };
  readonly kind: 'submit' | 'correct';
  readonly body: Readonly<Record<string, unknown>>;
  readonly files: readonly string[];
  readonly state: SendingState;
  readonly queuedAt: string;
  readonly sentAt?: string | undefined;
  /** Why it is parked, and the items that the service names. */
  readonly problem?:
    | (Said & { readonly status: number; readonly items: readonly string[] })
    | undefined;
  readonly isDownloaded?: boolean | undefined;
}

interface Schema extends DBSchema {
  assignments: { key: string; value: KeptAssignment };
  checklists: { key: string; value: { readonly key: string; readonly content: Checklist } };
  drafts: { key: string; value: Draft };
  files: { key: string; value: KeptFile; indexes: { audit: string } };
  outbox: { key: string; value: Sending };
  copies: { key: string; value: Copy };
  /** Drafts that another device has changed as well: whose auditor chooses. */
  others: { key: string; value: KeptDraft };
}
export type Store = IDBPDatabase<Schema>;

/** The store of one person on this device: a second person sees nothing of the first. */
export function openStore(person: string): Promise<Store> {
  return openDB<Schema>(`visits of ${person}`, 2, {
    upgrade(database, before) {
      database.createObjectStore('copies', { keyPath: 'id' });
      database.createObjectStore('others', { keyPath: 'id' });
      if (before >= 1) return;
      database.createObjectStore('assignments', { keyPath: 'id' });
      database.createObjectStore('checklists', { keyPath: 'key' });
      database.createObjectStore('drafts', { keyPath: 'id' });
      database.createObjectStore('files', { keyPath: 'sha256' }).createIndex('audit', 'audit');
      database.createObjectStore('outbox', { keyPath: 'id' });
    },
  });
}

export const checklistKey = ({ id, version }: { readonly id: string; readonly version: string }) =>
  `${id} ${version}`;

/** Pages listen to it, in every tab. */
const channel = new BroadcastChannel('visits');
const listeners = new Set<() => void>();
channel.onmessage = () => {
  for (const listener of listeners) listener();
};

/** Says to every page of the app that something in the store is another now. */
export function announce(): void {
  for (const listener of listeners) listener();
  channel.postMessage('changed');
}

export function onChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
