import { Popover as Parts } from "radix-ui";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

interface PopoverProps {
  /** A button; it gets the attributes that announce the popover. */
  readonly trigger: ReactNode;
  /** Of the popover, for screen readers. */
  readonly label: string;
  readonly children: ReactNode;
  readonly align?: "start" | "center" | "end";
  readonly className?: string;
  readonly isOpen?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
  /** False where closing opens something else, which would take the returning focus for a press outside. */
  readonly returnsFocus?: boolean;
}

export const Popover = ({
  trigger,
  label,
  children,
  align = "start",
  className,
  isOpen,
  onOpenChange,
  returnsFocus = true,
}: PopoverProps) => (
  <Parts.Root
    {...(isOpen === undefined ? {} : { open: isOpen })}
    {...(onOpenChange === undefined ? {} : { onOpenChange })}
  >
    <Parts.Trigger asChild>{trigger}</Parts.Trigger>
    <Parts.Portal>
      <Parts.Content
        aria-label={label}
        onCloseAutoFocus={(event) => !returnsFocus && event.preventDefault()}
        align={align}
        sideOffset={6}
        collisionPadding={12}
        className={classNames(
          "float-in z-50 max-h-(--radix-popover-content-available-height) overflow-y-auto rounded-lg border border-line-strong bg-raised",
          "p-3 text-sm shadow-float outline-none",
          className,
        )}
      >
        {children}
      </Parts.Content>
    </Parts.Portal>
  </Parts.Root>
);

/** Closes the popover that it is in. */
export const PopoverClose = Parts.Close;
