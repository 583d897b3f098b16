import type { GanttScale } from "./gantt-scale.ts";
import type { Board, ScheduledTask } from "./programme-search.ts";

interface GanttLinksProps {
  readonly board: Board;
  readonly tasks: readonly ScheduledTask[];
  readonly scale: GanttScale;
}

/** Height of a row in units of the picture; it is stretched to the rows beside it. */
const ROW = 40;

/** From the end of each task to the begin of those that wait for it; what they say is in each bar's name. */
export const GanttLinks = ({ board, tasks, scale }: GanttLinksProps) => {
  const rows = new Map(tasks.map((task, index) => [task.key, { task, index }]));
  const { criticalPath } = board.schedule;
  const links = tasks.flatMap(({ key, start }, index) =>
    (board.programme.tasks.find(({ id }) => id === key)?.after ?? []).flatMap((other) => {
      const before = rows.get(other);
      if (before === undefined) return [];
      const isCritical = criticalPath.includes(key) && criticalPath.includes(other);
      const from = Math.min(
        scale.at(before.task.finish) + scale.width(before.task.finish, before.task.finish),
        99.8,
      );
      return [
        { id: `${other} ${key}`, isCritical, from, to: scale.at(start), fromRow: before.index, toRow: index },
      ];
    }),
  );
  return (
    <svg
      aria-hidden
      className="pointer-events-none absolute inset-0 size-full"
      viewBox={`0 0 100 ${tasks.length * ROW}`}
      preserveAspectRatio="none"
    >
      {links.map(({ id, isCritical, from, to, fromRow, toRow }) => {
        const [y1, y2] = [fromRow * ROW + ROW / 2, toRow * ROW + ROW / 2];
        const edge = toRow > fromRow ? y2 - 12 : y2 + 12;
        const x = Math.max(to, 0) + 0.4;
        return (
          <path
            key={id}
            d={`M${from} ${y1}H${Math.max(from, x)}${x < from ? `V${(y1 + edge) / 2}H${x}` : ""}V${edge}`}
            fill="none"
            stroke={isCritical ? "var(--accent)" : "var(--control)"}
            strokeWidth={1.5}
            vectorEffect="non-scaling-stroke"
          />
        );
      })}
    </svg>
  );
};
