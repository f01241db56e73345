import type { ReactNode } from 'react';
import type { Cell } from '#core/table';
import { count, none, number, share } from './figure';
import './ui.css';

/** A figure in tabular digits, to stand at the right edge of its column. `title` says what it rests on. */
export function Figure({
  children,
  title,
  quiet,
}: {
  children: ReactNode;
  title?: string | undefined;
  quiet?: boolean;
}) {
  return (
    <span className={quiet || children === none ? 'ui-figure ui-quiet' : 'ui-figure'} title={title}>
      {children}
    </span>
  );
}

/** A number of a column; `decimals` default to 0. */
export function NumberFigure({
  value,
  decimals = 0,
  title,
}: {
  value: Cell | undefined;
  decimals?: number;
  title?: string;
}) {
  return <Figure title={title}>{number(value, decimals)}</Figure>;
}

/** A count of rows or values. */
export function CountFigure({ value, title }: { value: number; title?: string }) {
  return <Figure title={title}>{count(value)}</Figure>;
}

/** A share in percent, one decimal, without the sign. */
export function ShareFigure({ part, of, title }: { part: number; of: number; title?: string }) {
  return (
    <Figure quiet title={title}>
      {share(part, of)}
    </Figure>
  );
}
