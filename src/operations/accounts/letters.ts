import type { LinkPurpose } from '../../contracts/accounts.ts';

type Letter = (link: string) => { readonly subject: string; readonly text: string };

/** What the letters with one-time links say. Plain text; the link stands alone on its line. */
export const letters: Readonly<Record<LinkPurpose, Letter>> = {
  'set-up': (link) => ({
    subject: 'Set up Omotenashi',
    text: `Choose how you sign in as the first administrator:\n\n${link}\n\nThe link works once, for 24 hours.\n`,
  }),
  invitation: (link) => ({
    subject: 'Your invitation to Omotenashi',
    text: `You have been invited to Omotenashi. Choose your password here:\n\n${link}\n\nThe link works once, for seven days. If you did not expect it, you need do nothing.\n`,
  }),
  reset: (link) => ({
    subject: 'A new password for Omotenashi',
    text: `Somebody asked for a new password for your account. Choose it here:\n\n${link}\n\nThe link works once, for an hour. If it was not you, you need do nothing: your password stays as it is.\n`,
  }),
};
