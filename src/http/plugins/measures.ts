import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, type Registry } from 'prom-client';
import type { Context } from '../../context.ts';

/** Health is asked for every few seconds; it would hide everything else. */
const watched = new Set(['/healthz', '/readyz']);

/** What the service does, for Prometheus: nothing of it tells who asked, or what they sent. */
export function measure(
  app: FastifyInstance,
  { database, compute, anchors }: Context,
  register: Registry,
): void {
  collectDefaultMetrics({ register });
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the arrival of a request to the end of its answer',
    labelNames: ['operation', 'method', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [register],
  });
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      ...{ name, help, registers: [register] },
      collect() {
        this.set(read());
      },
    });
  let underWay = 0;
  gauge('http_requests_under_way', 'Requests that are not answered yet', () => underWay);
  gauge(
    'database_connections_busy',
    'Connections to the database that work',
    () => database.load().busy,
  );
  gauge(
    'database_waiting',
    'Acts that wait for a connection to the database',
    () => database.load().waiting,
  );
  gauge('compute_waiting', 'Long computations that wait for a thread', () => compute.waiting());
  gauge('log_last_anchor_seconds', 'When the log was last anchored, in Unix time; 0: never', () =>
    Math.floor(anchors.lastAt() / 1000),
  );
  app.addHook('onRequest', async () => {
    underWay += 1;
  });
  app.addHook('onResponse', async (request, reply) => {
    underWay -= 1;
    const { config, url } = request.routeOptions;
    if (watched.has(url ?? '')) return;
    const seconds = reply.elapsedTime / 1000;
    const operation = config.access ?? url ?? 'not found';
    durations.observe({ operation, method: request.method, status: reply.statusCode }, seconds);
  });
}
