/**
 * Notices: what is said to the user without asking for an answer.
 */
import type { Reply } from '#contract';
import { remedy, words } from '#core/problem';
import type { Notice } from './state';

/** A refused request in words: the problem and its remedy, or our fault and where to look. */
export function failed(reply: Reply<unknown> & { ok: false }, doing: string): Omit<Notice, 'id'> {
  if ('problem' in reply) {
    return {
      problem: reply.problem,
      words: words(reply.problem),
      remedy: remedy(reply.problem),
      tone: reply.problem.severity,
    };
  }
  return {
    words: doing,
    remedy: `This is a fault of Assay, not of your data. The log has the details: ${reply.fault}`,
    tone: 'error',
  };
}
