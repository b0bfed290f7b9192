import { useState } from 'react';
import { roles } from '../../contracts/people.ts';
import type { Grant } from '../offline/person.ts';
import { useTexts } from '../texts/texts.ts';
import { Choice, Field } from '../ui/form.tsx';
import { useMarketChoices } from './markets.ts';

/** A role and what it is for: a market for local ones, a house for dealers. */
export function RoleFields() {
  const t = useTexts();
  const [role, setRole] = useState<(typeof roles)[number]>('auditor');
  const markets = useMarketChoices();
  return (
    <>
      <Choice
        name="role"
        label={t('role')}
        value={role}
        options={roles.map((each) => [each, t(`role.${each}`)])}
        onChange={(chosen) => setRole(chosen as typeof role)}
      />
      {isLocal(role) ? <Choice name="market" label={t('market')} options={markets} /> : null}
      {role === 'dealer' ? (
        <>
          <Field name="dealer" label={t('dealerCode')} />
          <label className="pick">
            <input type="checkbox" name="principal" />
            <span>{t('keepsPeople')}</span>
          </label>
        </>
      ) : null}
    </>
  );
}

/** The role that the fields ask for. */
export function grantOf({ role, market, dealer, principal }: Record<string, string>): Grant {
  return {
    role: role!,
    ...(isLocal(role!) && market ? { market } : {}),
    ...(role === 'dealer' && dealer ? { dealer } : {}),
    ...(role === 'dealer' && principal ? { principal: true } : {}),
  };
}

const isLocal = (role: string) => role !== 'administrator' && role !== 'network-manager';
