import { Copy } from "lucide-react";
import { IconButton } from "./button.tsx";
import { classNames } from "./class-names.ts";
import { copyText } from "./copy-text.ts";

interface CodeBlockProps {
  /** What it is: Command, Shell script. */
  readonly what: string;
  readonly text: string;
  readonly className?: string;
  /** Long words break; otherwise long lines scroll. */
  readonly isWrapped?: boolean;
}

/** Something to read and to copy. */
export const CodeBlock = ({ what, text, className, isWrapped = false }: CodeBlockProps) => (
  <div className={classNames("relative min-w-0 rounded-lg border border-line bg-sunken", className)}>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
    <section tabIndex={0} aria-label={what} className="max-h-[inherit] overflow-auto rounded-lg">
      <pre
        className={classNames(
          "py-2 pr-10 pl-3 font-mono text-xs",
          isWrapped && "break-words whitespace-pre-wrap",
        )}
      >
        {text}
      </pre>
    </section>
    <IconButton
      label={`Copy: ${what}`}
      onClick={() => void copyText(text, what)}
      className="absolute top-0.5 right-0.5 bg-sunken"
    >
      <Copy size={14} aria-hidden />
    </IconButton>
  </div>
);
