import { createTransport } from 'nodemailer';

export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Sends letters; absent where no mail server is configured. */
export interface Mail {
  /** @throws Error where the mail server does not take it */
  send(letter: Letter): Promise<void>;
}

/** @param url for example `smtps://user:password@mail.example.org` */
export function openMail(url: string, from: string): Mail {
  const transport = createTransport(url, { from, disableFileAccess: true, disableUrlAccess: true });
  return {
    async send(letter) {
      await transport.sendMail({ ...letter });
    },
  };
}
