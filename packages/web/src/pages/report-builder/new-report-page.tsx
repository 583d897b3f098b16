import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { ArrowLeft, FilePlus2 } from "lucide-react";
import { type Answer, call } from "../../api/client.ts";
import { modelOptions } from "../../api/model.ts";
import { useChange } from "../../api/use-change.ts";
import { buttonClass } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import type { Definition } from "../../components/report/report-types.ts";
import { Skeleton } from "../../components/skeleton.tsx";
import { templatesOptions } from "../reports/templates-options.ts";
import { DraftPage } from "./draft-page.tsx";

type Templates = Answer<"GET /api/v1/report-templates">["items"];

const EMPTY: Definition = {
  title: "New report",
  parameters: { period: { name: "last-month" }, currency: "each" },
  blocks: [],
};

/** A new report, empty or of a template. */
export const NewReportPage = () => {
  const { from } = useSearch({ from: "/signed-in/reports/new" });
  const templates = useQuery(templatesOptions);
  if (templates.isError || templates.data === undefined) {
    return (
      <>
        <PageHeader title="New report" />
        {templates.isError ? (
          <ProblemPanel error={templates.error} onRetry={() => void templates.refetch()} />
        ) : (
          <Skeleton className="h-64 w-full" />
        )}
      </>
    );
  }
  const { items } = templates.data;
  const start = from === "empty" ? EMPTY : items.find(({ id }) => id === from)?.definition;
  if (from === undefined || start === undefined) return <Beginnings templates={items} />;
  return <Making key={from} from={from} start={start} />;
};

const Beginnings = ({ templates }: { readonly templates: Templates }) => (
  <>
    <Link
      to="/reports"
      className="mb-2 inline-flex min-h-6 items-center gap-1 text-sm text-ink-2 hover:text-ink"
    >
      <ArrowLeft size={14} aria-hidden /> Reports
    </Link>
    <PageHeader title="New report" about="Start from nothing, or from a template that you change" />
    <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
      <Card title="Empty" about="no blocks yet">
        <p className="grow pb-3 text-sm text-ink-2">
          Put figures, charts, tables and text together yourself.
        </p>
        <Link to="/reports/new" search={{ from: "empty" }} className={`${buttonClass("primary")} self-start`}>
          <FilePlus2 size={15} aria-hidden /> Start empty
        </Link>
      </Card>
      {templates.map(({ id, title, description, definition }) => (
        <Card key={id} title={title} about={`${definition.blocks.length} blocks`}>
          <p className="grow pb-3 text-sm text-ink-2">{description}</p>
          <Link
            to="/reports/new"
            search={{ from: id }}
            aria-label={`Start from it: ${title}`}
            className={`${buttonClass()} self-start`}
          >
            Start from it
          </Link>
        </Card>
      ))}
    </div>
  </>
);

const Making = ({ from, start }: { readonly from: string; readonly start: Definition }) => {
  const { block } = useSearch({ from: "/signed-in/reports/new" });
  const navigate = useNavigate();
  const model = useQuery(modelOptions);
  const save = useChange({
    run: async (given: { readonly definition: Definition; readonly onSaved: () => void }) => {
      const made = await call("POST /api/v1/reports", { body: { definition: given.definition } });
      given.onSaved();
      return made;
    },
    refreshes: ["reports"],
    done: "Report saved: it is yours",
    onDone: ({ id }) => void navigate({ to: "/reports/$id", params: { id } }),
    isFormShowingProblem: true,
  });
  if (model.data === undefined) {
    return model.isError ? (
      <ProblemPanel error={model.error} onRetry={() => void model.refetch()} />
    ) : (
      <Skeleton className="h-96 w-full" />
    );
  }
  return (
    <DraftPage
      title="New report"
      report={`new.${from}`}
      saved={start}
      isNew
      model={model.data}
      chosen={block}
      onChoose={(next) =>
        void navigate({
          to: "/reports/new",
          search: { from, ...(next === undefined ? {} : { block: next }) },
          replace: true,
          resetScroll: false,
        })
      }
      save={{
        isPending: save.isPending,
        error: save.error,
        run: (definition, _version, onSaved) => save.mutate({ definition, onSaved }),
      }}
      onLeave={() => void navigate({ to: "/reports" })}
    />
  );
};
