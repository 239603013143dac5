import { createCaseCipher } from '../gateway/cases/case-cipher.ts';
import type {
  CaseCipher,
  CaseFile,
  CaseList,
  CaseListQuery,
  CaseWorkRegister,
  FindCaseFault,
  GapMeasure,
  SealedCaseFile,
  SharedCasesQuery,
} from '../gateway/ports/case-register.ts';
import { caseSchema } from '../schemas/case.ts';
import { err, ok, type Result } from '../schemas/result.ts';

/** A case register for tests that need one and no database: cases lie sealed, as in the real one. */
export interface MemoryCaseRegister extends CaseWorkRegister {
  /** From now on every call fails, or works again. */
  fail(fails: boolean): void;
}

const testCipher = createCaseCipher({ current: { id: 'memory', key: Buffer.alloc(32, 9) } });

export function createMemoryCaseRegister(cipher: CaseCipher = testCipher): MemoryCaseRegister {
  const kept = new Map<string, SealedCaseFile>();
  let away = false;
  const open = (caseRef: string, agency: string): Result<CaseFile, FindCaseFault> => {
    if (away) return err('register-unavailable');
    const sealed = kept.get(caseRef);
    if (sealed?.agencies.includes(agency) !== true) return err('not-found');
    const kase = cipher.open(sealed);
    return kase.ok ? ok({ kase: kase.value, revision: sealed.revision }) : kase;
  };
  return {
    fail(fails) {
      away = fails;
    },
    find(caseRef, agency) {
      const file = open(caseRef, agency);
      return Promise.resolve(file.ok ? ok(file.value.kase) : file);
    },
    open: (caseRef, agency) => Promise.resolve(open(caseRef, agency)),
    async put(kase) {
      const checked = await Promise.resolve(caseSchema.parse(kase));
      if (away) return err('register-unavailable');
      kept.set(checked.caseRef, cipher.seal(checked, (kept.get(checked.caseRef)?.revision ?? 0) + 1));
      return ok(undefined);
    },
    async replace(kase, revision) {
      const checked = await Promise.resolve(caseSchema.parse(kase));
      if (away) return err('register-unavailable');
      if ((kept.get(checked.caseRef)?.revision ?? 0) !== revision) return err('changed-meanwhile');
      kept.set(checked.caseRef, cipher.seal(checked, revision + 1));
      return ok(revision + 1);
    },
    list: (query) =>
      Promise.resolve(away ? err('register-unavailable') : ok(listOf([...kept.values()], query, cipher))),
    blockedAmong: (digests) => {
      const blocked = new Set([...kept.values()].flatMap(({ listing }) => listing.blocked));
      const found = new Set(digests.filter((digest) => blocked.has(digest)));
      return Promise.resolve(away ? err('register-unavailable') : ok(found));
    },
    listShared: (query) =>
      Promise.resolve(away ? err('register-unavailable') : ok(sharedOf([...kept.values()], query, cipher))),
    measureGaps: (leadAgency, since) =>
      Promise.resolve(away ? err('register-unavailable') : ok(measured([...kept.values()], leadAgency, since))),
    close: () => Promise.resolve(),
  };
}

function listOf(kept: readonly SealedCaseFile[], query: CaseListQuery, cipher: CaseCipher) {
  const { wanted, leadAgency, limit, after } = query;
  const day = ({ listing }: SealedCaseFile): string =>
    wanted.of === 'gaps' ? listing.openedOn : wanted.of === 'reviews-due' ? listing.reviewDueOn : '';
  const place = (each: SealedCaseFile): string => `${day(each)}~${each.caseRef}`;
  const workers = wanted.of === 'worker' ? cipher.workerDigests(leadAgency, wanted.staffId) : [];
  const found = kept
    .filter(({ listing }) => {
      if (listing.isOpen === (wanted.of === 'closed') || listing.leadAgency !== leadAgency) return false;
      if (wanted.of === 'worker') return workers.includes(listing.worker ?? '');
      if (wanted.of === 'gaps') return listing.hasGap;
      return wanted.of !== 'reviews-due' || listing.reviewDueOn <= wanted.by;
    })
    .filter((each) => after === undefined || place(each) > after)
    .sort((a, b) => (place(a) < place(b) ? -1 : 1));
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const files = shown.flatMap((each) => {
    const kase = cipher.open(each);
    return kase.ok ? [{ kase: kase.value, revision: each.revision }] : [];
  });
  return { files, unreadable: [], ...(found.length > limit && last !== undefined ? { next: place(last) } : {}) };
}

function sharedOf(kept: readonly SealedCaseFile[], query: SharedCasesQuery, cipher: CaseCipher): CaseList {
  const { agency, of, limit, after = '' } = query;
  const found = kept
    .filter(
      ({ agencies, listing }) => agencies.includes(agency) && listing[of === 'open' ? 'isOpen' : 'isUnacknowledged'],
    )
    .filter(({ caseRef }) => `~${caseRef}` > after)
    .sort((a, b) => (a.caseRef < b.caseRef ? -1 : 1));
  const files = found.slice(0, limit).flatMap((each) => {
    const kase = cipher.open(each);
    return kase.ok ? [{ kase: kase.value, revision: each.revision }] : [];
  });
  const last = found[limit - 1];
  return { files, unreadable: [], ...(found.length > limit && last !== undefined ? { next: `~${last.caseRef}` } : {}) };
}

function measured(kept: readonly SealedCaseFile[], leadAgency: string, since: string): GapMeasure {
  const ours = kept
    .map(({ listing }) => listing)
    .filter((listing) => listing.leadAgency === leadAgency && listing.openedOn >= since);
  const days = ours
    .flatMap(({ firstReachedOn, openedOn }) =>
      firstReachedOn === undefined ? [] : [(Date.parse(firstReachedOn) - Date.parse(openedOn)) / 86_400_000],
    )
    .sort((a, b) => a - b);
  const [median, ninetieth] = [0.5, 0.9].map((part) => days[Math.ceil(part * days.length) - 1]);
  return {
    openCases: ours.filter(({ isOpen }) => isOpen).length,
    withGap: ours.filter(({ isOpen, hasGap }) => isOpen && hasGap).length,
    reached: days.length,
    ...(median === undefined ? {} : { medianDaysToFirstUsable: median }),
    ...(ninetieth === undefined ? {} : { ninetiethPercentileDays: ninetieth }),
  };
}
