/**
 * The layout engine, in a worker of its own: large graphs take it seconds. It is large too, so that it is only loaded when
 * the canvas is first shown.
 */
import type { ELK, ElkNode, LayoutOptions } from 'elkjs/lib/elk-api';
import type { Block, Box } from './canvas-layout';

export interface Graph {
  readonly boxes: readonly Box[];
  readonly lines: readonly (readonly [string, string])[];
}

let engine: Promise<ELK> | null = null;

function elk(): Promise<ELK> {
  engine ??= Promise.all([import('elkjs/lib/elk-api'), import('elkjs/lib/elk-worker.min.js?url')]).then(
    ([{ default: Elk }, { default: workerUrl }]) => new Elk({ workerUrl }),
  );
  return engine;
}

/** What is done one after the other, for each way. */
const ways: Readonly<Record<'layers' | 'around', readonly LayoutOptions[]>> = {
  layers: [
    {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.spacing.nodeNode': '40',
      // Wide enough for the label of a join.
      'elk.layered.spacing.nodeNodeBetweenLayers': '152',
      'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
      'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
    },
  ],
  around: [
    { 'elk.algorithm': 'stress', 'elk.stress.desiredEdgeLength': '420' },
    { 'elk.algorithm': 'sporeOverlap', 'elk.spacing.nodeNode': '72' },
  ],
};

/** Lays out boxes in layers from left to right, or around those that many lines go to. */
export async function arranged({ boxes, lines }: Graph, way: 'layers' | 'around'): Promise<Block> {
  const layout = await elk();
  let graph: ElkNode = {
    id: 'canvas',
    children: boxes.map(({ id, width, height }) => ({ id, width, height })),
    edges: lines.map(([from, to], i) => ({ id: `line ${i}`, sources: [from], targets: [to] })),
  };
  for (const options of ways[way]) {
    const layoutOptions = { 'elk.padding': '[top=0,left=0,bottom=0,right=0]', ...options };
    graph = await layout.layout({ ...graph, layoutOptions });
  }
  const children = graph.children ?? [];
  const left = Math.min(...children.map(({ x = 0 }) => x));
  const top = Math.min(...children.map(({ y = 0 }) => y));
  return {
    width: Math.max(...children.map(({ x = 0, width = 0 }) => x + width)) - left,
    height: Math.max(...children.map(({ y = 0, height = 0 }) => y + height)) - top,
    spots: new Map(
      children.map(({ id, x = 0, y = 0 }) => [id, { x: Math.round(x - left), y: Math.round(y - top) }]),
    ),
  };
}
