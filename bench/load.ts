import http from 'node:http';

export interface LoadResult {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
}

/** One request of a closed loop. */
export interface Shot {
  readonly path: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Closed loop: as many requests under way as `connections`, for `seconds`; the first fifth is
 * warm-up and does not count. Times in milliseconds.
 */
export async function loadFor(
  address: string,
  connections: number,
  seconds: number,
  next: () => Shot,
): Promise<LoadResult> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const { hostname, port } = new URL(address);
  const started = performance.now();
  const counting = started + 200 * seconds;
  const end = started + 1000 * seconds;
  const times: number[] = [];
  let failed = 0;
  const shoot = ({ path, body, headers }: Shot) =>
    new Promise<void>((resolve) => {
      const at = performance.now();
      const request = http.request(
        {
          agent,
          hostname,
          port,
          path,
          method: 'PUT',
          headers: {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
            ...headers,
          },
        },
        (response) => {
          if (response.statusCode !== 201) failed += 1;
          response.resume();
          response.on('end', () => {
            if (at >= counting) times.push(performance.now() - at);
            resolve();
          });
        },
      );
      request.on('error', () => {
        failed += 1;
        resolve();
      });
      request.end(body);
    });
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < end) await shoot(next());
    }),
  );
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number) =>
    times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? Number.NaN;
  return {
    perSecond: times.length / ((end - counting) / 1000),
    p50: at(0.5),
    p99: at(0.99),
    failed,
  };
}
