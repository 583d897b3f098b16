import { Copy } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { copyText } from "./copy-text.ts";

interface SecretOnceProps {
  /** What it is: Link, Token. */
  readonly what: string;
  readonly secret: string;
  readonly children: ReactNode;
  readonly onDone: () => void;
}

/** Something that is shown this once: the server keeps only its hash. */
export const SecretOnce = ({ what, secret, children, onDone }: SecretOnceProps) => (
  <div className="flex flex-col gap-4 p-4">
    <div>{children}</div>
    <code className="block rounded-md border border-line bg-sunken p-3 font-mono text-sm break-all select-all">
      {secret}
    </code>
    <div className="flex justify-end gap-2">
      <Button kind="primary" onClick={() => void copyText(secret, what)}>
        <Copy size={15} aria-hidden /> Copy
      </Button>
      <Button onClick={onDone}>Done</Button>
    </div>
  </div>
);
