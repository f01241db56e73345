import { expect, it } from 'vitest';
import { formOf, matchColumns } from '../../../src-main/core/compare/match';
import { kindOf } from '../../../src-main/core/table';

const column = (name: string, type = 'INTEGER') => ({ name, type, kind: kindOf(type) });
const columns = (...names: string[]) => names.map((name) => column(name));

it('columns match by name, and by letters and digits where that leaves no doubt', () => {
  const found = matchColumns(
    columns('id', 'Unit Price', 'a b', 'a_b', '__proto__', 'gone', '😀'),
    columns('unit_price', 'A-B', 'id', '__proto__', 'new', '🎈'),
  );
  expect(found.pairs.map((p) => [p.a.name, p.b.name, p.by])).toEqual([
    ['id', 'id', 'name'],
    ['Unit Price', 'unit_price', 'folded'],
    ['__proto__', '__proto__', 'name'],
  ]);
  expect(found.onlyA.map((c) => c.name)).toEqual(['a b', 'a_b', 'gone', '😀']);
  expect(found.onlyB.map((c) => c.name)).toEqual(['A-B', 'new', '🎈']);
});

it('values are compared by their order, value by value, or not at all', () => {
  const form = (a: string, b: string) => formOf({ a: column('x', a), b: column('x', b), by: 'name' });
  expect(form('INTEGER', 'DOUBLE')).toBe('number');
  expect(form('DATE', 'TIMESTAMP')).toBe('time');
  expect(form('BOOLEAN', 'BOOLEAN')).toBe('category');
  expect(form('INTEGER[]', 'VARCHAR[]')).toBe('category');
  expect(form('TIME', 'DATE')).toBeNull();
  expect(form('INTEGER', 'VARCHAR')).toBeNull();
});
