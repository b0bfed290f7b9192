import { useEffect, useState } from 'react';
import { useTexts } from '../texts/texts.ts';

interface Props {
  readonly market: string;
  readonly sha256: string;
  readonly label: string;
}

interface Opened {
  readonly url: string;
  readonly name: string;
  readonly isPicture: boolean;
}

/** A file of an answer: a picture is shown, all else is offered to be kept. */
export function Evidence({ market, sha256, label }: Props) {
  const t = useTexts();
  const [opened, setOpened] = useState<Opened | null>();
  useEffect(() => {
    let url: string | undefined;
    const open = async () => {
      // Files come as attachments: only as a blob of our own may one be shown.
      const response = await fetch(`/api/v1/markets/${market}/files/${sha256}`);
      if (!response.ok) return setOpened(null);
      const blob = await response.blob();
      url = URL.createObjectURL(blob);
      const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '');
      setOpened({ url, name: name?.[1] ?? label, isPicture: blob.type.startsWith('image/') });
    };
    open().catch(() => setOpened(null));
    return () => {
      if (url) URL.revokeObjectURL(url);
    };
  }, [market, sha256, label]);
  if (opened === undefined) return <span className="muted">{label} …</span>;
  if (opened === null) return <span className="muted">{t('fileGone')}</span>;
  return (
    <a href={opened.url} download={opened.name}>
      {opened.isPicture ? <img src={opened.url} alt={label} /> : label}
    </a>
  );
}
