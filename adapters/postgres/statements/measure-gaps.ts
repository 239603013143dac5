import type { Pool } from 'pg';
import { z } from 'zod';
import type { GapMeasure } from '../../../gateway/ports/case-register.ts';

const SQL = `
  select
    count(*) filter (where is_open) as open_cases,
    count(*) filter (where is_open and has_gap) as with_gap,
    count(first_reached_on) as reached,
    percentile_disc(0.5) within group (order by first_reached_on - opened_on) as median,
    percentile_disc(0.9) within group (order by first_reached_on - opened_on) as ninetieth
  from holdfast.case_file
  where lead_agency = $1 and opened_on >= $2::date`;

const rowSchema = z.object({
  open_cases: z.coerce.number().int(),
  with_gap: z.coerce.number().int(),
  reached: z.coerce.number().int(),
  median: z.number().int().nullable(),
  ninetieth: z.number().int().nullable(),
});

/** Counts over the listing alone: no sealed column is read. A case that was never reached has no number of days. */
export async function measureGaps(pool: Pool, leadAgency: string, openedSince: string): Promise<GapMeasure> {
  const { rows } = await pool.query({ name: 'measure-gaps', text: SQL, values: [leadAgency, openedSince] });
  const row = rowSchema.parse(rows[0]);
  return {
    openCases: row.open_cases,
    withGap: row.with_gap,
    reached: row.reached,
    ...(row.median === null ? {} : { medianDaysToFirstUsable: row.median }),
    ...(row.ninetieth === null ? {} : { ninetiethPercentileDays: row.ninetieth }),
  };
}
