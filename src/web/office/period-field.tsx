import { useTexts } from '../texts/texts.ts';

/** A year, a half-year, a quarter or a month. */
const form = /^\d{4}(-(H[12]|Q[1-4]|(0[1-9]|1[0-2])))?$/;

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (period: string) => void;
}

/** A period by its code; what is half typed waits. */
export function PeriodField({ label, value, onChange }: Props) {
  const t = useTexts();
  return (
    <label className="choice-of">
      <span>{label}</span>
      <input
        className="short"
        defaultValue={value}
        placeholder="2025-H2"
        title={t('periodForms')}
        onChange={(event) => {
          if (form.test(event.target.value)) onChange(event.target.value);
        }}
      />
    </label>
  );
}
