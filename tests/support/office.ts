import type { FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll } from 'vitest';
import type { Context } from '../../src/context.ts';
import { buildApp } from '../../src/http/app.ts';
import { hashBytes } from '../../src/io/uploads.ts';
import { buildDemo } from '../../src/operations/demo/build.ts';
import { demoMarkets } from '../../src/operations/demo/places.ts';
import { runLocally } from '../../src/operations/local.ts';
import { buildPages, openBrowser } from './browser.ts';
import { useContext } from './database.ts';
import { fill, shipped } from './fill.ts';
import { presser } from './keyboard.ts';
import { lookAt, type Watched } from './look.ts';
import { freePort } from './mail-server.ts';
import { takeSeat } from './seats.ts';

/**
 * A market in the middle of January, whose last year's award is open: two managers, one of the network
 * and the principal of a house sit at their browsers, and an audit of that house has just come in. Pages,
 * server and database are the real ones.
 */
export class Office {
  readonly watched: Watched = { faults: [], foreign: [] };
  /** What came in last: of PL-001, with a note and a photo. */
  readonly audit = uuidv7();
  readonly press = presser(() => this.page);
  readonly #desks = new Map<string, Page>();
  #context: Context | undefined;
  #page: Page | undefined;
  #app: FastifyInstance | undefined;
  #browser: Browser | undefined;

  get context(): Context {
    return this.#context!;
  }
  get origin(): string {
    return this.context.site.origin;
  }
  /** Of whoever sits down last. */
  get page(): Page {
    return this.#page!;
  }

  /** Somebody goes on where they were. */
  at(person: 'manager' | 'reviewer' | 'network' | 'principal'): Page {
    this.#page = this.#desks.get(person)!;
    return this.#page;
  }

  ask<Output>(operation: string, input: object, as?: string): Promise<Output> {
    return runLocally(this.context, operation, input, as) as Promise<Output>;
  }

  heading(name: string | RegExp) {
    return this.page.getByRole('heading', { level: 1, name });
  }

  look(name: string): Promise<void> {
    return lookAt(this.page, name, true);
  }

  async open(context: Context): Promise<void> {
    buildPages();
    const port = await freePort();
    const back = Date.now() - Date.parse('2026-01-16T10:00:00Z');
    this.#context = {
      ...context,
      now: () => new Date(Date.now() - back),
      site: { origin: `http://localhost:${port}` },
    };
    await buildDemo(
      this.context,
      undefined,
      demoMarkets.filter(({ code }) => code === 'PL' || code === 'LV'),
    );
    this.#app = await buildApp(this.context);
    await this.#app.listen({ host: '127.0.0.1', port });
    this.#browser = await openBrowser();
    await this.#seat('manager', { role: 'market-manager', market: 'PL' });
    await this.#seat('reviewer', { role: 'market-manager', market: 'PL' });
    await this.#seat('network', { role: 'network-manager' });
    const house = { role: 'dealer', market: 'PL', dealer: 'PL-001', principal: true } as const;
    await this.#seat('principal', house);
    await this.#submit();
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    await this.#app?.close();
  }

  async #seat(person: string, grant: Parameters<typeof takeSeat>[4]): Promise<void> {
    const page = await takeSeat(this.context, this.#browser!, this.watched, person, grant);
    this.#desks.set(person, page);
  }

  async #submit(): Promise<void> {
    const checklist = shipped('seven-personal-standards/2026.1');
    const picture = await sharp({
      create: { width: 300, height: 200, channels: 3, background: { r: 90, g: 120, b: 150 } },
    })
      .jpeg()
      .toBuffer();
    const sha256 = hashBytes(picture);
    await this.ask('files.upload', { market: 'PL', sha256, bytes: picture }, 'AU-01');
    const answers = fill(checklist, 'best');
    const shown = checklist.checklist.sections
      .flatMap((section) => section.items)
      .find((item) => item.evidence && answers[item.id])!.id;
    await this.ask(
      'audits.submit',
      {
        ...{ market: 'PL', id: this.audit, assignmentId: '01900000-0000-7000-8000-000000000001' },
        ...{ dealer: 'PL-001', checklist: { id: 'seven-personal-standards', version: '2026.1' } },
        visitDate: '2025-12-18',
        startedAt: '2025-12-18T11:00:00Z',
        finishedAt: '2025-12-18T11:02:00Z',
        noInterestDeclaredAt: '2025-12-18T10:59:00Z',
        answers: {
          ...answers,
          [shown]: { ...answers[shown], note: 'Standing by the door.', evidence: [sha256] },
        },
      },
      'AU-01',
    );
  }
}

/** An office for the tests of a file. */
export function useOffice(): Office {
  const holder = useContext();
  const office = new Office();
  beforeAll(() => office.open(holder.context), 300_000);
  afterAll(() => office.close());
  return office;
}
