import { z } from 'zod';

/** Takes any JSON value; gives the path to every string in it. */
export function stringPaths(value: unknown, path: readonly (string | number)[] = []): (string | number)[][] {
  if (typeof value === 'string') return [[...path]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    stringPaths(member, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** Gives a copy of the value in which the string at this path is another. */
export function replaced(value: unknown, [key, ...rest]: readonly (string | number)[], by: string): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.map((item: unknown, n) => (n === key ? replaced(item, rest, by) : item));
  const members = z.record(z.string(), z.unknown()).parse(value);
  return { ...members, [key]: replaced(members[key], rest, by) };
}
