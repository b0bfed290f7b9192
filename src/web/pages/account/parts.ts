import type { AccountView } from '../../../contracts/accounts.ts';

/** What a part of the account's page is given. */
export interface PartProps {
  readonly account: AccountView;
  readonly act: (path: string, body: object) => Promise<void>;
  readonly refresh: () => Promise<void>;
}

const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** An instant in words. */
export const when = (instant: string) => day.format(new Date(instant));
