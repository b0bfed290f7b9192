import { useState } from 'react';
import { call } from '../api.ts';
import { useTexts } from '../texts/texts.ts';

interface Found {
  readonly ok: boolean;
  readonly resultSha256: string;
  readonly differences: readonly string[];
}

/** Computes a frozen award again on this device, from the package alone, and compares the bytes. */
export function Recompute({ market, id }: { readonly market: string; readonly id: string }) {
  const t = useTexts();
  const [found, setFound] = useState<Found | 'busy'>();
  const run = async () => {
    setFound('busy');
    // The whole of the award's mathematics comes only when it is asked for, and works beside the page.
    const worker = new Worker(new URL('./recompute-worker.ts', import.meta.url), {
      type: 'module',
    });
    const handedOut = await call<object>(`/markets/${market}/decisions/${id}/package`);
    worker.onmessage = ({ data }: MessageEvent<Found>) => {
      setFound(data);
      worker.terminate();
    };
    worker.postMessage(handedOut);
  };
  return (
    <div className="recompute">
      <button type="button" disabled={found === 'busy'} onClick={() => void run()}>
        {t(found === 'busy' ? 'recomputing' : 'recompute')}
      </button>
      <div role="status">
        {found === undefined || found === 'busy' ? null : found.ok ? (
          <p className="notice ok">
            {t('sameBytes')} <code>{found.resultSha256}</code>
          </p>
        ) : (
          <div className="notice bad">
            <p>{t('otherBytes')}</p>
            <ul>
              {found.differences.map((each) => (
                <li key={each}>{each}</li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </div>
  );
}
