import type { ListEntry } from '../../schemas/disclosable-value.ts';
import type { Row } from '../extract/layout.ts';
import { CONDITIONS, ORDER_TYPES } from './columns.ts';

/** Orders and bail in force on a day, each with its conditions in our words, never in the court's. */

export interface HeldOrder {
  readonly type: keyof typeof ORDER_TYPES;
  readonly from: string;
  readonly to?: string;
  readonly conditions: readonly string[];
  /** The day the force last looked at it. */
  readonly asAt: string;
}

/** Puts the rows of one person's orders together and keeps those in force on `asOf` (both ends included). */
export function ordersInForce(rows: readonly Row[], asOf: string): readonly HeldOrder[] {
  const byOrder = new Map<string, Row[]>();
  for (const row of rows) {
    const id = row.get('order_id') ?? '';
    byOrder.set(id, [...(byOrder.get(id) ?? []), row]);
  }
  return [...byOrder.values()].flatMap((group) => {
    // An order is one thing: what its newest row says of status and dates goes for all its conditions.
    const [newest] = [...group].sort((a, b) => lookedAt(b).localeCompare(lookedAt(a)));
    return newest === undefined ? [] : inForce(newest, group, asOf);
  });
}

function inForce(newest: Row, group: readonly Row[], asOf: string): readonly HeldOrder[] {
  const type = orderType(newest.get('order_type'));
  const from = newest.get('valid_from');
  const to = newest.get('valid_to');
  if (type === undefined || from === undefined || newest.get('status') !== 'in-force') return [];
  if (from > asOf || (to !== undefined && to < asOf)) return [];
  const conditions = new Set(group.flatMap((row) => conditionText(row.get('condition_code'))));
  return [{ type, from, conditions: [...conditions], asAt: lookedAt(newest), ...(to === undefined ? {} : { to }) }];
}

const lookedAt = (row: Row): string => {
  const updated = row.get('last_updated') ?? '';
  const confirmed = row.get('last_confirmed') ?? '';
  return confirmed > updated ? confirmed : updated;
};

function orderType(code: string | undefined): HeldOrder['type'] | undefined {
  return recordKeys(ORDER_TYPES).find((type) => type === code);
}

function conditionText(code: string | undefined): readonly string[] {
  return recordKeys(CONDITIONS).flatMap((known) => (known === code ? [CONDITIONS[known]] : []));
}

/** Own keys of a constant record, typed as such. */
export function recordKeys<K extends string>(record: Readonly<Record<K, unknown>>): readonly K[] {
  const isKey = (key: string): key is K => Object.hasOwn(record, key);
  return Object.keys(record).filter(isKey);
}

/** The order as the list entry that policy decides on. */
export function entryOfOrder(order: HeldOrder): ListEntry {
  return {
    group: order.type === 'bail' ? 'Bail' : 'Order',
    title: ORDER_TYPES[order.type],
    date: order.from,
    ...(order.to === undefined ? {} : { until: order.to }),
    conditions: [...order.conditions],
  };
}
