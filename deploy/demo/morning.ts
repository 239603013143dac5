import { randomUUID } from 'node:crypto';
import { answerSchema } from '../../schemas/answer.ts';
import { problemSchema } from '../../schemas/problem.ts';
import { CAN_FULFIL } from '../../test/agencies/asker.ts';
import { clientIdOf, type Partnership } from '../../test/agencies/partnership.ts';
import { WORKERS } from '../../test/population/cast-cases.ts';
import { during } from './progress.ts';
import { heading, line } from './print.ts';
import { tellAnswer, tellAsking, tellRefusal } from './tell.ts';

/** One worker's morning: what she asks, over the real protocols, and what she is told. */

interface Scene {
  readonly title: string;
  readonly tells: string;
  readonly who: string;
  readonly agency: string;
  readonly staff: string;
  readonly caseNumber: number;
  readonly reason: string;
  /** What happens at an agency meanwhile. */
  readonly meanwhile?: (partnership: Partnership) => () => void;
}

const AMARA = 'Amara Lewis, Domestic Abuse Intervention Worker';
const JOSEPH = 'Joseph Tate, Domestic Abuse Intervention Worker';

const SCENES: readonly Scene[] = [
  {
    title: '09:02  The man everybody knows a piece of',
    tells:
      'Five agencies hold five different pictures of him. One number works; one is his mother’s and one is the victim’s.',
    who: AMARA,
    agency: 'riverton-council',
    staff: WORKERS.amara,
    caseNumber: 1,
    reason: 'First call after the panel met on Thursday',
  },
  {
    title: '09:10  A man in prison',
    tells: 'His case is on hold: who works with him and when he comes out, and nothing to call.',
    who: AMARA,
    agency: 'riverton-council',
    staff: WORKERS.amara,
    caseNumber: 2,
    reason: 'Planning contact for his release',
  },
  {
    title: '09:14  A man nobody may contact',
    tells: 'His case is on monitor: contact is unsafe or refused, so there is no way to reach him in the answer.',
    who: JOSEPH,
    agency: 'riverton-council',
    staff: WORKERS.joseph,
    caseNumber: 3,
    reason: 'Checking the case before the review',
  },
  {
    title: '09:20  An agency that does not answer',
    tells: 'Probation hangs. The answer comes all the same, and says that silence is not “nothing held”.',
    who: AMARA,
    agency: 'riverton-council',
    staff: WORKERS.amara,
    caseNumber: 1,
    reason: 'Trying again before the visit',
    meanwhile: ({ agencies }) => {
      agencies.probation.setFault({ kind: 'hang' });
      return () => agencies.probation.setFault(undefined);
    },
  },
  {
    title: '09:31  Somebody with a good certificate and no business here',
    tells:
      'Another council asks about the same case. What it is told is what it would be told of a case that does not exist.',
    who: 'A worker of Westmarsh Council',
    agency: 'westmarsh-council',
    staff: 'sam.field',
    caseNumber: 1,
    reason: 'Looking for a man who moved here',
  },
];

/** Plays the morning and prints it. Throws where an answer is not of the published shape. */
export async function playMorning(partnership: Partnership, year: string): Promise<void> {
  for (const scene of SCENES) {
    heading(scene.title);
    line(scene.tells, 2);
    line();
    const caseRef = `DAPG-${year}-${String(scene.caseNumber).padStart(4, '0')}`;
    tellAsking({ who: scene.who, purpose: 'ENGAGE', caseRef, reason: scene.reason });
    await play(partnership, scene, caseRef);
  }
}

async function play(partnership: Partnership, scene: Scene, caseRef: string): Promise<void> {
  const undo = scene.meanwhile?.(partnership);
  const asker = partnership.asker(scene.agency);
  try {
    const token = await asker.token('ENGAGE', caseRef);
    const startedAt = performance.now();
    const body = contactBody(caseRef, scene.staff, scene.reason);
    const reply = await during('asking five agencies', asker.send('POST', '/v1/contact-requests', { token, body }));
    const tookMs = Math.round(performance.now() - startedAt);
    if (reply.status === 200) tellAnswer(answerSchema.parse(reply.json), tookMs);
    else tellRefusal(problemSchema.parse(reply.json));
  } finally {
    await asker.close();
    undo?.();
  }
}

function contactBody(caseRef: string, staffId: string, reason: string): string {
  return JSON.stringify({
    requestId: randomUUID(),
    sentAt: new Date().toISOString(),
    staff: { id: staffId, role: 'dai.daiw' },
    caseRef,
    reason,
    canFulfil: CAN_FULFIL,
  });
}

/** Lines that a newcomer can paste: a token for one purpose and case, and a question with it. */
export function readyLines(url: string, folder: string, year: string): string[] {
  const caseRef = `DAPG-${year}-0001`;
  const details = JSON.stringify([{ type: 'holdfast_question', purpose: 'ENGAGE', caseRef }]);
  const tls = `--cacert ${folder}/authority.crt --cert ${folder}/council.crt --key ${folder}/council.key`;
  const body =
    `node -p 'JSON.stringify({requestId:crypto.randomUUID(),sentAt:new Date().toISOString(),` +
    `staff:{id:"${WORKERS.amara}",role:"dai.daiw"},caseRef:"${caseRef}",reason:"Trying it out from the demo",` +
    `canFulfil:${JSON.stringify(CAN_FULFIL)}})'`;
  return [
    `TOKEN=$(curl -s ${tls} ${url}/oauth/token -d grant_type=client_credentials -d client_id=${clientIdOf('riverton-council')} ` +
      `--data-urlencode 'authorization_details=${details}' | node -p 'JSON.parse(require("fs").readFileSync(0)).access_token')`,
    `${body} | curl -s ${tls} -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' -d @- ${url}/v1/contact-requests | node -p 'JSON.stringify(JSON.parse(require("fs").readFileSync(0)).disclosure,null,2)'`,
    `curl -s ${tls} ${url}/openapi.json`,
  ];
}
