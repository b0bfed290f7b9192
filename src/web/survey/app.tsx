import { useEffect, useMemo, useState } from 'react';
import type { Answers } from '../../contracts/audits.ts';
import type { Checklist } from '../../contracts/checklists.ts';
import { compileChecklist } from '../../core/audits/answers.ts';
import { textIn } from '../../core/format.ts';
import { call, type Refused } from '../api.ts';
import { useTexts } from '../texts/texts.ts';
import { Control } from '../ui/controls.tsx';
import { Form } from '../ui/form.tsx';
import { Frame } from '../ui/frame.tsx';
import { useKeptState } from '../ui/kept-state.ts';
import './survey.css';
import { refusedInWords } from '../ui/refused.ts';

interface Opened {
  readonly state: 'open' | 'answered';
  readonly dealer: { readonly name: string; readonly town: string | null };
  readonly contact: string;
  readonly visitDate: string;
  readonly checklist: Checklist;
}

/** A customer's questionnaire. The secret stands behind `#`; nothing else is reached by it. */
export function Survey() {
  const t = useTexts();
  const [link] = useState(() => window.location.hash.slice(1));
  const [opened, setOpened] = useState<Opened>();
  const [refusal, setRefusal] = useState<Refused>();
  useEffect(() => {
    call<Opened>('/survey/open', { link }).then(setOpened, setRefusal);
  }, [link]);
  if (refusal) {
    const isOver = refusal.status === 410 || refusal.status === 400;
    return (
      <Frame title={t('surveyOver')} isOpen>
        <p>{isOver ? t('surveyOverMore') : refusedInWords(refusal, t)}</p>
      </Frame>
    );
  }
  if (!opened) return null;
  if (opened.state === 'answered') {
    return (
      <Frame title={t('thanks')} isOpen>
        <p>{t('thanksMore')}</p>
        <p>{t('reachUs', { contact: opened.contact })}</p>
      </Frame>
    );
  }
  return <Questions link={link} opened={opened} onSent={setOpened} />;
}

interface Props {
  readonly link: string;
  readonly opened: Opened;
  readonly onSent: (answered: Opened) => void;
}

function Questions({ link, opened, onSent }: Props) {
  const t = useTexts();
  const { checklist, dealer, visitDate, contact } = opened;
  // The first part of a secret tells links apart, and opens nothing.
  const [answers, setAnswers, forget] = useKeptState<Answers>(
    `survey ${link.slice(0, 12)}`,
    () => ({}),
  );
  const { visibleItems } = useMemo(() => compileChecklist(checklist), [checklist]);
  const visible = visibleItems(answers);
  const set = (item: string, answer: Answers[string] | undefined) =>
    setAnswers(({ [item]: _, ...others }) => (answer ? { ...others, [item]: answer } : others));
  const isForeign = (texts: Readonly<Record<string, string>>) =>
    texts[t.language] === undefined ? 'en' : undefined;
  return (
    <Frame title={textIn(checklist.title, t.language)} isOpen>
      <p className="muted">{t('aboutVisit', { dealer: dealer.name, date: t.date(visitDate) })}</p>
      {checklist.description ? <p>{textIn(checklist.description, t.language)}</p> : null}
      <p>{t('skipAny')}</p>
      <Form
        send={t('sendAnswers')}
        onSend={async () => {
          // Answers to questions that are no longer asked stay behind.
          const asked = Object.entries(answers).filter(([id]) => visible.has(id));
          const sent = await call<Opened>('/survey/answer', {
            link,
            answers: Object.fromEntries(asked),
          });
          forget();
          onSent(sent);
          window.scrollTo(0, 0);
        }}
      >
        {checklist.sections.map((section) => (
          <section key={section.id}>
            <h2>{textIn(section.title, t.language)}</h2>
            {section.items
              .filter(({ id, type }) => visible.has(id) && type !== 'photo' && type !== 'file')
              .map((item) => (
                <div key={item.id} className="question">
                  <h3 id={`${item.id}-question`} lang={isForeign(item.question)}>
                    {textIn(item.question, t.language)}
                  </h3>
                  {item.type === 'photo' || item.type === 'file' ? null : (
                    <Control
                      item={item}
                      timeZone="UTC"
                      value={answers[item.id]?.value}
                      change={(value) => set(item.id, value === undefined ? undefined : { value })}
                    />
                  )}
                  {item.notApplicable === 'allowed' ? (
                    <label className="choice dashed">
                      <input
                        type="checkbox"
                        checked={answers[item.id]?.notApplicable !== undefined}
                        onChange={(event) =>
                          set(item.id, event.target.checked ? { notApplicable: true } : undefined)
                        }
                      />
                      <span>{t('doesNotApplyHere')}</span>
                    </label>
                  ) : null}
                </div>
              ))}
          </section>
        ))}
        <p className="muted">{t('keptHere')}</p>
      </Form>
      <p className="muted">{t('reachUs', { contact })}</p>
    </Frame>
  );
}
