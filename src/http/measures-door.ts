import { createServer } from 'node:http';
import type { Registry } from 'prom-client';

/**
 * Serves `/metrics` at a port of its own, so that no proxy that opens the service to the world opens
 * them too.
 * @returns closes it
 */
export async function serveMeasures(
  register: Registry,
  host: string,
  port: number,
): Promise<() => Promise<void>> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    register.metrics().then(
      (text) => response.writeHead(200, { 'content-type': register.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return () => new Promise((resolve) => server.close(() => resolve()));
}
