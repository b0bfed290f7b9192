import { Component, type ReactNode } from 'react';
import { TextsContext } from '../texts/texts.ts';

interface Props {
  readonly children?: ReactNode;
}

/** A part that fails to come or to be drawn says so in its place; the rest of the page stays. */
export class Boundary extends Component<Props, { readonly hasFailed: boolean }> {
  static override readonly contextType = TextsContext;
  declare context: React.ContextType<typeof TextsContext>;
  override readonly state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <div role="alert">
        <p className="notice bad">{this.context?.('needsConnection')}</p>
        <button type="button" onClick={() => window.location.reload()}>
          {this.context?.('retry')}
        </button>
      </div>
    );
  }
}
