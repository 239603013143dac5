import { describe, expect, it } from '@jest/globals';
import { canonicalize } from '../../policies/engine/canonical-json.ts';
import { LOGGED_OPERATIONS, logEntryBodySchema } from '../../schemas/entry.ts';
import { consulted, disclosed } from '../log-entries.ts';
import { EVENTS } from './review-entries.ts';
import { replaced, stringPaths } from './strings-of-entry.ts';

const VALUES = [
  '07700 900123',
  '07700900123',
  '+447700900123',
  'jo.bloggs@example.test',
  'Jo Bloggs',
  '12 Sample Street, Riverton, ZZ9 9ZZ',
  'ZZ9 9ZZ',
  "Siobhán O'Neil",
  'his sister rang from her work',
  '9990000018',
];

const events = Object.values(EVENTS);

describe('P8: every event an officer reviews is an entry without values', () => {
  it('each kind that the union knows has its example, and each is taken by the log', () => {
    const kinds = logEntryBodySchema.options.map((option) => option.shape.kind.value);
    const questions = [
      'question-consulted',
      'question-disclosed',
      'question-refused',
      'policy-loaded',
      'gateway-started',
    ];
    expect(kinds.filter((kind) => !questions.includes(kind)).sort()).toEqual(Object.keys(EVENTS).sort());
    for (const event of events)
      expect({
        kind: event.kind,
        taken: logEntryBodySchema.safeParse(event).success && canonicalize(event).ok,
      }).toEqual({ kind: event.kind, taken: true });
  });

  it.each(events.flatMap((event) => stringPaths(event).map((path) => ({ kind: event.kind, path, event }))))(
    '$kind: $path takes no name, number, address or sentence',
    ({ path, event }) => {
      expect(VALUES.filter((value) => logEntryBodySchema.safeParse(replaced(event, path, value)).success)).toEqual([]);
    },
  );

  it.each(events)('$kind takes no member of another name', (event) => {
    for (const member of ['value', 'name', 'note', 'reason', 'phone'])
      expect(logEntryBodySchema.safeParse({ ...event, [member]: 'x' }).success).toBe(false);
  });

  it('each kind is the operations of section 62 that it is, and can claim no other', () => {
    for (const event of events) {
      const others = LOGGED_OPERATIONS.filter((operation) => !event.operations.some((own) => own === operation));
      const claimed = others.filter(
        (operation) => logEntryBodySchema.safeParse({ ...event, operations: [operation] }).success,
      );
      // Whether a change to a case collects something new or alters what is there is for the change to say.
      expect({ kind: event.kind, claimed }).toEqual({
        kind: event.kind,
        claimed: event.kind === 'case-changed' ? ['collection'] : [],
      });
    }
  });

  it('every operation of section 62 has a kind', () => {
    const said = [...events, consulted(1), disclosed(1)].flatMap<string>(({ operations }) => operations);
    expect(LOGGED_OPERATIONS.filter((operation) => !said.includes(operation))).toEqual([]);
  });

  it('entries of the first version keep their shape', () => {
    for (const entry of [consulted(1), disclosed(1)])
      expect(logEntryBodySchema.safeParse(entry)).toMatchObject({ success: true, data: entry });
  });
});
