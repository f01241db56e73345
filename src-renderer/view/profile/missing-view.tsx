export function MissingView(_: { table: string }) {
  return null;
}
