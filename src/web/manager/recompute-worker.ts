import { verifyDecision } from '../../core/awards/verify.ts';

/** The same check as `cli award verify`, in the browser: the service is not asked for the result. */
declare const self: {
  onmessage: ((event: { readonly data: Parameters<typeof verifyDecision>[0] }) => void) | null;
  postMessage(found: ReturnType<typeof verifyDecision>): void;
};

self.onmessage = ({ data }) => self.postMessage(verifyDecision(data));
