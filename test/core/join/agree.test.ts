import { expect, it } from 'vitest';
import { isKeyName, namedBy, singular, wordsOf } from '#core/grain/name';
import { agreementOf, STRONG } from '#core/join/agree';

const score = (from: string, to: string) => {
  const end = (text: string) => {
    const [table = '', column = ''] = text.split('.');
    return { table, column };
  };
  return agreementOf(end(from), end(to)).score;
};

it.each([
  ['transactions.product_id', 'products.product_id'],
  ['orders.customerID', 'customers.id'],
  ['orders.customer_no', 'customers.code'],
  ['order-details.orderID', 'orders.orderID'],
  ['orders.billing_customer_id', 'customers.id'],
  ['flights.tailnum', 'planes.tailnum'],
  ['a.ship_country_code', 'b.country_code'],
  ['Products.CategoryId', 'raw_categories.id'],
])('%s reads like a reference to %s', (from, to) => {
  expect(score(from, to)).toBeGreaterThanOrEqual(STRONG);
});

it.each([
  ['orders.id', 'customers.id'],
  ['orders.code', 'customers.code'],
  ['orders.line_no', 'returns.line_no'],
  ['orders.quantity', 'stock.quantity'],
  ['orders.date', 'weather.date'],
  ['orders.user_id', 'customers.id'],
  ['rides.passengers', 'people.passenger_id'],
  ['orders.customer_id', 'products.id'],
  ['a.paid', 'b.id'],
])('%s does not read like a reference to %s', (from, to) => {
  expect(score(from, to)).toBeLessThan(STRONG);
});

it('reads words, keys and singulars from names', () => {
  expect(wordsOf('customerID')).toEqual(['customer', 'id']);
  expect(wordsOf('HTTPStatus code')).toEqual(['http', 'status', 'code']);
  expect(['id', 'orderNo', 'userid', 'tailnum', 'Postal Code'].map(isKeyName)).toEqual(Array(5).fill(true));
  expect(['paid', 'valid', 'amount', 'idea', ''].map(isKeyName)).toEqual(Array(5).fill(false));
  expect([namedBy('userid'), namedBy('order_line_no'), namedBy('id')]).toEqual([
    ['user'],
    ['order', 'line'],
    [],
  ]);
  expect(['categories', 'classes', 'boxes', 'status', 'houses'].map(singular)).toEqual([
    'category',
    'class',
    'box',
    'status',
    'house',
  ]);
});
