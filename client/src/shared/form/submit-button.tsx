import type { ReactNode } from 'react';

interface SubmitButtonProps {
  busy: boolean;
  busyLabel: string;
  children: ReactNode;
  /** Without it, the button submits its form. */
  onClick?: () => void;
}

/** Stays focusable while busy, so that a keyboard or screen reader does not lose its place. */
export const SubmitButton = ({ busy, busyLabel, children, onClick }: SubmitButtonProps) => (
  <button
    type={onClick ? 'button' : 'submit'}
    className="btn btn-primary btn-lg w-100"
    aria-disabled={busy}
    onClick={(event) => {
      if (busy) return event.preventDefault();
      onClick?.();
    }}
  >
    {busy && <span className="spinner-border spinner-border-sm me-2" aria-hidden="true" />}
    {busy ? busyLabel : children}
  </button>
);
