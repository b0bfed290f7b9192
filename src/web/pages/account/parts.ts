import type { AccountView } from '../../../contracts/accounts.ts';

/** What a part of the account's page is given. */
export interface PartProps {
  readonly account: AccountView;
  readonly act: (path: string, body: object) => Promise<void>;
  readonly refresh: () => Promise<void>;
}
