// The plain start page: asks the API with the reader's token, which stays in this tab alone.
const at = (id) => document.getElementById(id);
const store = sessionStorage;

async function ask(path) {
  const response = await fetch(`/api/v1${path}`, {
    headers: { authorization: `Bearer ${store.getItem('token')}` },
  });
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({ title: response.statusText }));
  throw Object.assign(new Error(problem.detail ?? problem.title), { status: response.status });
}

function make(tag, text, className) {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (className) element.className = className;
  return element;
}

const score = (x) => x.toLocaleString('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const share = (x) => (x > 0 && x < 0.005 ? '<1%' : `${Math.round(100 * x)}%`);

function sentenceOf(result) {
  const ranked = result.dealers.filter((dealer) => dealer.ranking);
  if (ranked.length === 0) return 'No house of this market is qualified yet: no award.';
  const [first] = ranked;
  const could = ranked.filter((dealer) => dealer.ranking.couldBeFirst).length;
  if (ranked.length === 1) return `${first.dealer} is the only qualified house.`;
  // A lead is clear where nobody else can be first; a high chance alone only makes it likely.
  const lead =
    could === 1
      ? 'leads clearly'
      : result.leadIsClear
        ? 'is the likeliest'
        : 'leads, but not clearly';
  const rest = could > 1 ? ` ${could} houses cannot be ruled out as first.` : '';
  return `${first.dealer} ${lead}: first with a chance of ${share(first.ranking.probabilityFirst)}.${rest}`;
}

function tableOf(result) {
  const box = make('div', undefined, 'table');
  const table = make('table');
  const head = make('tr');
  for (const [text, number] of [
    ['Rank'],
    ['Dealer'],
    ['Composite', 1],
    ['First', 1],
    ['Audits', 1],
    ['Answers', 1],
  ]) {
    head.append(make('th', text, number ? 'number' : ''));
  }
  table.append(head);
  const ranked = result.dealers.filter((dealer) => dealer.ranking);
  const sizes = Map.groupBy(ranked, (dealer) => dealer.ranking.tiedGroup);
  let group = 0;
  for (const dealer of ranked) {
    const { rank, rankLow, rankHigh, composite, probabilityFirst, tiedGroup } = dealer.ranking;
    const row = make('tr', undefined, tiedGroup === group ? '' : 'split');
    group = tiedGroup;
    const range = rankLow === rankHigh ? '' : ` (${rankLow}–${rankHigh})`;
    const tied = sizes.get(tiedGroup).length > 1;
    row.append(make('td', `${rank}${range}`, tied ? 'tied' : ''));
    row.append(
      make('td', dealer.dealer),
      make('td', score(composite), 'number'),
      make('td', share(probabilityFirst), 'number'),
    );
    row.append(
      make('td', String(dealer.audits), 'number'),
      make('td', String(dealer.responses), 'number'),
    );
    table.append(row);
  }
  for (const [status, title] of [
    ['disqualified', 'Not qualified'],
    ['open', 'Open: too little evidence'],
    ['excluded', 'Excluded'],
  ]) {
    const others = result.dealers.filter((dealer) => dealer.status === status);
    if (others.length === 0) continue;
    const divider = make('tr', undefined, 'divider');
    const cell = make('td', title);
    cell.colSpan = 6;
    divider.append(cell);
    table.append(divider);
    for (const dealer of others) {
      const row = make('tr');
      const reason = make('td', dealer.reasons.join('; '), 'reason');
      reason.colSpan = 4;
      row.append(make('td', '–'), make('td', dealer.dealer), reason);
      table.append(row);
    }
  }
  box.append(table);
  const tiedGroups = [...sizes.values()].filter((group) => group.length > 1);
  if (tiedGroups.length > 0) {
    box.append(
      make(
        'p',
        'Rank with its likely range. Houses under one bar on the left, down to a double line, are not clearly different from each other.',
        'note',
      ),
    );
  }
  return box;
}

async function download(market, card) {
  const language = at('language').value;
  const response = await ask(`/markets/${market}/scorecards/${card.id}/pdf?language=${language}`);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = `scorecard-${card.dealer}-${card.period}-${language}.pdf`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

async function showMarket() {
  const market = at('market').value;
  at('sentence').textContent = '';
  at('ranking').replaceChildren();
  try {
    const result = await (await ask(`/markets/${market}/ranking`)).json();
    at('sentence').textContent = sentenceOf(result);
    at('ranking').replaceChildren(tableOf(result));
  } catch (error) {
    at('sentence').textContent =
      error.status === 403
        ? 'Your role does not show rankings; your scorecards are below.'
        : error.message;
  }
  try {
    const { items } = await (await ask(`/markets/${market}/scorecards`)).json();
    const list = make('ul', undefined, 'cards');
    for (const card of items) {
      const entry = make('li');
      const button = make('button', `${card.dealer}, ${card.period} (PDF)`);
      button.addEventListener('click', () => download(market, card));
      entry.append(button);
      list.append(entry);
    }
    at('scorecards').replaceChildren(
      items.length > 0 ? list : make('p', 'None released yet.', 'note'),
    );
  } catch (error) {
    at('scorecards').replaceChildren(
      make(
        'p',
        error.status === 403 ? 'Your role does not show scorecards.' : error.message,
        'note',
      ),
    );
  }
}

async function open() {
  at('refused').hidden = true;
  try {
    const { items } = await (await ask('/markets')).json();
    at('market').replaceChildren(
      ...items.map((market) =>
        Object.assign(make('option', `${market.name} (${market.code})`), { value: market.code }),
      ),
    );
    at('sign-in').hidden = true;
    at('results').hidden = false;
    await showMarket();
  } catch (error) {
    store.removeItem('token');
    at('refused').textContent =
      error.status === 401 ? 'This token is not valid (any more).' : error.message;
    at('refused').hidden = false;
  }
}

at('sign-in').addEventListener('submit', (event) => {
  event.preventDefault();
  store.setItem('token', at('token').value.trim());
  void open();
});
at('market').addEventListener('change', showMarket);
at('leave').addEventListener('click', () => {
  store.removeItem('token');
  location.reload();
});
if (store.getItem('token')) void open();
