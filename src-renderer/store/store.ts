/**
 * The store of the window: its slices put together, and what follows from their changes.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { createAlertSlice, followAlerts } from './alerts';
import { createAnswerSlice } from './answers';
import { createCompareSlice } from './compare';
import type { Deps } from './deps';
import { createDeriveSlice } from './derive';
import { createDesignSlice } from './design';
import { createDraftSlice } from './drafts';
import { createEngineSlice } from './engine';
import { createExploreSlice, followExplore } from './explore';
import { followImports } from './follow-imports';
import { followSources } from './follow-sources';
import { createFrameSlice } from './frame';
import { createImportSlice } from './import';
import { createJoinSlice, followJoins } from './joins';
import { createJournal, followJournal } from './journal';
import { createMissingSlice } from './missing';
import { createOutlierSlice } from './outliers';
import { createProfileSlice } from './profiles';
import { createReader } from './reading';
import { createReceiptSlice } from './receipt';
import { createReportSlice } from './report';
import { createSourcesSlice } from './sources';
import { createSpecSlice } from './spec';
import type { State } from './state';
import { createStatisticsSlice } from './statistics';
import { followValues } from './values';

export type AssayStore = StoreApi<State>;

/** Makes a store. Everything it needs of the world is in `deps`; it starts no work before it is told to. */
export function createAssayStore(deps: Deps): AssayStore {
  const reader = createReader(deps.client);
  const journal = createJournal(deps.client);
  const store = createStore<State>()((...a) => ({
    ...createFrameSlice(deps.memory)(...a),
    ...createEngineSlice(deps)(...a),
    ...createSourcesSlice(deps, reader)(...a),
    ...createImportSlice(deps, reader)(...a),
    ...createDeriveSlice(deps, reader)(...a),
    ...createReceiptSlice(deps)(...a),
    ...createAlertSlice()(...a),
    ...createReportSlice(deps)(...a),
    ...createStatisticsSlice(deps)(...a),
    ...createAnswerSlice(deps)(...a),
    ...createMissingSlice()(...a),
    ...createOutlierSlice()(...a),
    ...createProfileSlice(deps)(...a),
    ...createCompareSlice(deps)(...a),
    ...createDesignSlice(deps, reader, journal)(...a),
    ...createDraftSlice()(...a),
    ...createExploreSlice(deps)(...a),
    ...createJoinSlice(deps)(...a),
    ...createSpecSlice(deps)(...a),
  }));
  followSources(store, deps, reader);
  followImports(store);
  followAlerts(store, deps);
  followValues(store, deps);
  followExplore(store, deps);
  followJoins(store);
  followJournal(store, deps, journal);
  return store;
}
