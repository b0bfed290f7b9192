import { Component, type ReactNode } from 'react';
import { TextsContext } from '../texts/texts.ts';

interface Props {
  readonly children?: ReactNode;
}

interface Failed {
  readonly failed: 'needsConnection' | 'pageFailed' | undefined;
}

/** How browsers name a part of the app that did not come. */
const notCome = /dynamically imported|importing a module|module script|preload/i;

/** A part that fails to come or to be drawn says so in its place; the rest of the page stays. */
export class Boundary extends Component<Props, Failed> {
  static override readonly contextType = TextsContext;
  declare context: React.ContextType<typeof TextsContext>;
  override readonly state: Failed = { failed: undefined };

  static getDerivedStateFromError(error: unknown): Failed {
    return { failed: notCome.test(String(error)) ? 'needsConnection' : 'pageFailed' };
  }

  override render(): ReactNode {
    const { failed } = this.state;
    if (!failed) return this.props.children;
    return (
      <div role="alert">
        <p className="notice bad">{this.context?.(failed)}</p>
        <button type="button" onClick={() => window.location.reload()}>
          {this.context?.('retry')}
        </button>
      </div>
    );
  }
}
