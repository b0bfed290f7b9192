import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  type PrecacheEntry,
  precacheAndRoute,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

/**
 * Keeps the app itself, so that every page of the auditor's opens without a connection. Data are kept by
 * the pages (`offline/`), never here: the service's answers are not cached.
 */
declare const self: {
  /** Every file of the app, put in by the build. */
  readonly __WB_MANIFEST: (PrecacheEntry | string)[];
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  addEventListener(
    name: 'message' | 'activate',
    listener: (event: {
      readonly data?: { readonly type?: string };
      waitUntil(promise: Promise<unknown>): void;
    }) => void,
  ): void;
};

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), {
    // What the service itself answers: the API, its description, certificates, the plain page, schemas.
    denylist: [/^\/(api|docs|openapi|verify|start|schemas|problems|healthz|readyz|local)/],
  }),
);
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('message', ({ data }) => {
  if (data?.type === 'SKIP_WAITING') void self.skipWaiting();
});
