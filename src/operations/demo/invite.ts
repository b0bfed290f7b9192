import type { Context } from '../../context.ts';
import { perform, systemActor } from '../operation.ts';
import { invitePerson } from '../people/people.ts';
import type { DemoToken } from './build.ts';

/** A way into the pages for somebody of the demo. */
export interface DemoLink extends Pick<DemoToken, 'role' | 'where'> {
  readonly link: string;
}

/** One-time links for the demo's people, one a role; no mail goes to their invented addresses. */
export async function inviteDemo(
  context: Context,
  people: readonly DemoToken[],
): Promise<DemoLink[]> {
  const { mail: _, ...silent } = context;
  const links: DemoLink[] = [];
  for (const { who, role, where } of people) {
    const { link } = await perform(silent, systemActor, invitePerson, {
      person: who,
      name: who.replaceAll('-', ' '),
      email: `${who}@demo.example`.toLowerCase(),
    });
    if (link) links.push({ role, where, link });
  }
  return links;
}
