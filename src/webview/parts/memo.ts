import { Component, type FunctionComponent, type VNode } from 'preact';

/** The same component, drawn again only when one of its properties is another one than before. */
export function memo<P extends object>(render: FunctionComponent<P>): new () => Component<P> {
  return class extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      const now = this.props as Readonly<Record<string, unknown>>;
      const then = next as Readonly<Record<string, unknown>>;
      return Object.keys(then).some((name) => now[name] !== then[name]);
    }

    override render(): VNode {
      return render(this.props) as VNode;
    }
  };
}
