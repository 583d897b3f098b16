import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { call } from "../../api/client.ts";
import { useChange } from "../../api/use-change.ts";
import { useMay } from "../../api/use-me.ts";
import { Button, buttonClass } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { templatesOptions } from "./templates-options.ts";

/** Reports to start from: each is made one's own by a click. */
export const TemplatesTab = () => {
  const navigate = useNavigate();
  const maySave = useMay("save");
  const templates = useQuery(templatesOptions);
  const make = useChange({
    run: (template: string) => call("POST /api/v1/reports", { body: { template } }),
    refreshes: ["reports"],
    done: "Report made: it is yours",
    onDone: ({ id }) => void navigate({ to: "/reports/$id", params: { id } }),
  });
  if (templates.isError)
    return <ProblemPanel error={templates.error} onRetry={() => void templates.refetch()} />;
  if (templates.data === undefined) return <Skeleton className="h-64 w-full" />;
  return (
    <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
      {templates.data.items.map(({ id, title, description, definition }) => (
        <Card key={id} title={title} about={`${definition.blocks.length} blocks`}>
          <p className="grow pb-3 text-sm text-ink-2">{description}</p>
          {maySave && (
            <div className="flex flex-wrap gap-2">
              <Button
                aria-label={`Use this: ${title}`}
                disabled={make.isPending}
                onClick={() => make.mutate(id)}
              >
                Use this
              </Button>
              <Link
                to="/reports/new"
                search={{ from: id }}
                aria-label={`Change it first: ${title}`}
                className={buttonClass("quiet")}
              >
                Change it first
              </Link>
            </div>
          )}
        </Card>
      ))}
    </div>
  );
};
