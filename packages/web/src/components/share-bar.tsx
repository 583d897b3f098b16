/** How much of the whole, as a bar behind or below the number that says it. */
export const ShareBar = ({ share, color }: { readonly share: number; readonly color?: string }) => (
  <span aria-hidden className="block h-1.5 w-full overflow-hidden rounded-full bg-sunken">
    <span
      className="block h-full rounded-full"
      style={{ width: `${Math.max(0, Math.min(1, share)) * 100}%`, background: color ?? "var(--accent)" }}
    />
  </span>
);
