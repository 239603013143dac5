/** Dates as people here write them: "16 November 2026 at 9:02am", London time. */

const DAY = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const TIME = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hour: 'numeric',
  minute: '2-digit',
  // Of `hour12` this locale makes hours from 0: five past noon would be said as 0:05pm.
  hourCycle: 'h12',
});

/** A day from an ISO date or moment; a text that is no date comes back as it is. */
export function sayDay(iso: string): string {
  const moment = new Date(iso.length === 10 ? `${iso}T12:00:00Z` : iso);
  return Number.isNaN(moment.getTime()) ? iso : DAY.format(moment);
}

/** Day and time from an ISO moment; of a date alone the day only, never a made-up time. */
export function sayDate(iso: string): string {
  const moment = new Date(iso);
  if (iso.length === 10 || Number.isNaN(moment.getTime())) return sayDay(iso);
  const time = TIME.format(moment).replace(
    /\s?([ap])\.?m\.?$/iu,
    (_whole, letter: string) => `${letter.toLowerCase()}m`,
  );
  return `${DAY.format(moment)} at ${time}`;
}
