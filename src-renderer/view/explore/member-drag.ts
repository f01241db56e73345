/**
 * A member on its way by drag: from the list to the question.
 */
import type { DragEvent } from 'react';
import type { MemberRef } from '#core/design/design';

const type = 'application/x-assay-member';

export function startMemberDrag(event: DragEvent, member: MemberRef): void {
  event.dataTransfer.setData(type, JSON.stringify(member));
  event.dataTransfer.effectAllowed = 'copy';
}

export function carriesMember(event: DragEvent): boolean {
  return event.dataTransfer.types.includes(type);
}

/** What a drag carries; null if it is none of ours. */
export function draggedMember(event: DragEvent): MemberRef | null {
  try {
    const { table, kind, name } = JSON.parse(event.dataTransfer.getData(type)) as Record<string, unknown>;
    const known = kind === 'dimension' || kind === 'measure' || kind === 'segment';
    return typeof table === 'string' && typeof name === 'string' && known ? { table, kind, name } : null;
  } catch {
    // Something else was dragged here under our type; it is not ours to judge.
    return null;
  }
}
