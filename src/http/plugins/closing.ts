import type { FastifyInstance } from 'fastify';

/** Longer than any answer takes; whoever is still sending then is cut off. */
const patienceMs = 20_000;

/** Asked to end, the service answers what is under way, and lets every connection go with its answer. */
export function closeGracefully(app: FastifyInstance): void {
  let isClosing = false;
  app.addHook('preClose', async () => {
    isClosing = true;
    setTimeout(() => app.server.closeAllConnections(), patienceMs).unref();
  });
  app.addHook('onSend', async (_, reply) => {
    if (isClosing) void reply.header('connection', 'close');
  });
}
