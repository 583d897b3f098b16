import { useQuery } from "@tanstack/react-query";
import { CircleCheckBig } from "lucide-react";
import { Badge } from "../../components/badge.tsx";
import { Card } from "../../components/card.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { ShareBar } from "../../components/share-bar.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { formatCount, formatRatio } from "../../format/numbers.ts";
import { type Conformance, conformanceOptions } from "./data-search.ts";

/** How the charges keep to the FOCUS specification, rule by rule. */
export const ConformanceTab = () => {
  const { data, error, refetch } = useQuery(conformanceOptions);
  if (error !== null) return <ProblemPanel error={error} onRetry={() => void refetch()} />;
  if (data === undefined) {
    return (
      <Card title="Conformance to FOCUS" about="Checking every rule over every charge…">
        <SkeletonRows count={6} />
      </Card>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      {data.sources.map((source) => (
        <SourceConformance key={source.source} source={source} />
      ))}
    </div>
  );
};

const SourceConformance = ({ source: { source, rows, result } }: { readonly source: Conformance }) => (
  <Card
    title={`${source} against FOCUS ${result.version}`}
    about={`${formatCount(rows)} charges, judged by the ${result.model}`}
  >
    <div className="grid gap-4 pb-4 sm:grid-cols-2">
      <Score title="Must" about="rules that the specification requires" tally={result.must} />
      <Score title="Should" about="rules that it recommends" tally={result.should} />
    </div>
    {result.failing.length === 0 ? (
      <EmptyState
        className="py-6"
        icon={<CircleCheckBig size={20} aria-hidden />}
        title="Every rule that can be judged holds"
      />
    ) : (
      <>
        <h3 className="pb-1 font-semibold">
          {formatCount(result.failing.length)} {result.failing.length === 1 ? "rule fails" : "rules fail"}
        </h3>
        <ul className="flex flex-col divide-y divide-line">
          {result.failing.map((rule) => (
            <FailingRule key={rule.id} rule={rule} />
          ))}
        </ul>
      </>
    )}
    <NotJudged rules={result.notAssessable} />
  </Card>
);

type Rule = Conformance["result"]["failing"][number];

const FailingRule = ({ rule }: { readonly rule: Rule }) => (
  <li className="flex flex-col gap-1 py-2.5 text-sm">
    <span className="flex flex-wrap items-center gap-2">
      <Badge tone={rule.keyword.startsWith("MUST") ? "bad" : "warn"}>{rule.keyword}</Badge>
      <span className="font-medium">{rule.about}</span>
      <span className="font-mono text-xs text-ink-3">{rule.id}</span>
    </span>
    <span className="text-ink-2">{rule.text}</span>
    <span className="num text-ink-3">
      {formatCount(rule.failed)} of {formatCount(rule.judged)} {rule.unit} fail
    </span>
    {rule.example !== null && (
      <code className="block overflow-x-auto rounded-md bg-sunken px-2 py-1 font-mono text-xs break-all whitespace-pre-wrap">
        {rule.example}
      </code>
    )}
  </li>
);

const NotJudged = ({ rules }: { readonly rules: Conformance["result"]["notAssessable"] }) =>
  rules.length === 0 ? null : (
    <details className="mt-2 text-sm">
      <summary className="cursor-pointer rounded-sm text-ink-2 hover:text-ink">
        {formatCount(rules.length)} rules can't be judged from this bill, and why
      </summary>
      <ul className="mt-2 flex max-h-96 flex-col gap-2 overflow-y-auto">
        {rules.map(({ id, about, reason }) => (
          <li key={id}>
            <span className="font-medium">{about}</span>{" "}
            <span className="font-mono text-xs text-ink-3">{id}</span>
            <span className="block text-ink-2">{reason}</span>
          </li>
        ))}
      </ul>
    </details>
  );

interface ScoreProps {
  readonly title: string;
  readonly about: string;
  readonly tally: Conformance["result"]["must"];
}

const Score = ({ title, about, tally: { passed, assessable, score } }: ScoreProps) => (
  <div className="rounded-lg border border-line p-3">
    <p className="text-sm">
      <span className="font-medium">{title}</span> <span className="text-ink-3">{about}</span>
    </p>
    <p className="num py-1 text-2xl font-semibold">{score === null ? "not judged" : formatRatio(score)}</p>
    <ShareBar share={score === null ? 0 : Number(score)} />
    <p className="num mt-1.5 text-xs text-ink-3">
      {formatCount(passed)} of {formatCount(assessable)} rules hold
    </p>
  </div>
);
