import { fileURLToPath } from 'node:url';
import { POLICY_ON_DATE_USAGE, runPolicyOnDate } from '../gateway/cli/policy-on-date.ts';
import { POLICY_REPLAY_USAGE } from '../gateway/cli/policy-replay.ts';
import { POLICY_SCHEDULE_USAGE, runPolicySchedule } from '../gateway/cli/policy-schedule.ts';
import {
  POLICY_KEY_USAGE,
  POLICY_SIGN_USAGE,
  POLICY_VERIFY_USAGE,
  runPolicyKey,
  runPolicySign,
  runPolicyVerify,
} from '../gateway/cli/policy-sign.ts';
import { POLICY_WHO_USAGE, runPolicyWho } from '../gateway/cli/policy-who.ts';
import { readPoliciesFolder } from './policies-folder.ts';
import { runPolicyReplay } from './replay.ts';

/** The commands with which agreements are signed, printed, and looked at in the past and in days to come. */

export const SIGNED_POLICY_USAGE = `${POLICY_KEY_USAGE}                         makes the key with which somebody signs agreements
  ${POLICY_SIGN_USAGE}
                                                   signs agreements, and says who has to sign yet
  ${POLICY_VERIFY_USAGE}
                                                   verifies agreements and everybody's signatures
  ${POLICY_SCHEDULE_USAGE}
                                                   writes the agreement's table, or checks one
  ${POLICY_WHO_USAGE}
                                                   who may see a field, or what a role may see
  ${POLICY_REPLAY_USAGE}
                                                   takes past decisions again, and under other agreements
  ${POLICY_ON_DATE_USAGE}
                                                   what the law changes between two days`;

const SHIPPED = fileURLToPath(new URL('../policies/agreements', import.meta.url));

type Tell = (sentence: string) => number;

/** Runs a command of `holdfast policy`; undefined where it is not one of these. */
export function runSignedPolicy(
  command: string | undefined,
  words: readonly string[],
  print: Tell,
  fail: Tell,
): Promise<number> | undefined {
  switch (command) {
    case 'key':
      return runPolicyKey(words, print, fail);
    case 'sign':
      return runPolicySign(words, print, fail);
    case 'verify':
      return runPolicyVerify(words, print, fail);
    case 'schedule':
      return runPolicySchedule(words, readPoliciesFolder, print, fail);
    case 'who':
      return runPolicyWho(words, { readBundle: readPoliciesFolder, shipped: SHIPPED, print, fail });
    case 'replay':
      return runPolicyReplay(words, print, fail);
    case 'on-date':
      return runPolicyOnDate(words, readPoliciesFolder, print, fail);
    default:
      return undefined;
  }
}
