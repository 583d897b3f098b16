import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Badge } from "../../components/badge.tsx";
import { Card } from "../../components/card.tsx";
import { CodeBlock } from "../../components/code-block.tsx";
import { guardrailText } from "../../components/guardrail-gauge.tsx";
import { formatDuration } from "../../format/durations.ts";
import { settingText } from "../../format/setting-text.ts";
import { commandText } from "./command-text.ts";
import type { PlanPartProps } from "./plan-page.tsx";
import type { PlanStep } from "./plan-search.ts";
import { stepView } from "./step-state.ts";

/** Every step with its commands, what is checked before and after, what is watched, and its way back. */
export const StepsTab = ({ page, search, go }: PlanPartProps) => (
  <Card
    title="Step by step"
    about="One after the other; a step that fails, or whose guardrail breaks, takes back itself and those before it"
    isFlush
  >
    <ol className="flex flex-col divide-y divide-line border-t border-line">
      {page.body.steps.map((step, index) => {
        const isOpen = search.step === step.id;
        const { step: _folded, ...folded } = search;
        return (
          <li key={step.id}>
            <Head
              step={step}
              number={index + 1}
              isOpen={isOpen}
              view={stepView(page, step.id)}
              onToggle={() => go(isOpen ? folded : { ...search, step: step.id })}
            />
            {isOpen && <Detail step={step} />}
          </li>
        );
      })}
    </ol>
  </Card>
);

interface HeadProps {
  readonly step: PlanStep;
  readonly number: number;
  readonly isOpen: boolean;
  readonly view: ReturnType<typeof stepView>;
  readonly onToggle: () => void;
}

const Head = ({ step, number, isOpen, view, onToggle }: HeadProps) => (
  <button
    type="button"
    aria-expanded={isOpen}
    aria-controls={`${step.id}-detail`}
    onClick={onToggle}
    className="flex w-full items-start gap-3 px-4 py-3 text-left -outline-offset-2 hover:bg-sunken"
  >
    <ChevronRight
      size={16}
      aria-hidden
      className={`mt-0.5 shrink-0 text-ink-3 transition-transform ${isOpen ? "rotate-90" : ""}`}
    />
    <span className="num w-5 shrink-0 text-right text-ink-3">{number}</span>
    <span className="min-w-0 grow">
      <span className="block font-medium break-words">{step.title}</span>
      <span className="block text-xs break-words text-ink-3">
        {step.resource.name} · {step.apply.length} {step.apply.length === 1 ? "command" : "commands"} ·{" "}
        {step.watchSeconds === 0 ? "not watched" : `watched ${formatDuration(step.watchSeconds)}`}
        {step.canary !== undefined && ` · canary at ${step.canary.sharePercent} %`}
      </span>
    </span>
    {step.reversibility === "irreversible" && <Badge tone="bad">can't be undone</Badge>}
    <Badge tone={view.tone}>{view.word}</Badge>
  </button>
);

const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className="min-w-0">
    <h3 className="mb-1 text-sm font-medium">{title}</h3>
    {children}
  </section>
);

const Detail = ({ step }: { readonly step: PlanStep }) => (
  <div
    id={`${step.id}-detail`}
    className="grid grid-cols-1 gap-x-6 gap-y-4 px-4 pt-1 pb-5 md:pl-14 lg:grid-cols-2"
  >
    <Part title="Must be so before">
      <Settings settings={step.before} />
    </Part>
    <Part title={`Must be so after, within ${formatDuration(step.settleSeconds)}`}>
      <Settings settings={step.after} />
    </Part>
    <Part title="Commands">
      <Commands commands={step.apply} what="Command" />
    </Part>
    <Part title="Way back">
      {step.reversibility === "irreversible" ? (
        <p className="text-danger">There is none: this can't be undone.</p>
      ) : (
        <>
          <Commands commands={step.rollback} what="Way back" />
          <p className="mt-2 mb-1 text-xs text-ink-3">Then it is as before:</p>
          <Settings settings={step.restored} />
        </>
      )}
    </Part>
    <Part title={step.watchSeconds === 0 ? "Watch" : `Watched for ${formatDuration(step.watchSeconds)}`}>
      <Watch step={step} />
    </Part>
    <details className="min-w-0">
      <summary className="mb-1 cursor-pointer rounded-sm text-sm font-medium">
        What was read when the plan was made
      </summary>
      <Settings settings={step.recorded} />
      <p className="mt-2 mb-1 text-xs text-ink-3">By</p>
      <Commands commands={[step.read, ...(step.readMore ?? [])]} what="Read" />
    </details>
  </div>
);

const Settings = ({ settings }: { readonly settings: PlanStep["before"] }) => {
  const all = Object.entries(settings);
  if (all.length === 0) return <p className="text-ink-3">Nothing in particular.</p>;
  return (
    <dl className="grid grid-cols-[minmax(5rem,auto)_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm">
      {all.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="break-words text-ink-3">{name}</dt>
          <dd>
            <code className="font-mono text-xs break-words">{settingText(value)}</code>
          </dd>
        </div>
      ))}
    </dl>
  );
};

const Commands = ({
  commands,
  what,
}: {
  readonly commands: readonly PlanStep["read"][];
  readonly what: string;
}) =>
  commands.length === 0 ? (
    <p className="text-ink-3">None.</p>
  ) : (
    <ol className="flex flex-col gap-1.5">
      {commands.map((command, index) => {
        const text = commandText(command);
        const name = commands.length === 1 ? what : `${what} ${index + 1}`;
        return (
          <li key={text}>
            <CodeBlock what={name} text={text} isWrapped />
          </li>
        );
      })}
    </ol>
  );

const Watch = ({ step }: { readonly step: PlanStep }) => (
  <>
    {step.guardrails.length === 0 ? (
      <p className="text-ink-3">No guardrail stands behind this step.</p>
    ) : (
      <ul className="flex flex-col gap-2">
        {step.guardrails.map((guardrail) => (
          <li key={`${guardrail.metric} ${guardrail.statistic}`} className="text-sm">
            {guardrailText(guardrail)}
            {guardrail.query === undefined ? (
              <span className="block text-warn">The policy has no query for it: nothing measures it.</span>
            ) : (
              <CodeBlock
                what={`Query of ${guardrail.metric} ${guardrail.statistic}`}
                text={guardrail.query.trim()}
                isWrapped
                className="mt-1"
              />
            )}
          </li>
        ))}
      </ul>
    )}
    {step.canary !== undefined && (
      <p className="mt-2 text-sm text-ink-2">
        Canary: {step.canary.sharePercent} % of the traffic goes to {step.canary.canary}, the rest stays with{" "}
        {step.canary.control}. {step.canary.power.about}
      </p>
    )}
  </>
);
