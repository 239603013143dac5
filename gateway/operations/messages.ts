import type { AskedWitness } from '../audit/witness/ask-witness.ts';
import type { ProblemCode } from '../../schemas/problem.ts';
import type { SourceCode, SourceOutcome } from '../../schemas/source-outcome.ts';
import type { AgencyId, CaseRef, Purpose } from '../../schemas/names.ts';

/**
 * The closed catalogue of what the gateway may say in its structured log. Every member is a code, a reference or a
 * number; there is no free text and no place for one, so no name or number can reach a log line (P8).
 */
export type Message =
  | {
      readonly message: 'gateway-started';
      readonly instance: string;
      readonly version: string;
      readonly policyVersion: string;
    }
  | { readonly message: 'gateway-stopping'; readonly instance: string }
  | { readonly message: 'policy-loaded'; readonly outcome: 'loaded' | 'unchanged'; readonly policyVersion: string }
  | {
      readonly message: 'policy-refused';
      readonly code: 'bundle-refused' | 'bundle-unreadable' | 'log-unavailable';
      readonly problems: number;
      /** The version that stays in force. */
      readonly policyVersion: string;
    }
  | { readonly message: 'listening'; readonly port: number }
  | {
      readonly message: 'question-answered';
      readonly questionId: string;
      readonly agency: AgencyId;
      readonly purpose: Purpose;
      readonly caseRef: CaseRef;
      readonly position: number;
      readonly tookMs: number;
    }
  | {
      readonly message: 'question-refused';
      readonly instance: string;
      readonly code: ProblemCode;
      readonly agency?: AgencyId;
      readonly tookMs: number;
    }
  | {
      readonly message: 'source-answered';
      readonly questionId: string;
      readonly source: AgencyId;
      readonly outcome: SourceOutcome;
      readonly code?: SourceCode;
      readonly tookMs: number;
    }
  | { readonly message: 'internal-fault'; readonly instance: string; readonly errorName: string; readonly at: string }
  | { readonly message: 'connection-refused'; readonly code: string }
  | { readonly message: 'case-unreadable'; readonly caseRef: CaseRef }
  | { readonly message: 'register-stale' }
  | {
      readonly message: 'log-checked';
      readonly size: number;
      readonly witnesses: 'agree' | 'none-yet' | 'unreachable';
    }
  | {
      readonly message: 'checkpoint-failed';
      readonly code: 'log-unavailable' | 'log-differs' | 'signer-unavailable';
    }
  | { readonly message: 'checkpoints-resumed' }
  | {
      readonly message: 'engines-differ';
      readonly questionId: string;
      readonly policyVersion: string;
      readonly purpose: Purpose;
      /** On how many fields. */
      readonly fields: number;
    }
  | { readonly message: 'witness-failed'; readonly witness: string; readonly code: AskedWitness['outcome'] }
  | { readonly message: 'cosignatures-not-kept'; readonly size: number }
  | { readonly message: 'quorum-lost'; readonly quorum: number; readonly cosigned: number; readonly size: number }
  | { readonly message: 'quorum-reached'; readonly size: number };

/** Where messages go. The composition root hands one that writes through pino. */
export type Say = (level: 'info' | 'warn' | 'error', message: Message) => void;

/** Says nothing: for tests that look at something else. */
export const saysNothing: Say = () => undefined;
