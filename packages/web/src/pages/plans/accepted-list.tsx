import { Link } from "@tanstack/react-router";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { RiskBadge } from "../../components/recommendation-badges.tsx";
import { formatMoney } from "../../format/numbers.ts";
import type { RecommendationLine } from "../recommendations/recommendations-search.ts";
import { allThatFit, livePlanOf, obstacleTo } from "./plannable.ts";

interface AcceptedListProps {
  readonly lines: readonly RecommendationLine[];
  readonly chosen: readonly RecommendationLine[];
  readonly onChoose: (ids: readonly string[]) => void;
}

/** What was accepted; what can't be in the plan says why. */
export const AcceptedList = ({ lines, chosen, onChoose }: AcceptedListProps) => {
  const ids = chosen.map(({ id }) => id);
  const fitting = allThatFit(lines).map(({ id }) => id);
  const toggle = (id: string) => onChoose(ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]);
  return (
    <Card
      title="Accepted recommendations"
      about="Small plans are easier to approve, and taken back as a whole"
      isFlush
      actions={
        <span className="flex gap-2">
          {ids.length > 0 && (
            <Button kind="quiet" onClick={() => onChoose([])}>
              Clear
            </Button>
          )}
          {fitting.length > 1 && ids.length < fitting.length && (
            <Button onClick={() => onChoose(fitting)}>Choose all {fitting.length} that fit</Button>
          )}
        </span>
      }
    >
      <ul className="flex flex-col divide-y divide-line px-4">
        {lines.map((line) => (
          <Choice
            key={line.id}
            line={line}
            isChosen={ids.includes(line.id)}
            obstacle={obstacleTo(
              line,
              chosen.filter(({ id }) => id !== line.id),
            )}
            onToggle={() => toggle(line.id)}
          />
        ))}
      </ul>
    </Card>
  );
};

interface ChoiceProps {
  readonly line: RecommendationLine;
  readonly isChosen: boolean;
  readonly obstacle: string | undefined;
  readonly onToggle: () => void;
}

const Choice = ({ line, isChosen, obstacle, onToggle }: ChoiceProps) => (
  <li className="flex gap-3 py-2.5">
    <label className="-my-1 -ml-2 flex size-10 shrink-0 items-center justify-center">
      <span className="sr-only">Choose {line.title}</span>
      <input
        type="checkbox"
        checked={isChosen}
        disabled={obstacle !== undefined && !isChosen}
        onChange={onToggle}
        className="size-4.5 accent-(--accent)"
      />
    </label>
    <div className="min-w-0 grow">
      <Link
        to="/recommendations/$id"
        params={{ id: line.id }}
        className="font-medium hover:text-accent hover:underline"
      >
        {line.title}
      </Link>
      <p className="text-xs break-words text-ink-3">
        {line.resource.name} · {line.resource.account} · {line.resource.region}
      </p>
      <div className="mt-1 flex flex-wrap items-center gap-2 text-sm">
        <RiskBadge risk={line.risk} />
        {obstacle !== undefined && <Obstacle line={line} text={obstacle} />}
        <span className="num ml-auto font-semibold">
          {formatMoney(line.saving.mid, line.saving.currency)}
          <span className="text-xs font-normal text-ink-3"> a month</span>
        </span>
      </div>
    </div>
  </li>
);

const Obstacle = ({ line, text }: { readonly line: RecommendationLine; readonly text: string }) => {
  const plan = livePlanOf(line);
  return plan === undefined ? (
    <span className="text-ink-2">{text}</span>
  ) : (
    <Link to="/plans/$id" params={{ id: plan }} className="text-accent underline">
      {text}
    </Link>
  );
};
