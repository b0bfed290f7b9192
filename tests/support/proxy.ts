import { connect, createServer, type Socket } from 'node:net';

/** A line between two ends that can be cut, held or bitten off. */
export interface Line {
  readonly port: number;
  /** What happens to answers from now on: passed on, or the line breaks before the first byte. */
  answers: 'pass' | 'break';
  /** While false nobody gets through, and those who are through are cut off. */
  up(isUp: boolean): void;
  close(): Promise<void>;
}

/** Opens a line to a port of this machine. */
export async function openLine(target: number): Promise<Line> {
  const sockets = new Set<Socket>();
  let isUp = true;
  const line = { answers: 'pass' as Line['answers'] };
  const server = createServer((near) => {
    if (!isUp) return void near.destroy();
    const far = connect(target, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      socket.on('error', () => undefined);
    }
    near.pipe(far);
    far.on('data', (chunk) => {
      if (line.answers === 'pass') near.write(chunk);
      else near.destroy();
    });
    far.on('end', () => near.end());
    near.on('close', () => far.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(line, {
    port: (server.address() as { port: number }).port,
    up(next: boolean) {
      isUp = next;
      if (!next) for (const socket of sockets) socket.destroy();
    },
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  });
}
