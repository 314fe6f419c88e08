import { Component, type ComponentChildren } from 'preact';
import { errorOf } from '../host/thrown.ts';
import { Failure } from '../ui/states.tsx';

interface BoundaryProps {
  children: ComponentChildren;
  onError(error: Error): void;
}

/** What throws below it is shown here as failed; the rest of the page lives on. */
export class Boundary extends Component<BoundaryProps, { error?: Error }> {
  static override getDerivedStateFromError(thrown: unknown): { error: Error } {
    return { error: errorOf(thrown) };
  }

  override componentDidCatch(thrown: unknown): void {
    this.props.onError(errorOf(thrown));
  }

  override render({ children }: BoundaryProps, { error }: { error?: Error }): ComponentChildren {
    if (!error) return children;
    return (
      <div class="page">
        <Failure error={error} again={() => this.setState({ error: undefined as never })} />
      </div>
    );
  }
}
