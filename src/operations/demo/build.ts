import { uuidv7 } from 'uuidv7';
import type { Context } from '../../context.ts';
import type { ImportKind } from '../../contracts/imports.ts';
import type { Role } from '../../contracts/people.ts';
import { openStream } from '../../core/random.ts';
import { writeBrand } from '../../db/brand.ts';
import { findActorByCode } from '../../db/people.ts';
import { offerAssignment } from '../assignments/steps.ts';
import {
  confirmDecision,
  freezeDecision,
  proposeDecision,
  publishDecision,
} from '../awards/decide.ts';
import { checklistVersion, findMarketCached, forget } from '../directory.ts';
import { importJson, importMarkets } from '../imports/run.ts';
import { perform, systemActor } from '../operation.ts';
import { issueToken } from '../people/tokens.ts';
import { refoldMarket } from '../responses/refold.ts';
import { releaseScorecards } from '../scorecards/scorecards.ts';
import { repairRows, withTraces } from './care.ts';
import {
  complaintRows,
  type DemoAuditor,
  type DemoDealer,
  type DemoRow,
  dateIn,
  figureRows,
  fillAudit,
  responseRow,
} from './evidence.ts';
import { type DemoMarket, demoBrand, demoMarkets } from './places.ts';

/** A token of the demo, to be printed once. */
export interface DemoToken {
  readonly role: Role;
  readonly who: string;
  readonly where: string;
  readonly token: string;
}

const seed = 20_250_710;
/** The demo's evidence comes in before its programme's cut-off. */
const builtAt = new Date('2026-01-15T12:00:00Z');
const shippedVisits = { id: 'seven-personal-standards', version: '2025.1' };
/** Every so many houses one lacks audits, and one lacks customers' answers. */
const shortOfAudits = 37;
const shortOfResponses = 53;

/**
 * Builds the demo network through the same operations as everybody's data: 30 markets, about 320
 * houses, two half-years of visits by 60 auditors of different severity, more than 60,000 customers'
 * answers, figures, complaints and a few decisions. The same rows every time.
 *
 * @param report told after each market
 * @returns tokens for each role
 */
export async function buildDemo(
  context: Context,
  report: (done: number, of: number) => void = () => undefined,
  markets: readonly DemoMarket[] = demoMarkets,
): Promise<DemoToken[]> {
  const past: Context = { ...context, now: () => builtAt };
  await context.database.transaction({ role: 'service', marketId: 0 }, (tx) =>
    writeBrand(tx, {
      name: demoBrand,
      signatories: ['Head of customer experience', 'Managing director'],
    }),
  );
  await perform(past, systemActor, importMarkets, { rows: markets.map(marketRow) });
  forget(context);
  const auditors = makeAuditors();
  for (const [index, market] of markets.entries()) {
    await buildMarket(past, market, demoMarkets.indexOf(market), auditors);
    report(index + 1, markets.length);
  }
  const tokens = await issueTokens(past, markets);
  await decideSome(past, markets);
  return tokens;
}

function marketRow(market: DemoMarket): DemoRow {
  const holidays = ['01-01', '05-01', '12-25', '12-26'].map((day) => `2025-${day}`);
  return {
    code: market.code,
    name: market.name,
    languages: market.languages.replace('de', 'en'),
    time_zone: market.timeZone,
    weekend: '6 7',
    holidays: [...holidays, '2026-01-01'].join(' '),
    staff_named: false,
    appeal_days: 14,
  };
}

function makeAuditors(): DemoAuditor[] {
  const random = openStream(seed, 1);
  return Array.from({ length: 60 }, (_, index) => ({
    code: `AU-${String(index + 1).padStart(2, '0')}`,
    severity: 0.8 * random.normal(),
  }));
}

async function buildMarket(
  context: Context,
  market: DemoMarket,
  marketIndex: number,
  auditors: readonly DemoAuditor[],
): Promise<void> {
  const random = openStream(seed, 100 + marketIndex);
  const dealers = market.towns.map(
    (town, index): DemoDealer => ({
      code: `${market.code}-${String(index + 1).padStart(3, '0')}`,
      name: `${demoBrand} ${town}`,
      town,
      size: (['small', 'medium', 'medium', 'large'] as const)[random.below(4)]!,
      quality: random.normal(),
      index:
        demoMarkets.slice(0, marketIndex).reduce((sum, each) => sum + each.towns.length, 0) + index,
    }),
  );
  const load = (kind: ImportKind, rows: readonly DemoRow[], rest: object = {}) =>
    loadRows(context, market.code, kind, rows, rest);

  await load(
    'dealers',
    dealers.map((dealer) => dealerRow(dealer, random)),
  );
  const advisors = dealers.map((dealer) =>
    Array.from({ length: 2 + random.below(3) }, (_, index) => ({
      dealer: dealer.code,
      code: `SA-${index + 1}`,
      skill: 0.4 * random.normal(),
    })),
  );
  await load(
    'staff',
    advisors.flat().map(({ dealer, code }) => ({ dealer, code, role: 'service-advisor' })),
  );
  const crew = Array.from(
    { length: 4 },
    (_, i) => auditors[(2 * marketIndex + i) % auditors.length]!,
  );
  await load('audits', await auditRows(context, dealers, crew, random), {
    checklist: shippedVisits.id,
    version: shippedVisits.version,
  });
  await load('audits', await assessmentRows(context, dealers, random), {
    checklist: 'award-stage-1',
    version: '2025.1',
  });
  await load(
    'responses',
    dealers.flatMap((dealer, i) => {
      const few = dealer.index % shortOfResponses === 7;
      const count = few
        ? 12 + random.below(10)
        : { small: 130, medium: 195, large: 260 }[dealer.size] + random.below(30);
      const rows = Array.from({ length: count }, (_, n) =>
        responseRow(dealer, advisors[i]![random.below(advisors[i]!.length)]!, n + 1, random),
      );
      return withTraces(dealer, rows, openStream(seed, 10_000 + dealer.index));
    }),
    { checklist: 'after-sales-questionnaire', version: '2025.1' },
  );
  await load(
    'figures',
    dealers.flatMap((dealer) => figureRows(dealer, random)),
  );
  await load(
    'complaints',
    dealers.flatMap((dealer) => complaintRows(dealer, random)),
  );
  await load(
    'repairs',
    dealers.flatMap((dealer) => repairRows(dealer, openStream(seed, 20_000 + dealer.index))),
  );
  const [winner] = dealers;
  await load('decisions', [
    { programme: 'european-award', period: '2024', dealer: winner!.code, award: 'winner' },
  ]);
  const { id } = await findMarketCached(context, market.code);
  await refoldMarket(context, id);
  await perform(context, systemActor, releaseScorecards, { market: market.code });
}

/** Imports rows in the portions that one call takes. */
async function loadRows(
  context: Context,
  market: string,
  kind: ImportKind,
  rows: readonly DemoRow[],
  rest: object,
): Promise<void> {
  for (let start = 0; start < rows.length; start += 10_000) {
    const part = rows.slice(start, start + 10_000);
    await perform(context, systemActor, importJson, { market, kind, rows: part, ...rest });
  }
}

function dealerRow(dealer: DemoDealer, random: ReturnType<typeof openStream>): DemoRow {
  return {
    code: dealer.code,
    name: dealer.name,
    town: dealer.town,
    opened: `20${String(8 + random.below(12)).padStart(2, '0')}-04-01`,
    valid_from: '2025-01-01',
    region: ['north', 'south', 'west'][dealer.index % 3]!,
    site_type: random.uniform() < 0.2 ? 'mixed-brand' : 'brand-exclusive',
    size_band: dealer.size,
    group: random.uniform() < 0.3 ? `G-${1 + random.below(25)}` : null,
    five_star: random.uniform() < 0.93,
  };
}

async function auditRows(
  context: Context,
  dealers: readonly DemoDealer[],
  crew: readonly DemoAuditor[],
  random: ReturnType<typeof openStream>,
): Promise<DemoRow[]> {
  const checklist = await readVersion(context, shippedVisits.id, shippedVisits.version);
  return dealers.flatMap((dealer) => {
    const halves: (1 | 2)[] = dealer.index % shortOfAudits === 5 ? [1, 2] : [1, 1, 2, 2];
    return halves.map((half, visit) => {
      const auditor = crew[random.below(crew.length)]!;
      return {
        code: `V-${dealer.code}-${visit + 1}`,
        dealer: dealer.code,
        visit_date: dateIn(half, random),
        type: random.uniform() < 0.9 ? 'mystery' : 'announced',
        touchpoint: random.uniform() < 0.5 ? 'sales' : 'workshop',
        auditor: auditor.code,
        state: 'released',
        ...fillAudit(checklist, dealer.quality, auditor.severity, random),
      };
    });
  });
}

/** Brand standards: most houses hold all areas, some miss one. */
async function assessmentRows(
  context: Context,
  dealers: readonly DemoDealer[],
  random: ReturnType<typeof openStream>,
): Promise<DemoRow[]> {
  const { sections } = (await readVersion(context, 'award-stage-1', '2025.1')).checklist;
  const areas = sections.filter((section) => section.weight !== 0);
  return dealers.map((dealer) => {
    const weak = random.uniform() < 0.12 ? areas[random.below(areas.length)]!.id : undefined;
    const row: DemoRow = {
      code: `B-${dealer.code}`,
      dealer: dealer.code,
      visit_date: dateIn(2, random),
      type: 'announced',
      state: 'released',
    };
    for (const section of sections) {
      for (const item of section.items) {
        if (item.type === 'yes-no') row[item.id] = section.id === weak ? 'no' : 'yes';
      }
    }
    row['equity_ratio'] = 31;
    return row;
  });
}

function readVersion(context: Context, id: string, version: string) {
  return context.database.transaction({ role: 'service' }, (tx) =>
    checklistVersion(context, tx, id, version),
  );
}

async function issueTokens(context: Context, markets: readonly DemoMarket[]): Promise<DemoToken[]> {
  const main = markets.some((market) => market.code === 'PL') ? 'PL' : markets[0]!.code;
  const wanted: {
    person: string;
    name: string;
    grants: { role: Role; market?: string; dealer?: string; principal?: boolean }[];
    where: string;
  }[] = [
    {
      person: 'administrator',
      name: 'Administrator',
      grants: [{ role: 'administrator' }],
      where: 'network',
    },
    {
      person: 'network-manager',
      name: 'Network manager',
      grants: [{ role: 'network-manager' }],
      where: 'network',
    },
    {
      person: 'market-manager',
      name: 'Market manager',
      grants: markets.map((market) => ({ role: 'market-manager' as const, market: market.code })),
      where: 'all markets',
    },
    {
      person: 'market-reviewer',
      name: 'Second market manager',
      grants: [{ role: 'market-manager', market: main }],
      where: main,
    },
    { person: 'AU-01', name: 'Auditor', grants: [{ role: 'auditor', market: main }], where: main },
    {
      person: 'dealer-principal',
      name: 'Dealer principal',
      grants: [{ role: 'dealer', market: main, dealer: `${main}-001`, principal: true }],
      where: `${main}-001`,
    },
  ];
  const tokens: DemoToken[] = [];
  for (const { where, ...request } of wanted) {
    const { token } = await perform(context, systemActor, issueToken, {
      ...request,
      label: 'demo',
    });
    tokens.push({ role: request.grants[0]!.role, who: request.person, where, token });
  }
  await perform(context, systemActor, offerAssignment, {
    market: main,
    id: '01900000-0000-7000-8000-000000000001',
    dealer: `${main}-001`,
    auditor: 'AU-01',
    checklist: shippedVisits.id,
    scenario:
      'You drive 30,000 km a year, often with a child in the back. Ask how the seat is fixed. After the talk say that you waited for your drink.',
    from: '2026-02-01',
    to: '2026-12-31',
  });
  return tokens;
}

/** A few markets have decided already: published, confirmed, or only proposed. */
async function decideSome(context: Context, markets: readonly DemoMarket[]): Promise<void> {
  const person = async (code: string) =>
    (await context.database.transaction({ role: 'gate' }, (tx) => findActorByCode(tx, code)))!;
  const manager = await person('market-manager');
  const network = await person('network-manager');
  const steps: Readonly<Record<string, number>> = { IT: 3, CZ: 3, SE: 2, FR: 1 };
  for (const { code: market } of markets) {
    const wanted = steps[market];
    if (wanted === undefined) continue;
    const id = uuidv7();
    const { result } = await perform(context, manager, freezeDecision, { market, id });
    const [first] = result.first;
    await perform(context, manager, proposeDecision, {
      market,
      id,
      winners: first ? [first] : [],
      ...(result.first.length > 1 ? { reason: 'Chosen among equals by the committee.' } : {}),
    });
    if (wanted >= 2) await perform(context, network, confirmDecision, { market, id });
    if (wanted >= 3) await perform(context, manager, publishDecision, { market, id });
  }
}
