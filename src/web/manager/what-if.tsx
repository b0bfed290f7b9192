import { useState } from 'react';
import type { Programme } from '../../contracts/programmes.ts';
import type { WhatIfReport } from '../../contracts/what-if.ts';
import { textIn } from '../../core/format.ts';
import { call, Refused } from '../api.ts';
import { useHouses } from '../office/houses.ts';
import { useTexts } from '../texts/texts.ts';
import { decimalOf } from '../ui/decimal.ts';
import { Field, Form } from '../ui/form.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { findingOf } from './finding.ts';
import { MarketPage } from './page.tsx';
import { ProgrammeChoice, useProgramme } from './programmes.tsx';
import { RankingTable } from './ranking-table.tsx';

/** The ranking under other weights and gates: nothing is stored, nothing is decided. */
export function WhatIf({ market }: { readonly market: string }) {
  const t = useTexts();
  const programme = useProgramme();
  const version = programme.all.find(({ id }) => id === programme.id)?.version;
  return (
    <MarketPage market={market} title={t('whatIf')} beside={<ProgrammeChoice of={programme} />}>
      <p>{t('whatIfMore')}</p>
      {programme.id && version ? (
        <Trial
          key={`${market} ${programme.id}`}
          {...{ market, version }}
          programme={programme.id}
        />
      ) : null}
    </MarketPage>
  );
}

interface Props {
  readonly market: string;
  readonly programme: string;
  readonly version: string;
}

/** The numbers that were changed, by field. @throws Refused where something else was typed */
function changesOf(programme: Programme, values: Readonly<Record<string, string>>) {
  const typed = new Map(Object.entries(values).map(([name, text]) => [name, decimalOf(text)]));
  const unfit = [...typed].filter(
    ([name, value]) => Number.isNaN(value) || (value === undefined && name.startsWith('weight ')),
  );
  if (unfit.length > 0) {
    throw new Refused({
      status: 422,
      title: 'These are no numbers.',
      errors: unfit.map(([name]) => ({
        pointer: `/${name}`,
        code: 'not-a-number',
        detail: 'a number, such as 0.25',
      })),
    });
  }
  const weights = programme.composite.flatMap(({ id, weight }) => {
    const value = typed.get(`weight ${id}`);
    return value === undefined || value === weight ? [] : [[id, value] as const];
  });
  const gates = programme.gates.flatMap(({ id, min, max }) => {
    const bound = (name: 'min' | 'max', now: number | undefined) => {
      const field = `${name} ${id}`;
      const value = typed.get(field);
      return !typed.has(field) || value === now ? {} : { [name]: value ?? null };
    };
    const change = { ...bound('min', min), ...bound('max', max) };
    return Object.keys(change).length === 0 ? [] : [[id, change] as const];
  });
  return { weights: Object.fromEntries(weights), gates: Object.fromEntries(gates) };
}

function Trial({ market, programme: id, version }: Props) {
  const t = useTexts();
  const house = useHouses(market);
  const [report, setReport] = useState<WhatIfReport>();
  const { answer } = useAnswer<{ content: Programme }>(`/documents/programme/${id}/${version}`);
  if (!answer) return <div className="coming" />;
  const programme = answer.content;
  return (
    <>
      <Form
        send={t('tryIt')}
        onSend={async (values) => {
          setReport(
            await call<WhatIfReport>(`/markets/${market}/what-if`, {
              programme: id,
              ...changesOf(programme, values),
            }),
          );
        }}
      >
        <fieldset className="fields">
          <legend>{t('weights')}</legend>
          {programme.composite.map((component) => (
            <Field
              key={component.id}
              name={`weight ${component.id}`}
              label={textIn(component.title, t.language)}
              inputMode="decimal"
              defaultValue={t.typed(component.weight)}
            />
          ))}
        </fieldset>
        <fieldset className="fields">
          <legend>{t('gates')}</legend>
          {programme.gates.flatMap((gate) =>
            (['min', 'max'] as const)
              .filter((name) => gate[name] !== undefined)
              .map((name) => (
                <Field
                  key={`${name} ${gate.id}`}
                  name={`${name} ${gate.id}`}
                  label={`${textIn(gate.title, t.language)} ${name === 'min' ? '≥' : '≤'}`}
                  inputMode="decimal"
                  defaultValue={t.typed(gate[name]!)}
                />
              )),
          )}
        </fieldset>
      </Form>
      <div role="status">{report ? movesOf(report) : null}</div>
      {report ? <RankingTable result={report.result} house={house} /> : null}
    </>
  );

  function movesOf({ first, firstNow, changes, result }: WhatIfReport) {
    const names = (codes: readonly string[]) => t.list(codes.map((code) => house(code).name));
    const isSame = first.join() === firstNow.join();
    return (
      <>
        <h2>{t('wouldBe')}</h2>
        <p className="finding">
          {first.length === 0
            ? t('finding.none')
            : t(isSame ? 'sameFirst' : 'otherFirst', {
                names: names(first),
                before: firstNow.length === 0 ? '–' : names(firstNow),
              })}
        </p>
        <p>{findingOf(result, t, (code) => house(code).name)}</p>
        <p className="muted">{t('movedHouses', { n: changes.length })}</p>
      </>
    );
  }
}
