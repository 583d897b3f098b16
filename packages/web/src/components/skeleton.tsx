import { classNames } from "./class-names.ts";

/** Stands where something will be, in its size. */
export const Skeleton = ({ className }: { readonly className?: string }) => (
  <div aria-hidden className={classNames("skeleton", className ?? "h-4 w-full")} />
);

/** Lines of a list or table to come. */
export const SkeletonRows = ({
  count,
  className,
}: {
  readonly count: number;
  readonly className?: string;
}) => (
  <div className={classNames("flex flex-col gap-3", className)}>
    {Array.from({ length: count }, (_unused, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: lines without content have no other key
      <div key={index} className="flex items-center gap-4">
        <Skeleton className="h-3.5 grow" />
        <Skeleton className="h-3.5 w-16" />
      </div>
    ))}
  </div>
);
