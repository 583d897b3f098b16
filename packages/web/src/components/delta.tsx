import { ArrowDownRight, ArrowRight, ArrowUpRight } from "lucide-react";
import { formatRatio } from "../format/numbers.ts";
import { classNames } from "./class-names.ts";

interface DeltaProps {
  /** Decimal text: its sign decides colour and arrow. */
  readonly change: string;
  /** What is read, e.g. `+$120` or `+8.3 %`. */
  readonly text: string;
  /** More is better: coverage, savings. */
  readonly isRiseGood?: boolean;
  readonly className?: string;
}

/** A change: arrow, sign and colour say the same. */
export const Delta = ({ change, text, isRiseGood = false, className }: DeltaProps) => {
  const sign = Math.sign(Number(change));
  const Arrow = sign > 0 ? ArrowUpRight : sign < 0 ? ArrowDownRight : ArrowRight;
  const isGood = sign !== 0 && sign > 0 === isRiseGood;
  return (
    <span
      className={classNames(
        "num inline-flex items-baseline gap-0.5 whitespace-nowrap",
        sign === 0 ? "text-ink-3" : isGood ? "text-down" : "text-up",
        className,
      )}
    >
      <Arrow size={14} aria-hidden className="self-center" />
      {text}
    </span>
  );
};

export const RatioDelta = ({
  ratio,
  ...rest
}: { readonly ratio: string } & Omit<DeltaProps, "change" | "text">) => (
  <Delta change={ratio} text={formatRatio(ratio, { signed: true })} {...rest} />
);
