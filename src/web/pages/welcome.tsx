import type { Person } from '../offline/person.ts';
import { Frame } from '../ui/frame.tsx';

/** Where there is no page for somebody's role yet: the way in, and the plain results. */
export function Welcome({ person }: { readonly person?: Person }) {
  return (
    <Frame
      title={person ? `Good day, ${person.name}` : 'Welcome'}
      isNarrow
      aside={person ? <a href="/account">Account</a> : null}
    >
      {person ? null : (
        <p>
          <a className="button primary" href="/sign-in">
            Sign in
          </a>
        </p>
      )}
      <p>
        <a href="/start/">Rankings and scorecards</a>, for whoever holds a token.
      </p>
      <p>
        <a href="/docs">The description of the API</a>
      </p>
    </Frame>
  );
}
