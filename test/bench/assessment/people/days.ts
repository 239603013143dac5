const DAY = 86_400_000;

/** Days since 1970-01-01 of a date. */
export const dayOf = (iso: string): number => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);
/** The date of a day. */
export const isoOf = (day: number): string => new Date(Math.round(day) * DAY).toISOString().slice(0, 10);
