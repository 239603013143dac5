/** The asynchronous storage in which the library keeps the request at hand; its own types leave it out. */
declare module 'oidc-provider/lib/helpers/als.js' {
  import { AsyncLocalStorage } from 'node:async_hooks';

  const requestContext: AsyncLocalStorage<unknown>;
  export = requestContext;
}
