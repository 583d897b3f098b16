import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { Card } from "../../components/card.tsx";
import { Comments } from "../../components/comments.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { RiskBadge, StatusBadge } from "../../components/recommendation-badges.tsx";
import { SettingsDiff } from "../../components/settings-diff.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { formatDay, formatMoment } from "../../format/dates.ts";
import { DecisionBar } from "./decision-bar.tsx";
import { EvidenceCard } from "./evidence-card.tsx";
import { PlansCard } from "./plans-card.tsx";
import { type RecommendationDetail, recommendationOptions } from "./recommendation-options.ts";
import { RelatedCard } from "./related-card.tsx";
import { RiskCard } from "./risk-card.tsx";
import { SavingLines } from "./saving-lines.tsx";
import { WhatIfCard } from "./what-if-card.tsx";

/** One recommendation: enough to decide by. */
export const RecommendationPage = () => {
  const { id } = useParams({ from: "/signed-in/recommendations/$id" });
  const { data, error, refetch } = useQuery(recommendationOptions(id));
  return (
    <>
      <Link
        to="/recommendations"
        className="mb-2 inline-flex min-h-6 items-center gap-1 text-sm text-ink-2 hover:text-ink"
      >
        <ArrowLeft size={14} aria-hidden /> Recommendations
      </Link>
      {data !== undefined ? (
        // what is typed or tried for one is not for another
        <Detail key={id} detail={data} />
      ) : (
        <>
          <PageHeader title="Recommendation" />
          {error === null ? (
            <SkeletonRows count={10} />
          ) : (
            <ProblemPanel error={error} onRetry={() => void refetch()} />
          )}
        </>
      )}
    </>
  );
};

const Detail = ({ detail }: { readonly detail: RecommendationDetail }) => {
  const { line, recommendation, settings } = detail;
  const { resource } = line;
  return (
    <>
      <PageHeader
        title={line.title}
        about={
          <>
            <StatusBadge line={line} />
            <RiskBadge risk={line.risk} />
            <span>
              {resource.name} · {resource.account} · {resource.region} · advisor {line.advisor} · first seen{" "}
              {formatDay(line.firstSeenAt.slice(0, 10))}
              {line.withdrawnAt !== null &&
                ` · no longer found since ${formatDay(line.withdrawnAt.slice(0, 10))}`}
            </span>
          </>
        }
      />
      <DecisionBar line={line} />
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-12">
        <div className="flex min-w-0 flex-col gap-4 lg:col-span-8">
          <Changes recommendation={recommendation} />
          <SavingLines recommendation={recommendation} />
          <EvidenceCard evidence={recommendation.evidence} />
          <WhatIfCard id={line.id} recommendation={recommendation} settings={settings} />
        </div>
        <div className="flex min-w-0 flex-col gap-4 lg:col-span-4">
          <RiskCard recommendation={recommendation} />
          <PlansCard line={line} />
          <RelatedCard line={line} />
          <Card title="Conversation" about="@ mentions somebody">
            <Comments subject={`recommendation ${line.id}`} />
          </Card>
          <History detail={detail} />
        </div>
      </div>
    </>
  );
};

const Changes = ({ recommendation }: Pick<RecommendationDetail, "recommendation">) => (
  <Card title="What changes" about={`On ${recommendation.resource.id}`} className="break-words">
    {recommendation.changes.length === 0 ? (
      <p className="text-ink-2">Nothing is set by a program: it is done by hand.</p>
    ) : (
      <SettingsDiff changes={recommendation.changes} />
    )}
    {recommendation.prerequisites.length > 0 && (
      <>
        <h3 className="mt-4 mb-1 text-sm font-medium">First</h3>
        <ul className="list-disc pl-5 text-ink-2">
          {recommendation.prerequisites.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </>
    )}
    {recommendation.notes.map((note) => (
      <p key={note} className="mt-2 text-sm text-ink-3">
        {note}
      </p>
    ))}
  </Card>
);

const History = ({ detail: { decisions } }: { readonly detail: RecommendationDetail }) => (
  <Card title="Decisions">
    {decisions.length === 0 ? (
      <p className="text-ink-3">Nobody has decided yet: accept, snooze or dismiss it above.</p>
    ) : (
      <ol className="flex flex-col gap-2">
        {decisions.map(({ at, actor, fromStatus, toStatus, reason }) => (
          <li key={`${at} ${toStatus}`}>
            {fromStatus} → <span className="font-medium">{toStatus}</span>
            {reason !== null && `: ${reason}`}
            <span className="block text-xs text-ink-3">
              {actor}, {formatMoment(at)}
            </span>
          </li>
        ))}
      </ol>
    )}
  </Card>
);
