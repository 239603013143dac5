import { staffIdSchema } from '../../../schemas/case-records.ts';
import { err, ok } from '../../../schemas/result.ts';
import { isOpenCase, type ChangeForm, type FormGround } from './change-form.ts';
import { boxName } from './fields.ts';

/** Who works on a case: its worker, its team, and the agencies whose staff may ask about it. */

const STAFF_HINT = 'The staff number as your organisation writes it, like amara.lewis';

export const WORKER_FORM: ChangeForm = {
  slug: 'worker',
  heading: 'Allocate to a worker',
  button: 'Allocate the case',
  done: 'The case is allocated.',
  whyNot: isOpenCase,
  initial: () => ({}),
  fields: ({ kase }, typed) => [
    {
      kind: 'text',
      name: 'worker',
      label: 'Who works on this case from now on?',
      hint: `${STAFF_HINT}. Now: ${kase.allocatedTo ?? 'nobody'}.`,
      value: typed.worker ?? '',
    },
  ],
  read: (_ground, typed) => {
    const to = staffIdSchema.safeParse((typed.worker ?? '').trim());
    const text = 'Enter the worker’s staff number, like amara.lewis';
    return to.success ? ok({ kind: 'allocate', to: to.data }) : err([{ field: 'worker', text }]);
  },
  says: ({ kase }, change) =>
    change.kind !== 'allocate'
      ? []
      : [
          { key: 'Now', value: kase.allocatedTo ?? 'Nobody' },
          { key: 'From now on', value: change.to },
          { key: 'What it means', value: 'Only the worker and the team may ask how to reach this person.' },
        ],
  isDone: ({ allocatedTo }, change) => change.kind === 'allocate' && allocatedTo === change.to,
};

const TEAM_MAX = 50;

export const TEAM_FORM: ChangeForm = {
  slug: 'team',
  heading: 'Change the team',
  button: 'Record the team',
  done: 'The team is recorded.',
  whyNot: isOpenCase,
  initial: ({ kase }) => ({ team: kase.team.join('\n') }),
  fields: (_ground, typed) => [
    {
      kind: 'lines',
      name: 'team',
      label: 'Who else works on this case?',
      hint: `One staff number a line, ${TEAM_MAX} at most. Leave it empty where nobody else does.`,
      value: typed.team ?? '',
    },
  ],
  read: (_ground, typed) => {
    const lines = linesOf(typed.team ?? '');
    const wrong = lines.findIndex((line) => !staffIdSchema.safeParse(line).success);
    if (lines.length > TEAM_MAX) return err([{ field: 'team', text: `Enter ${TEAM_MAX} people at most` }]);
    if (wrong >= 0)
      return err([{ field: 'team', text: `Person ${wrong + 1}: enter the staff number, like joseph.tate` }]);
    return ok({ kind: 'set-team', team: [...new Set(lines)] });
  },
  says: ({ kase }, change) =>
    change.kind !== 'set-team'
      ? []
      : [
          { key: 'Now', value: kase.team.join(', ') || 'Nobody else' },
          { key: 'From now on', value: change.team.join(', ') || 'Nobody else' },
        ],
  isDone: ({ team }, change) => change.kind === 'set-team' && isSameSet(team, change.team),
};

const linesOf = (text: string): string[] =>
  text
    .split(/[\s,;]+/u)
    .map((line) => line.trim())
    .filter((line) => line !== '');

const isSameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((each) => b.includes(each));

const others = ({ agencies, kase }: FormGround) => agencies.filter(({ id }) => id !== kase.leadAgency);

export const AGENCIES_FORM: ChangeForm = {
  slug: 'agencies',
  heading: 'Change the agencies',
  button: 'Record the agencies',
  done: 'The agencies are recorded.',
  whyNot: () => undefined,
  initial: ({ kase }) => Object.fromEntries(kase.agencies.map((agency) => [boxName('agency', agency), 'yes'])),
  fields: (ground, typed) => [
    {
      kind: 'boxes',
      name: 'agency',
      label: 'Whose staff may ask about this case?',
      hint: `${ground.nameOfAgency(ground.kase.leadAgency)} leads it and always may.`,
      choices: others(ground).map(({ id, name }) => ({
        value: id,
        text: name,
        checked: typed[boxName('agency', id)] === 'yes',
      })),
    },
  ],
  read: (ground, typed) => {
    const chosen = others(ground).flatMap(({ id }) => (typed[boxName('agency', id)] === 'yes' ? [id] : []));
    return ok({ kind: 'set-agencies', agencies: [ground.kase.leadAgency, ...chosen] });
  },
  says: ({ kase, nameOfAgency }, change) =>
    change.kind !== 'set-agencies'
      ? []
      : [
          { key: 'Now', value: kase.agencies.map(nameOfAgency).join(', ') },
          { key: 'From now on', value: change.agencies.map(nameOfAgency).join(', ') },
        ],
  isDone: ({ agencies }, change) => change.kind === 'set-agencies' && isSameSet(agencies, change.agencies),
};
