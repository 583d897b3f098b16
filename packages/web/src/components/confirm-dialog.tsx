import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";

interface ConfirmDialogProps {
  readonly title: string;
  /** What follows from it. */
  readonly children: ReactNode;
  /** The verb on the button. */
  readonly action: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Before what can't be taken back. */
export const ConfirmDialog = ({ title, children, action, onConfirm, onClose }: ConfirmDialogProps) => (
  <Dialog isOpen onClose={onClose} title={title}>
    <div className="flex flex-col gap-4 p-4">
      <div>{children}</div>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          kind="danger"
          onClick={() => {
            onClose();
            onConfirm();
          }}
        >
          {action}
        </Button>
      </div>
    </div>
  </Dialog>
);
