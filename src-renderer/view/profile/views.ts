/**
 * The views of Profile on one table, in the order in which they are offered. A further one is a line here.
 */
import type { ComponentType } from 'react';
import type { ProfileView } from '../../store/state';
import { ColumnsView } from './columns-view';
import { CompareView } from './compare-view';
import { MissingView } from './missing-view';
import { OutliersView } from './outliers-view';
import { RelationsView } from './relations-view';
import { StatisticsView } from './statistics-view';

export const profileViews: readonly {
  readonly id: ProfileView;
  readonly title: string;
  readonly View: ComponentType<{ readonly table: string }>;
}[] = [
  { id: 'columns', title: 'Columns', View: ColumnsView },
  { id: 'statistics', title: 'Statistics', View: StatisticsView },
  { id: 'outliers', title: 'Outliers', View: OutliersView },
  { id: 'missing', title: 'Missing', View: MissingView },
  { id: 'relations', title: 'Relations', View: RelationsView },
  { id: 'compare', title: 'Compare', View: CompareView },
];
