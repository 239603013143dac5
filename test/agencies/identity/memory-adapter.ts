import type { Adapter, AdapterFactory, AdapterPayload, ClientMetadata } from 'oidc-provider';

/** Where the provider keeps what it must remember: in memory, since nobody signs in for longer than a test or a demo. */
export function memoryAdapter(clients: readonly ClientMetadata[]): AdapterFactory {
  const kept = new Map<string, AdapterPayload>();
  return (model): Adapter => {
    const nameOf = (id: string): string => `${model} ${id}`;
    const held = (test: (payload: AdapterPayload) => boolean): AdapterPayload | undefined =>
      [...kept].find(([name, payload]) => name.startsWith(`${model} `) && test(payload))?.[1];
    return {
      find: (id) =>
        Promise.resolve(model === 'Client' ? clients.find(({ client_id }) => client_id === id) : kept.get(nameOf(id))),
      findByUid: (uid) => Promise.resolve(held((payload) => payload.uid === uid)),
      findByUserCode: () => Promise.resolve(undefined),
      upsert: (id, payload) => {
        kept.set(nameOf(id), { ...payload });
        return Promise.resolve(undefined);
      },
      consume: (id) => {
        const payload = kept.get(nameOf(id));
        if (payload !== undefined) kept.set(nameOf(id), { ...payload, consumed: true });
        return Promise.resolve(undefined);
      },
      destroy: (id) => {
        kept.delete(nameOf(id));
        return Promise.resolve(undefined);
      },
      revokeByGrantId: (grantId) => {
        for (const [name, payload] of kept) if (payload.grantId === grantId) kept.delete(name);
        return Promise.resolve(undefined);
      },
    };
  };
}
