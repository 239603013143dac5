import type { AgencySource, SourceAnswer, SourceLimits, SourceQuestion } from '../../gateway/ports/agency-source.ts';
import { makeAgencyClient, type AgencyClientOptions } from './agency-client.ts';
import { makeCall, type Call, type CallOptions } from './calls.ts';
import { answerOfFailure, failed } from './failure.ts';

/** A source behind an interface that is read by paths. */

export interface HttpsSourceOptions<Reply> extends Pick<AgencySource, 'agency' | 'name' | 'takes'> {
  /** Scheme, host and port. */
  readonly baseUrl: string;
  readonly tls: AgencyClientOptions['tls'];
  /** Credentials, by the name of their header. */
  readonly headers: CallOptions<Reply>['headers'];
  readonly replyOf: CallOptions<Reply>['replyOf'];
  readonly answer: (question: SourceQuestion, limits: SourceLimits, call: Call<Reply>) => Promise<SourceAnswer>;
}

/** Makes the source. Nothing is connected until the first question; every question has its own calls. */
export function makeHttpsSource<Reply>(options: HttpsSourceOptions<Reply>): AgencySource {
  const { agency, name, takes, baseUrl, tls, headers, replyOf } = options;
  const client = makeAgencyClient({ baseUrl, tls });
  return {
    agency,
    name,
    takes,
    ask: async (question, { signal, timeoutMs }) => {
      const call = makeCall({ client, headers, replyOf, signal, timeoutMs });
      try {
        return await options.answer(question, { signal, timeoutMs }, call);
      } catch {
        // The port never throws: a shape that nobody foresaw is an answer outside the contract.
        return answerOfFailure(failed('bad-answer'));
      }
    },
    close: () => client.close(),
  };
}
