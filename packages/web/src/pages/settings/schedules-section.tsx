import { useQuery } from "@tanstack/react-query";
import { CalendarClock, Plus } from "lucide-react";
import { useState } from "react";
import { call } from "../../api/client.ts";
import { useMay } from "../../api/use-me.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { ScheduleDialog } from "./schedule-dialog.tsx";
import { ScheduleList } from "./schedule-list.tsx";
import type { Schedule } from "./schedule-types.ts";

/** What runs at set times. */
export const SchedulesSection = () => {
  const [edited, setEdited] = useState<"new" | Schedule>();
  const mayChange = useMay("ingest");
  const schedules = useQuery({
    queryKey: ["schedules"],
    queryFn: ({ signal }) => call("GET /api/v1/schedules", { signal }),
    refetchInterval: 15_000,
  });
  const add = mayChange && (
    <Button kind="primary" onClick={() => setEdited("new")}>
      <Plus size={15} aria-hidden /> New schedule
    </Button>
  );
  const items = schedules.data?.items;
  return (
    <Card
      title="Schedules"
      about="Work that is done at set times, and who gets what it makes"
      actions={items !== undefined && items.length > 0 && add}
    >
      {schedules.isError ? (
        <ProblemPanel error={schedules.error} onRetry={() => void schedules.refetch()} />
      ) : items === undefined ? (
        <SkeletonRows count={3} />
      ) : items.length === 0 ? (
        <EmptyState icon={<CalendarClock size={20} aria-hidden />} title="Nothing is scheduled" actions={add}>
          {mayChange
            ? "Load new bills every morning, or look for savings every week."
            : "Ask an operator to schedule what you need."}
        </EmptyState>
      ) : (
        <ScheduleList schedules={items} mayChange={mayChange} onEdit={setEdited} />
      )}
      {edited !== undefined && (
        <ScheduleDialog
          {...(edited === "new" ? {} : { schedule: edited })}
          onClose={() => setEdited(undefined)}
        />
      )}
    </Card>
  );
};
