/**
 * What DuckDB says of a member's SQL, in words about the member's own text and with the place in it.
 */
import { type Problem, problem } from '../problem';
import type { Design, MemberRef } from './design';
import { memberOf } from './member';

/**
 * Turns a failed query into a problem of the member it was made from; other problems pass unchanged.
 * The place is where the name or token that DuckDB complains about stands in the member's text, or null.
 */
export function memberFailure(design: Design, ref: MemberRef, failed: Problem): Problem {
  if (failed.code !== 'query-failed') return failed;
  const member = memberOf(design, ref);
  if (member === undefined) return failed;
  const said = plainly(failed.about.reason);
  const filter = 'filter' in member ? member.filter : '';
  const expression =
    'expression' in member ? member.expression : 'condition' in member ? member.condition : '';
  const inExpression = said.token === null ? null : place(expression, said.token);
  if (filter !== '' && inExpression === null && (said.token === null || place(filter, said.token) !== null)) {
    return problem('filter-invalid', { name: ref.name, reason: said.reason });
  }
  if (expression === '' && said.token !== null) {
    return problem('column-missing', { table: ref.table, column: said.token, used: ref.name });
  }
  return problem('expression-invalid', { name: ref.name, reason: said.reason, at: inExpression });
}

function place(text: string, token: string): number | null {
  const at = text.toLowerCase().indexOf(token.toLowerCase());
  return at < 0 ? null : at;
}

/** DuckDB's first sentence without its prefix, and the token it names. */
export function plainly(reason: string): { reason: string; token: string | null } {
  const first = (reason.split('\n')[0] ?? '').replace(/^[A-Z][A-Za-z ]+ Error: /, '');
  const column = /Referenced column "([^"]+)" not found/.exec(first);
  if (column !== null) return { reason: `there is no column “${column[1]}”`, token: column[1]! };
  const near = /syntax error at or near "([^"]+)"/.exec(first);
  if (near !== null) return { reason: `something is wrong at “${near[1]}”`, token: near[1]! };
  if (/syntax error at end of input/.test(first)) return { reason: 'it ends too early', token: null };
  const called = /(?:Function with name|function) "?(\w+)"? does not exist/.exec(first);
  if (called !== null) return { reason: `there is no function “${called[1]}”`, token: called[1]! };
  const types = /No function matches the given name and argument types '([^'(]+)\(([^']*)\)'/.exec(first);
  if (types !== null)
    return { reason: `${types[1]} does not take ${types[2] || 'nothing'}`, token: types[1]! };
  const converted = /Could not convert string '([^']*)' to (\w+)/.exec(first);
  if (converted !== null)
    return { reason: `“${converted[1]}” is not of type ${converted[2]}`, token: converted[1]! };
  return { reason: first.slice(0, 300), token: null };
}
