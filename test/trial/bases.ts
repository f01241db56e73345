/**
 * Two clean tables of our own that the trials pollute: a catalogue of products, and readings of stations.
 */
import { chance } from './chance';

export interface BaseCell {
  readonly text: string;
  /** Whether it is written in quotes although it need not be. */
  readonly quoted: boolean;
}

export interface Base {
  readonly name: string;
  readonly header: readonly BaseCell[];
  readonly rows: readonly (readonly BaseCell[])[];
}

const plain = (text: string): BaseCell => ({ text, quoted: false });
const quoted = (text: string): BaseCell => ({ text, quoted: true });
const two = (n: number) => String(n).padStart(2, '0');

function catalogue(): Base {
  const c = chance(11);
  const things = [
    'Kettle',
    'Desk Lamp',
    "Gardener's Knife",
    'Folding Chair',
    'Wall Clock',
    'Tea Towel',
    'Monitor',
  ];
  const makes = ['Steel', 'Oak', 'Linen', 'Copper', "Maker's", 'Blue', 'Small'];
  const groups = ['Kitchen', 'Garden', 'Office', 'Home & Living'];
  const praise = [
    'Made to last, and easy to clean.',
    'Light enough to carry; strong enough to stand on.',
    'Looks good in any room, in daylight or at night.',
    'Comes with a spare part, a key and a cloth.',
    "Everybody's choice for small flats.",
  ];
  const rows = Array.from({ length: 64 }, (_, i) => {
    const sku = `${c.one(['KT', 'GD', 'OF', 'HM'])}${c.whole(10000, 99999)}`;
    const thing = c.one(things);
    const inches = thing === 'Monitor' || c.next() < 0.1 ? `, ${c.whole(10, 32)}" wide` : '';
    return [
      plain(sku),
      quoted(`${c.one(makes)} ${thing}${inches}`),
      plain(c.one(groups)),
      plain(`€${c.whole(3, 240)}.${two(c.whole(0, 99))}`),
      plain(String(c.whole(0, 900))),
      plain(`${2019 + Math.floor(i / 16)}-${two(c.whole(1, 12))}-${two(c.whole(1, 28))}`),
      plain(c.next() < 0.2 ? c.one(['sold out', 'new']) : ''),
      quoted(`https://shop.example.org/p/${sku.toLowerCase()}?from=list`),
      quoted(`${c.one(praise)} ${c.one(praise)}`),
    ];
  });
  return {
    name: 'catalogue',
    header: [
      ...['sku', 'title', 'group', 'price', 'stock', 'listed', 'remark'].map(plain),
      quoted('link'),
      quoted('description'),
    ],
    rows,
  };
}

function stations(): Base {
  const c = chance(23);
  const towns = ['Alder, North', 'Brook', 'Cold Ash', 'Dun Hill, upper gate', 'East Weir', 'Fen'];
  const notes = ['', '', '', 'sensor cleaned', 'wind from west, gusts', 'battery low', 'checked by hand, ok'];
  const rows = Array.from({ length: 110 }, (_, i) => [
    plain(String(1001 + i)),
    plain(`ST-${two(c.whole(1, 24))}`),
    plain(c.one(towns)),
    plain(`${two(c.whole(0, 23))}:${two(c.whole(0, 59))}`),
    plain((c.next() * 60 - 15).toFixed(1)),
    plain(String(c.whole(960, 1045))),
    plain((c.next() * 100).toFixed(3)),
    plain(c.one(['ok', 'ok', 'ok', 'late'])),
    plain(c.one(notes)),
    plain(String(c.whole(1, 4))),
  ]);
  return {
    name: 'stations',
    header: ['reading', 'station', 'place', 'at', 'celsius', 'hPa', 'humidity', 'state', 'note', 'shift'].map(
      plain,
    ),
    rows,
  };
}

export const bases: readonly Base[] = [catalogue(), stations()];
