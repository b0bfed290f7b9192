import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogRow, PublicKey, Signed } from '../../src/contracts/log.ts';
import { anchorText, ChainCheck, hashOfRecord } from '../../src/core/trust/log.ts';
import {
  faultsOfKeys,
  introductionOf,
  isSignedBy,
  keyIdOf,
} from '../../src/core/trust/signatures.ts';

/** A key pair of Node's own OpenSSL: the signer is not the checker. */
function newKey() {
  const pair = generateKeyPairSync('ed25519');
  const key = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');
  const by = (text: string) => sign(null, Buffer.from(text), pair.privateKey).toString('hex');
  return { key, id: keyIdOf(key), by };
}
const one = newKey();
const keys: PublicKey[] = [
  {
    id: one.id,
    key: one.key,
    createdAt: '2026-01-01T00:00:00.000Z',
    retiredAt: null,
    signedBy: null,
  },
];

function chain(records: readonly string[]): LogRow[] {
  let hash = '';
  return records.map((record, index) => {
    hash = hashOfRecord(hash, record);
    return { seq: index + 1, record, hash };
  });
}
const rows = chain(Array.from({ length: 200 }, (_, i) => `{"n":${i}}`));
const anchorOf = ({ seq, hash }: LogRow): Signed => {
  const statement = anchorText({ market: 1, seq, hash, at: '2026-01-01T00:00:00.000Z' });
  return { statement, signature: one.by(statement), keyId: one.id };
};
const anchors = [anchorOf(rows[99]!), anchorOf(rows[199]!)];
const findings = (given: readonly LogRow[]) => {
  const check = new ChainCheck(1, anchors, keys);
  for (const row of given) check.add(row);
  return check.end();
};

test('the test vectors of RFC 8032, section 7.1', () => {
  const [key, text, signature] = [
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    '\u00af\u0082',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ];
  // The vector signs two bytes that are no UTF-8 text, so ours must not accept it for this text.
  expect(isSignedBy(key, text, signature)).toBe(false);
  // TEST 1 signs the empty text.
  expect(
    isSignedBy(
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
      '',
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    ),
  ).toBe(true);
});

describe('a chain of 200 records with two anchors', () => {
  test('stands as it was written', () => expect(findings(rows)).toEqual([]));
  test('any changed record is named', () => {
    for (const { seq } of rows) {
      const changed = rows.map((row) =>
        row.seq === seq ? { ...row, record: `${row.record} ` } : row,
      );
      expect(findings(changed)).toContain(`chain 1: record ${seq} was changed`);
    }
  });
  test('any removed record is named, the last ones by an anchor', () => {
    for (const { seq } of rows) {
      const cut = rows.filter((row) => row.seq !== seq);
      expect(findings(cut).join()).toContain(`record ${seq}`);
    }
    expect(findings(rows.slice(0, 150))).toEqual([
      'chain 1: record 200 was anchored and is missing: the chain was cut',
    ]);
  });
  test('swapped, doubled and inserted records are found', () => {
    fc.assert(
      fc.property(fc.nat(198), fc.constantFrom('swap', 'double', 'insert'), (at, how) => {
        const copy = [...rows];
        if (how === 'swap') {
          const [a, b] = [copy[at]!, copy[at + 1]!];
          copy[at] = { ...b, seq: a.seq };
          copy[at + 1] = { ...a, seq: b.seq };
        } else if (how === 'double') copy.splice(at, 0, copy[at]!);
        else copy.splice(at, 0, { ...copy[at]!, record: '{"n":-1}' });
        expect(findings(copy).length).toBeGreaterThan(0);
      }),
    );
  });
  test('a chain written anew fits its own hashes, and is found by its anchors', () => {
    const anew = chain(rows.map((row) => (row.seq === 7 ? '{"n":"other"}' : row.record)));
    expect(findings(anew)).toEqual(
      [100, 200].map(
        (seq) =>
          `chain 1: record ${seq} is not the one that was anchored: the chain was written anew`,
      ),
    );
  });
  test('an anchor that nobody signed counts for nothing, and is named', () => {
    const check = new ChainCheck(1, [{ ...anchors[0]!, signature: '0'.repeat(128) }], keys);
    for (const row of rows) check.add(row);
    expect(check.end()).toEqual([
      `chain 1: anchor at record 100: the signature of key ${one.id} does not fit`,
    ]);
  });
});

test('a list of keys: each is introduced by one before it', () => {
  const two = newKey();
  const createdAt = '2026-02-01T00:00:00.000Z';
  const signature = one.by(introductionOf(two.key, createdAt));
  const second: PublicKey = {
    ...{ id: two.id, key: two.key, createdAt, retiredAt: null },
    signedBy: { id: one.id, signature },
  };
  expect(faultsOfKeys([...keys, second])).toEqual([]);
  expect(faultsOfKeys([...keys, { ...second, signedBy: null }])).toHaveLength(1);
  const stranger = newKey();
  const own = { id: stranger.id, signature: stranger.by(introductionOf(two.key, createdAt)) };
  expect(faultsOfKeys([...keys, { ...second, signedBy: own }])).toHaveLength(1);
});
