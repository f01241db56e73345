import { MantineProvider } from '@mantine/core';
import { useRef, useState } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { useAssay, useBridge } from '../../store/hooks';
import type { Place } from '../../store/state';
import { cssVariables, theme as mantineTheme } from '../../style/theme';
import { DataPlace } from '../data/data-place';
import { ExploreMembers } from '../explore/explore-members';
import { ExplorePlace } from '../explore/explore-place';
import { ImportPlace } from '../import/import-place';
import { ModelPlace } from '../model/model-place';
import { ProfilePlace } from '../profile/profile-place';
import { SpecPlace } from '../spec/spec-place';
import { BottomPane } from './bottom-pane';
import { DropHint, useFileDrop } from './drop';
import { EngineDown } from './engine-down';
import { FirstScreen } from './first-screen';
import { Inspector } from './inspector';
import { useKeys } from './keys';
import { Mishap } from './mishap';
import { Notices } from './notices';
import { Palette } from './palette';
import { Questions } from './questions';
import { Rail } from './rail';
import { Reading } from './reading';
import { ReceiptDialog } from './receipt';
import { ShortcutSheet } from './shortcut-sheet';
import { useTheme } from './theme';
import { TitleBar } from './title-bar';
import { Tree } from './tree';
import './above.css';
import './frame.css';

const places: Readonly<Record<Place, () => React.ReactNode>> = {
  data: DataPlace,
  import: ImportPlace,
  profile: ProfilePlace,
  model: ModelPlace,
  explore: ExplorePlace,
  spec: SpecPlace,
};

const placeTitle: Readonly<Record<Place, string>> = {
  data: 'Data',
  import: 'Import',
  profile: 'Profile',
  model: 'Model',
  explore: 'Explore',
  spec: 'Spec',
};

/** Sizes of panes in pixels, as the user left them. */
function useRemembered(pane: string, usual: number): [number, (size: { inPixels: number }) => void] {
  const key = `pane-${pane}`;
  const [size] = useState(() => Number(localStorage.getItem(key)) || usual);
  return [
    size,
    ({ inPixels }) => {
      if (inPixels > 0) localStorage.setItem(key, String(Math.round(inPixels)));
    },
  ];
}

/** The whole window. */
export function Frame() {
  const scheme = useTheme();
  const bridge = useBridge();
  const root = useRef<HTMLDivElement>(null);
  const dropping = useFileDrop(root);
  useKeys();
  return (
    <MantineProvider theme={mantineTheme} cssVariablesResolver={cssVariables} forceColorScheme={scheme}>
      <div ref={root} className="frame" data-platform={bridge.platform}>
        <TitleBar />
        <Body />
        <Palette />
        <ShortcutSheet />
        <ReceiptDialog />
        <Questions />
        <Notices />
        {dropping ? <DropHint /> : null}
      </div>
    </MantineProvider>
  );
}

function Body() {
  const down = useAssay((s) => s.host.state === 'down');
  const empty = useAssay(
    (s) =>
      s.design.sources.length === 0 &&
      s.order.length === 0 &&
      s.reading.length === 0 &&
      s.past.length === 0 &&
      s.importKey === null,
  );
  if (down) return <EngineDown />;
  return empty ? <FirstScreen /> : <Working />;
}

function Working() {
  const place = useAssay((s) => s.place);
  const treeOpen = useAssay((s) => s.treeOpen);
  // Profile, Import, Explore and Spec tell all about a column and a file themselves; a member is edited beside Profile, too.
  const inspectorOpen = useAssay(
    (s) =>
      s.inspectorOpen &&
      s.place !== 'spec' &&
      s.place !== 'explore' &&
      s.place !== 'import' &&
      (s.place !== 'profile' || s.selection.kind === 'member'),
  );
  const bottomOpen = useAssay((s) => s.bottom !== null);
  const [treeSize, keepTree] = useRemembered('tree', 256);
  const [inspectorSize, keepInspector] = useRemembered('inspector', 296);
  const [bottomSize, keepBottom] = useRemembered('bottom', 168);
  const reading = useAssay((s) =>
    s.order.length === 0 ? s.reading.length > 0 : s.place === 'data' && s.arrivingShown !== null,
  );
  const front = useAssay((s) => s.table);
  const selected = useAssay((s) => JSON.stringify(s.selection));
  const Shown = places[place];

  return (
    <div className="frame-body">
      <Rail />
      <Group id="frame-panes" className="frame-panes" orientation="horizontal">
        {treeOpen ? (
          <>
            <Panel
              id="pane-tree"
              defaultSize={treeSize}
              minSize={190}
              maxSize={460}
              groupResizeBehavior="preserve-pixel-size"
              onResize={keepTree}
            >
              <Mishap about="tree">{place === 'explore' ? <ExploreMembers /> : <Tree />}</Mishap>
            </Panel>
            <Separator className="frame-separator" aria-label="Width of the sources" />
          </>
        ) : null}
        <Panel id="pane-middle" minSize={360}>
          <Group id="frame-middle" orientation="vertical">
            <Panel id="pane-place" minSize={180}>
              <main id="place" className="frame-place" aria-label={placeTitle[place]} tabIndex={-1}>
                <Mishap about={`${place} ${front ?? ''}`}>{reading ? <Reading /> : <Shown />}</Mishap>
              </main>
            </Panel>
            {bottomOpen ? (
              <>
                <Separator
                  className="frame-separator frame-separator-flat"
                  aria-label="Height of the lower pane"
                />
                <Panel
                  id="pane-bottom"
                  defaultSize={bottomSize}
                  minSize={96}
                  maxSize={420}
                  groupResizeBehavior="preserve-pixel-size"
                  onResize={keepBottom}
                >
                  <Mishap about="lower pane">
                    <BottomPane />
                  </Mishap>
                </Panel>
              </>
            ) : null}
          </Group>
          {bottomOpen ? null : <BottomPane />}
        </Panel>
        {inspectorOpen ? (
          <>
            <Separator className="frame-separator" aria-label="Width of the inspector" />
            <Panel
              id="pane-inspector"
              defaultSize={inspectorSize}
              minSize={256}
              maxSize={480}
              groupResizeBehavior="preserve-pixel-size"
              onResize={keepInspector}
            >
              <Mishap about={selected}>
                <Inspector />
              </Mishap>
            </Panel>
          </>
        ) : null}
      </Group>
    </div>
  );
}
