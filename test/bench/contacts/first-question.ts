import { parseArgs } from 'node:util';
import { warmUp } from '../../../gateway/disclosure/warm-up.ts';
import { generateQuestions } from '../../population/questions.ts';
import { measure } from './measure.ts';

/** The first question of a process, as `bench.ts` starts one: prints what it took, in milliseconds of this thread. */

const { values } = parseArgs({ options: { warm: { type: 'boolean' }, records: { type: 'string' } } });
const questions = [...generateQuestions({ seed: 404, count: 1, recordsAtLeast: Number(values.records ?? 80) })];
if (values.warm === true) warmUp();
const { threadMs, cpuMs } = measure(questions);
process.stdout.write(`${threadMs[0] ?? cpuMs[0] ?? 0}\n`);
