interface LogoProps {
  readonly size?: number;
  /** The company's own picture as a data URL. */
  readonly source?: string | null;
}

/** A trim tab: the small surface that turns the large one. */
export const Logo = ({ size = 26, source = null }: LogoProps) =>
  source !== null ? (
    <img src={source} alt="" width={size} height={size} className="shrink-0 rounded-md object-contain" />
  ) : (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden className="shrink-0">
      <rect width="32" height="32" rx="8" fill="#0b6b7c" />
      <path
        d="M7 21.5C12 21.5 14 10 25 9.5"
        fill="none"
        stroke="#fff"
        strokeWidth="3"
        strokeLinecap="round"
      />
      <path d="M16.5 22.5h8.5" stroke="#8fe0ea" strokeWidth="3" strokeLinecap="round" />
    </svg>
  );
