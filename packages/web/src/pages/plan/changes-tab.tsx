import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Badge } from "../../components/badge.tsx";
import { Card } from "../../components/card.tsx";
import { SettingsDiff } from "../../components/settings-diff.tsx";
import { formatDay } from "../../format/dates.ts";
import { formatDuration } from "../../format/durations.ts";
import { formatMoney } from "../../format/numbers.ts";
import type { PlanPage } from "./plan-search.ts";

type PlannedChange = PlanPage["body"]["changes"][number];

/** The plan as a diff: each resource with its settings before and after, and what it is worth. */
export const ChangesTab = ({ page }: { readonly page: PlanPage }) => {
  const { body } = page;
  return (
    <div className="flex flex-col gap-4">
      <Figures page={page} />
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-12">
        <div className="flex min-w-0 flex-col gap-4 lg:col-span-8">
          {body.changes.map((change) => (
            <ChangeCard key={change.id} change={change} page={page} />
          ))}
        </div>
        <div className="flex min-w-0 flex-col gap-4 lg:col-span-4">
          <Notes notes={body.notes} />
          <FactsCard facts={body.facts} />
        </div>
      </div>
    </div>
  );
};

const Tile = ({
  title,
  value,
  children,
}: {
  readonly title: string;
  readonly value: ReactNode;
  readonly children?: ReactNode;
}) => (
  <div className="rounded-xl border border-line bg-surface px-4 py-3 shadow-card">
    <dt className="text-sm text-ink-3">{title}</dt>
    <dd className="num text-xl font-semibold">{value}</dd>
    {children !== undefined && <dd className="num text-xs text-ink-3">{children}</dd>}
  </div>
);

const Figures = ({ page: { body } }: { readonly page: PlanPage }) => {
  const watched = body.steps.reduce((sum, { watchSeconds }) => sum + watchSeconds, 0);
  return (
    <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      {body.saving.map(({ currency, low, mid, high }) => (
        <Tile key={currency} title="Saves a month" value={formatMoney(mid, currency)}>
          {formatMoney(low, currency)} to {formatMoney(high, currency)} · {currency}
        </Tile>
      ))}
      {body.moneyAtRisk.map(({ currency, amount }) => (
        <Tile key={currency} title="Costs now a month" value={formatMoney(amount, currency)}>
          {body.resources === 1 ? "the resource" : `the ${body.resources} resources`} it touches
        </Tile>
      ))}
      {body.overlap.map(({ currency, amount }) => (
        <Tile key={currency} title="Once, at most" value={formatMoney(amount, currency)}>
          while old and new run side by side
        </Tile>
      ))}
      <Tile title="Watched" value={watched === 0 ? "not" : formatDuration(watched)}>
        over {body.steps.length} {body.steps.length === 1 ? "step" : "steps"}
      </Tile>
    </dl>
  );
};

const waysBack = {
  reversible: { tone: "good", word: "can be set back" },
  restorable: { tone: "warn", word: "can be restored" },
  irreversible: { tone: "bad", word: "can't be undone" },
} as const;

/** The worst of its steps. */
const reversibilityOf = (change: PlannedChange, { body }: PlanPage): keyof typeof waysBack => {
  const own = body.steps.filter(({ recommendation }) => recommendation === change.id);
  return (
    (["irreversible", "restorable"] as const).find((kind) =>
      own.some(({ reversibility }) => reversibility === kind),
    ) ?? "reversible"
  );
};

const ChangeCard = ({ change, page }: { readonly change: PlannedChange; readonly page: PlanPage }) => {
  const { resource, saving } = change;
  const { tone, word } = waysBack[reversibilityOf(change, page)];
  return (
    <Card
      title={resource.name}
      about={`${resource.kind} · ${resource.scope.account} · ${resource.scope.region}`}
      actions={<Badge tone={tone}>{word}</Badge>}
      className="break-words"
    >
      <SettingsDiff changes={change.changes} />
      <p className="mt-3 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 border-t border-line pt-2 text-sm">
        <Link to="/recommendations/$id" params={{ id: change.id }} className="min-w-0 text-accent underline">
          {change.title}
        </Link>
        <span className="num">
          <span className="font-semibold">{formatMoney(saving.mid, saving.currency)}</span>
          <span className="text-ink-3">
            {" "}
            of {formatMoney(change.costNow.amount, change.costNow.currency)} a month
          </span>
        </span>
      </p>
    </Card>
  );
};

const Notes = ({ notes }: { readonly notes: readonly string[] }) =>
  notes.length === 0 ? null : (
    <Card title="To know before">
      <ul className="flex list-disc flex-col gap-1.5 pl-5 break-words text-ink-2">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </Card>
  );

const FactsCard = ({ facts }: { readonly facts: PlanPage["body"]["facts"] }) =>
  facts.length === 0 ? null : (
    <Card title="How the cloud behaves" about="What the plan relies on, and who says so">
      <ul className="flex flex-col gap-3">
        {facts.map(({ text, source, date }) => (
          <li key={text} className="break-words">
            {text}
            <span className="block text-xs text-ink-3">
              {/^https:\/\//.test(source) ? (
                <a href={source} target="_blank" rel="noreferrer" className="underline hover:text-ink">
                  {new URL(source).hostname}
                </a>
              ) : (
                source
              )}
              , {/^\d{4}-\d{2}-\d{2}$/.test(date) ? formatDay(date) : date}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
