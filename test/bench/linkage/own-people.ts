import type { LabelledTable } from './labelled-sets.ts';
import { PEOPLE_HEADER, PEOPLE_MAPPING, peopleRows } from './people.ts';

const SEED = 7;

/** People of our own making, with the truth about them. */
export function ownPeople(rows: number): LabelledTable {
  const lines = [...peopleRows(rows, SEED)];
  const personOf = new Map(
    lines.map((line) => {
      const [id = '', person = ''] = line.split(',', 2);
      return [id, person];
    }),
  );
  return { csv: `${[PEOPLE_HEADER, ...lines].join('\n')}\n`, mapping: PEOPLE_MAPPING, personOf };
}
