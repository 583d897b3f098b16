import { Card } from "../../components/card.tsx";
import { RiskBadge } from "../../components/recommendation-badges.tsx";
import { formatQuantity, formatRatio } from "../../format/numbers.ts";
import type { RecommendationBody } from "./recommendation-options.ts";

const waysBack: Readonly<Record<RecommendationBody["reversibility"], string>> = {
  reversible: "Set back at once",
  restorable: "From a snapshot taken first",
  irreversible: "There is none",
};

export const RiskCard = ({ recommendation }: { readonly recommendation: RecommendationBody }) => {
  const { risk, reversibility, effort, confidence, guardrails } = recommendation;
  return (
    <Card title="Risk and work" actions={<RiskBadge risk={risk.level} />}>
      <Texts title="What would break" texts={risk.breaks} />
      <Texts title="What is done about it" texts={risk.mitigations} />
      <Texts
        title="Watched while it is changed"
        texts={guardrails.map(
          ({ metric, statistic, comparison, limit }) =>
            `${metric} ${statistic} ${comparison} ${formatQuantity(String(limit))}`,
        )}
      />
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-sm">
        <dt className="text-ink-3">Way back</dt>
        <dd>{waysBack[reversibility]}</dd>
        <dt className="text-ink-3">Work</dt>
        <dd>
          <span className="num">
            {formatQuantity(effort.hours.low)} to {formatQuantity(effort.hours.high)} h
          </span>
          : {effort.about}
        </dd>
        <dt className="text-ink-3">Confidence</dt>
        <dd>
          <span className="num">{formatRatio(confidence.value)}</span>: {confidence.reason}
        </dd>
      </dl>
    </Card>
  );
};

const Texts = ({ title, texts }: { readonly title: string; readonly texts: readonly string[] }) =>
  texts.length === 0 ? null : (
    <div className="mb-3">
      <h3 className="text-sm font-medium">{title}</h3>
      <ul className="list-disc pl-5 text-sm text-ink-2">
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </div>
  );
