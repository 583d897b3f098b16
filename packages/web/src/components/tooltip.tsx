import { Tooltip as Parts } from "radix-ui";
import type { ReactNode } from "react";

export const TooltipProvider = ({ children }: { readonly children: ReactNode }) => (
  <Parts.Provider delayDuration={350}>{children}</Parts.Provider>
);

interface TooltipProps {
  readonly text: ReactNode;
  /** Something that can be focused. */
  readonly children: ReactNode;
  readonly side?: "top" | "right" | "bottom" | "left";
}

export const Tooltip = ({ text, children, side = "top" }: TooltipProps) => (
  <Parts.Root>
    <Parts.Trigger asChild>{children}</Parts.Trigger>
    <Parts.Portal>
      <Parts.Content
        side={side}
        sideOffset={6}
        collisionPadding={8}
        className="float-in z-50 max-w-72 rounded-md border border-line-strong bg-raised px-2 py-1 text-xs text-ink shadow-float"
      >
        {text}
      </Parts.Content>
    </Parts.Portal>
  </Parts.Root>
);
