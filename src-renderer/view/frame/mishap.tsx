import { Component, type ErrorInfo, type ReactNode } from 'react';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';

/**
 * Keeps a mistake of ours inside the pane where it was made: the rest of the window, the design and its history go on.
 * Another `about` (a place, a selection) tries again by itself.
 */
export class Mishap extends Component<
  { readonly about: string; readonly children: ReactNode },
  { readonly failed: Error | null; readonly about: string }
> {
  override state = { failed: null as Error | null, about: this.props.about };

  static getDerivedStateFromError(failed: unknown) {
    return { failed: failed instanceof Error ? failed : new Error(String(failed)) };
  }

  static getDerivedStateFromProps(props: { about: string }, state: { failed: Error | null; about: string }) {
    return props.about === state.about ? null : { failed: null, about: props.about };
  }

  override componentDidCatch(failed: Error, where: ErrorInfo) {
    console.error(failed, where.componentStack);
  }

  override render() {
    const { failed } = this.state;
    if (failed === null) return this.props.children;
    return (
      <EmptyState
        title="Assay made a mistake here"
        action={<Button onClick={() => this.setState({ failed: null })}>Try again</Button>}
      >
        Your design and its history are intact. What went wrong: {failed.message}
      </EmptyState>
    );
  }
}
