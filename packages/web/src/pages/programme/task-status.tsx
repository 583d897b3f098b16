import { Ban, Circle, CircleCheck, CircleSlash, LoaderCircle, type LucideIcon } from "lucide-react";
import { Badge, type BadgeTone } from "../../components/badge.tsx";
import type { TaskStatus } from "./programme-search.ts";

const looks = {
  todo: { title: "To do", tone: "plain", icon: Circle },
  "in-progress": { title: "In progress", tone: "accent", icon: LoaderCircle },
  blocked: { title: "Blocked", tone: "bad", icon: Ban },
  done: { title: "Done", tone: "good", icon: CircleCheck },
  cancelled: { title: "Cancelled", tone: "plain", icon: CircleSlash },
} as const satisfies Readonly<Record<TaskStatus, { title: string; tone: BadgeTone; icon: LucideIcon }>>;

export const taskStatusTitle = (status: TaskStatus): string => looks[status].title;

export const TaskStatusBadge = ({ status }: { readonly status: TaskStatus }) => {
  const { title, tone, icon: Icon } = looks[status];
  return (
    <Badge tone={tone} icon={<Icon size={12} aria-hidden />}>
      {title}
    </Badge>
  );
};
