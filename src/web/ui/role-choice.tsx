import { rememberedPerson } from '../offline/person.ts';
import { useTexts } from '../texts/texts.ts';

/** Where each role works; the managers of a market and of the network share their pages. */
const desks = [
  ['auditor', '/', 'role.auditor'],
  ['market-manager', '/m/', 'role.market-manager'],
  ['network-manager', '/m/', 'role.network-manager'],
  ['dealer', '/d/', 'role.dealer'],
  ['administrator', '/admin/', 'role.administrator'],
] as const;

/** The choice of a desk, for whoever has several. */
export function RoleChoice() {
  const t = useTexts();
  const roles = rememberedPerson()?.roles ?? [];
  const own = desks.filter(
    ([role, place], n) =>
      roles.includes(role) &&
      !desks.slice(0, n).some(([other, at]) => at === place && roles.includes(other)),
  );
  if (own.length < 2) return null;
  const here =
    own.findLast(([, place]) => window.location.pathname.startsWith(place))?.[1] ?? own[0]![1];
  return (
    <label>
      <span className="unseen">{t('yourRole')}</span>
      <select
        value={here}
        onChange={(event) => {
          // Another desk is another app: it begins anew, with what it needs.
          window.location.href = event.target.value;
        }}
      >
        {own.map(([role, place, words]) => (
          <option key={role} value={place}>
            {t(words)}
          </option>
        ))}
      </select>
    </label>
  );
}
