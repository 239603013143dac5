import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Agency } from '../../../schemas/case.ts';
import type { CaseActor } from '../../../schemas/case-history.ts';
import { err, ok, type Result } from '../../../schemas/result.ts';
import { dayOf } from '../../cases/days.ts';
import type { ColumnName } from '../../cases/marac-list/columns.ts';
import { caseOfCells, cellFaultOf } from '../../cases/marac-list/read-marac-list.ts';
import { openCase, type AskedCase, type OpenCaseFault } from '../../cases/open-case.ts';
import { NOT_NOW } from '../cases/case-page.ts';
import { sayName } from '../cases/say-person.ts';
import { sayDay } from '../layout/say-date.ts';
import type { Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';
import { fieldsOf, type FormFields } from '../session/form-fields.ts';
import { takeTyped } from '../session/typed-fields.ts';
import type { CheckRow } from './change-form.ts';
import { boxName, dateField, namesOf, readDate, summaryOf, withErrors, type Field, type FieldError } from './fields.ts';
import { panelPage, type OnPanel } from './panel-page.ts';
import { readReferral, referralFields, sayReferral } from './referral-form.ts';

/** `/register/new`: a case begins with a MARAC referral that meets one of the three criteria, and in no other way. */

const HREF = '/register/new';

interface NewCaseGround {
  readonly today: string;
  /** All that are registered, but the one that will lead it. */
  readonly others: readonly Agency[];
}

export const getNewCase = (deps: PageDeps, render: Render): RequestHandler =>
  panelPage(deps, render, (on) => {
    const again = takeTyped(deps, on);
    showForm(deps, on, again?.fields ?? {}, [], again);
  });

export const postNewCase = (deps: PageDeps, render: Render): RequestHandler =>
  panelPage(deps, render, async (on) => {
    const typed = fieldsOf(on.request);
    const read = readNewCase(typed, groundOf(deps, on.actor));
    if (typed.step === 'change') showForm(deps, on, typed, []);
    else if (!read.ok) showForm(deps, on, typed, read.error);
    else if (typed.step === 'record') await open(deps, on, typed, read.value);
    else showCheck(deps, on, typed, read.value);
  });

function groundOf(deps: PageDeps, actor: CaseActor): NewCaseGround {
  const others = [...deps.register().agencies.values()].filter(({ id }) => id !== actor.agency);
  others.sort((a, b) => a.name.localeCompare(b.name, 'en-GB'));
  return { today: dayOf(deps.now().toISOString()), others };
}

function fieldsFor({ others }: NewCaseGround, typed: FormFields): readonly Field[] {
  const text = (name: string, label: string, hint?: string): Field => ({
    ...{ kind: 'text', name, label, value: typed[name] ?? '' },
    ...(hint === undefined ? {} : { hint }),
  });
  return [
    text('caseRef', 'Case reference', 'The partnership’s own, like DAPG-2026-0042. It is never a name.'),
    ...referralFields(typed),
    text('given', 'Given names of the person of this case'),
    text('family', 'Family name'),
    dateField({ name: 'born', label: 'Date of birth', hint: 'Leave it empty where it is not known' }, typed),
    text('postcode', 'Postcode where this person lives', 'Leave it empty where it is not known'),
    text(
      'pnc',
      'PNC number',
      'Year, stroke, number and letter, like 2006/0900001W. Leave it empty where there is none.',
    ),
    {
      kind: 'boxes',
      name: 'agency',
      label: 'Whose staff may ask about this case?',
      hint: 'Your own agency leads it and always may.',
      choices: others.map(({ id, name }) => ({
        value: id,
        text: name,
        checked: typed[boxName('agency', id)] === 'yes',
      })),
    },
  ];
}

/** Fields of the form whose rules are those of a list's column. */
const CELLS: readonly { readonly field: string; readonly column: ColumnName; readonly wrong: string }[] = [
  { field: 'caseRef', column: 'case_ref', wrong: 'Enter the case reference, like DAPG-2026-0042' },
  { field: 'given', column: 'given', wrong: 'Enter the given names, in letters' },
  { field: 'family', column: 'family', wrong: 'Enter the family name, in letters' },
  { field: 'postcode', column: 'postcode', wrong: 'Enter a whole postcode, like RV1 2AB' },
  { field: 'pnc', column: 'pnc', wrong: 'Enter the PNC number, like 2006/0900001W' },
];

function readNewCase(typed: FormFields, ground: NewCaseGround): Result<AskedCase, readonly FieldError[]> {
  const { today, others } = ground;
  const cellOf = (field: string): string => {
    const cell = (typed[field] ?? '').trim().normalize('NFC');
    return field === 'given' || field === 'family' ? cell : cell.toUpperCase();
  };
  const referral = readReferral(typed, today);
  const born = readDate('born', typed);
  const errors: FieldError[] = [
    ...CELLS.flatMap(({ field, column, wrong }) =>
      cellFaultOf(column, cellOf(field), today) === undefined ? [] : [{ field, text: wrong }],
    ),
    ...(referral.ok ? [] : referral.error),
    ...bornErrors(born, today),
  ];
  if (!referral.ok || errors.length > 0) return err(inOrder(errors, fieldsFor(ground, typed)));
  const cells: Partial<Record<ColumnName, string>> = {
    criterion: referral.value.criterion,
    marac_reference: referral.value.maracReference,
    referred_on: referral.value.referredOn,
    meeting_on: referral.value.maracMeetingOn ?? '',
    date_of_birth: 'date' in born ? born.date : '',
    agencies: others.flatMap(({ id }) => (typed[boxName('agency', id)] === 'yes' ? [id] : [])).join(' '),
    ...Object.fromEntries(CELLS.map(({ field, column }) => [column, cellOf(field)])),
  };
  return ok(caseOfCells((column) => cells[column] ?? ''));
}

function bornErrors(born: ReturnType<typeof readDate>, today: string): readonly FieldError[] {
  if ('fault' in born)
    return born.fault === 'empty'
      ? []
      : [{ field: 'born', text: 'The date of birth must be a real day, like 14 3 1988' }];
  return born.date > today ? [{ field: 'born', text: 'The date of birth must not be in the future' }] : [];
}

function inOrder(errors: readonly FieldError[], fields: readonly Field[]): readonly FieldError[] {
  const place = ({ field }: FieldError): number => fields.findIndex(({ name }) => name === field);
  return [...errors].sort((a, b) => place(a) - place(b));
}

async function open(deps: PageDeps, on: OnPanel, typed: FormFields, asked: AskedCase): Promise<void> {
  const { cases, log, now, disclosure } = deps;
  const opening = { cases, log, seal: disclosure.seal, pseudonymOf: disclosure.pseudonymOf, now };
  const opened = await openCase(opening, on.actor, asked);
  const href = `/register/${asked.caseRef}`;
  if (opened.ok || (opened.error === 'case-exists' && (await wasJustOpened(deps, on.actor, asked))))
    on.response.redirect(303, `${href}?done=opened`);
  else if (opened.error === 'may-not') on.notFound();
  else {
    const error = ERRORS[opened.error];
    if (error === undefined) on.show('layout/message.njk', NOT_NOW, 503);
    else showForm(deps, on, typed, [error]);
  }
}

/** The same form sent twice: the case is there, from this referral and by this person. */
async function wasJustOpened(deps: PageDeps, actor: CaseActor, asked: AskedCase): Promise<boolean> {
  const there = await deps.cases.open(asked.caseRef, actor.agency);
  const [first] = there.ok ? (there.value.kase.referrals ?? []) : [];
  return first?.maracReference === asked.maracReference && first.by.staffId === actor.staffId;
}

const ERRORS: Partial<Record<OpenCaseFault, FieldError>> = {
  'case-exists': { field: 'caseRef', text: 'This case reference is taken. Enter another' },
  'date-not-possible': { field: 'referredOn', text: 'The day of the referral must not be in the future' },
};

function showForm(
  deps: PageDeps,
  on: OnPanel,
  typed: FormFields,
  errors: readonly FieldError[],
  again?: { readonly cut: boolean },
): void {
  const fields = fieldsFor(groundOf(deps, on.actor), typed);
  on.show('register/form.njk', {
    heading: 'Open a case',
    ...BACK,
    action: HREF,
    fields: withErrors(fields, errors),
    missing: [],
    filledIn: again !== undefined,
    lostTail: again?.cut === true,
    ...(errors.length === 0 ? {} : { errors: { list: summaryOf(fields, errors) } }),
  });
}

function showCheck(deps: PageDeps, on: OnPanel, typed: FormFields, asked: AskedCase): void {
  const names = fieldsFor(groundOf(deps, on.actor), typed).flatMap(namesOf);
  on.show('register/check.njk', {
    heading: 'Check before you open the case',
    ...BACK,
    action: HREF,
    button: 'Open the case',
    says: sayAsked(deps, asked),
    sent: names.flatMap((name) => (typed[name] === undefined ? [] : [{ name, value: typed[name] }])),
  });
}

const BACK = { backHref: '/register', backText: 'Back to cases' };
const bornSchema = z.string().length(10);

/** What the case will say, read back from what was understood and not from what was typed. */
function sayAsked(deps: PageDeps, asked: AskedCase): readonly CheckRow[] {
  const { caseRef, subject, agencies } = asked;
  const born = bornSchema.safeParse(subject.dateOfBirth);
  return [
    { key: 'Case reference', value: caseRef },
    ...sayReferral(asked),
    { key: 'Name', value: sayName(subject) },
    { key: 'Date of birth', value: born.success ? sayDay(born.data) : 'Not known' },
    { key: 'Postcode', value: subject.addresses?.[0]?.postcode ?? 'Not known' },
    { key: 'PNC number', value: subject.identifiers?.[0]?.value ?? 'None' },
    { key: 'Other agencies', value: agencies.map(deps.nameOfAgency).join(', ') || 'None' },
  ];
}
