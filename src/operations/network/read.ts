import { z } from 'zod';
import { marketSettings } from '../../contracts/markets.ts';
import { civilDate, periodCode } from '../../contracts/primitives.ts';
import { notFound } from '../../contracts/problems.ts';
import { addDays, parsePeriod } from '../../core/periods.ts';
import { getDealer, listDealers, listDealersAt } from '../../db/network.ts';
import { listMarketsCached } from '../directory.ts';
import { defineOperation } from '../operation.ts';

/** The markets in which the reader has a role. */
export const listOwnMarkets = defineOperation({
  name: 'markets.list',
  summary: 'The markets that the reader may enter',
  input: z.strictObject({}),
  output: z.strictObject({
    items: z.array(
      z.strictObject({
        code: z.string(),
        name: z.string(),
        languages: z.array(z.string()),
        timeZone: z.string(),
        roles: z.array(z.string()),
      }),
    ),
  }),
  scope: 'network',
  writes: false,
  async prepare({ context }) {
    return listMarketsCached(context);
  },
  async act({ actor }, _, prepared) {
    const wide = actor.grants
      .filter((grant) => grant.marketId === undefined)
      .map((grant) => grant.role);
    const items = (prepared as Awaited<ReturnType<typeof listMarketsCached>>).map((market) => ({
      code: market.code,
      name: market.names['en'] ?? market.code,
      languages: market.languages,
      timeZone: market.timeZone,
      roles: [
        ...wide,
        ...actor.grants.filter((grant) => grant.marketId === market.id).map((grant) => grant.role),
      ],
    }));
    return { items: items.filter((market) => market.roles.length > 0) };
  },
});

/** What holds in one market. */
export const getMarketSettings = defineOperation({
  name: 'markets.get',
  summary: 'The settings of a market: languages, time zone, working days, windows',
  input: z.strictObject({ market: z.string() }),
  output: marketSettings,
  scope: 'market',
  writes: false,
  refuses: [notFound],
  async act({ market }) {
    const { code, names, languages, timeZone, calendar, staffNamed, appealDays } = market;
    return {
      ...{ code, name: names['en'] ?? code, languages, timeZone },
      ...calendar,
      ...{ staffNamed, appealDays },
    };
  },
});

const dealerView = z.strictObject({
  code: z.string(),
  name: z.string(),
  town: z.string(),
  openedOn: civilDate.nullable(),
  closedOn: civilDate.nullable(),
});

/** A page of dealers, by code; a dealer sees only their own house. */
export const listDealerPage = defineOperation({
  name: 'dealers.list',
  summary: 'A page of dealers, in the order of their codes',
  input: z.strictObject({
    market: z.string(),
    cursor: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  output: z.strictObject({ items: z.array(dealerView), next: z.string().nullable() }),
  scope: 'market',
  writes: false,
  async act({ tx, market, own }, { cursor, limit }) {
    const found = await listDealers(tx, market.id, { after: cursor, limit: limit + 1, own });
    const page = found.slice(0, limit);
    return {
      items: page.map(({ code, name, town, openedOn, closedOn }) => ({
        code,
        name,
        town,
        openedOn,
        closedOn,
      })),
      next: found.length > limit ? page.at(-1)!.code : null,
    };
  },
});

/** One dealer, with what it is at the end of a period. */
export const getDealerByCode = defineOperation({
  name: 'dealers.get',
  summary: 'One dealer with its attributes at the end of a period',
  input: z.strictObject({
    market: z.string(),
    dealer: z.string(),
    period: periodCode.default('2100'),
  }),
  output: dealerView.extend({
    region: z.string().nullable(),
    siteType: z.string().nullable(),
    sizeBand: z.string().nullable(),
    group: z.string().nullable(),
    fiveStar: z.boolean().nullable(),
  }),
  scope: 'market',
  writes: false,
  refuses: [notFound],
  async act({ tx, market, own }, { dealer: code, period }) {
    await getDealer(tx, market.id, code, own);
    const at = addDays(parsePeriod(period).to, -1);
    const dealer = (await listDealersAt(tx, market.id, at)).find((each) => each.code === code);
    if (!dealer) throw notFound({ what: 'dealer', id: code });
    const { name, town, openedOn, closedOn, region, siteType, sizeBand, groupCode, fiveStar } =
      dealer;
    return {
      code,
      name,
      town,
      openedOn,
      closedOn,
      region,
      siteType,
      sizeBand,
      group: groupCode,
      fiveStar,
    };
  },
});
