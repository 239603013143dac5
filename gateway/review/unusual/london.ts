/** Clock and calendar of the people who work here: British time, worked out from the rule rather than a zone file. */

const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** 01:00 UTC on the last Sunday of a month: when summer time begins and ends (Summer Time Order 2002). */
function lastSunday(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month + 1, 0, 1));
  return last.getTime() - last.getUTCDay() * DAY_MS;
}

const MARCH = 2;
const OCTOBER = 9;

const local = (at: number): Date => {
  const year = new Date(at).getUTCFullYear();
  const summer = at >= lastSunday(year, MARCH) && at < lastSunday(year, OCTOBER);
  return new Date(at + (summer ? HOUR_MS : 0));
};

export interface LocalMoment {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** 0 to 23 */
  readonly hour: number;
  /** Saturday or Sunday. */
  readonly weekend: boolean;
}

/** @param at milliseconds since 1970 */
export function londonOf(at: number): LocalMoment {
  const moment = local(at);
  const day = moment.getUTCDay();
  return {
    date: moment.toISOString().slice(0, 10),
    hour: moment.getUTCHours(),
    weekend: day === 0 || day === 6,
  };
}
