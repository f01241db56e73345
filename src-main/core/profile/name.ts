/**
 * What the name of a column hints at. A hint only breaks ties, and whoever uses it says so.
 */

const idName =
  /(^|_|\s)(id|ids|key|uuid|guid|pk|sk|no|nr|code|sku|ean|isbn)$|[a-z](Id|ID|Key|Code|No)$|^id(_|$)|^(Id|ID)$/;

const groupName =
  /(^|_|\s)(year|month|week|weekday|day|hour|quarter|class|level|rank|grade|zip|zipcode|postcode|plz|phone|lat|latitude|lon|lng|longitude|flag|is|has|type|status|version|number)(_|$|\s)/i;
const amountName = /^(num|count|cnt|total|amount|amt|mnt|sum|qty|quantity|number_of)(_|\s)/i;
const averageName =
  /(^|_|\s)(rate|ratio|pct|percent|percentage|share|avg|average|mean|median|price|unit_price|age|score|index|temperature|temp|speed|height|weight|length|width|depth|margin|discount_rate|rating|latency)(_|$|\s)/i;

/** Levels that add up over everything but time. */
const stockName =
  /(^|_|\s)(balance|stock|inventory|on_hand|headcount|head_count|open_orders|backlog|outstanding|level|population|saldo)(_|$|\s)/i;

/** Shares and rates, whose average over rows is not that of the whole. */
const rateName = /(^|_|\s)(rate|ratio|pct|percent|percentage|share|margin|per)(_|$|\s)|%/i;
/** What is measured at one thing or one moment, and adds up to nothing. */
const levelName =
  /(^|_|\s)(avg|average|mean|median|unit_price|age|score|index|temperature|temp|speed|height|rating|latency)(_|$|\s)/i;

const words = (name: string) => name.replace(/([a-z])([A-Z])/g, '$1_$2');

/** Whether the name of a column reads as that of an identifier. */
export function readsAsIdentifier(name: string): boolean {
  return idName.test(name);
}

/** Whether it reads as that of a rate or a share. */
export function readsAsRate(name: string): boolean {
  return rateName.test(words(name));
}

/** Whether it reads as that of something that adds up to nothing: a rate, an average, an age. */
export function readsAsUnsummable(name: string): boolean {
  return readsAsRate(name) || levelName.test(words(name));
}

/** Whether it reads as that of a figure that is more often averaged than added, prices among them. */
export function readsAsRatio(name: string): boolean {
  return averageName.test(words(name));
}

/** Whether it reads as that of a group, though its values be numbers. */
export function isGroupName(name: string): boolean {
  return groupName.test(words(name));
}

export function isAmountName(name: string): boolean {
  return amountName.test(words(name));
}

/** Whether it reads as that of a level at a moment, such as a balance, which must not be added over time. */
export function readsAsStock(name: string): boolean {
  return stockName.test(words(name));
}
