/** A torn ticket with a seat taken. */
export const Logo = () => (
  <svg className="logo" viewBox="0 0 40 28" aria-hidden="true" focusable="false">
    <path
      className="logo__stub"
      d="M3 0h34a3 3 0 0 1 3 3v6.5a4.5 4.5 0 0 0 0 9V25a3 3 0 0 1-3 3H3a3 3 0 0 1-3-3v-6.5a4.5 4.5 0 0 0 0-9V3a3 3 0 0 1 3-3Z"
    />
    <path className="logo__line" d="M27 4v20" strokeDasharray="3 3.4" />
    <path className="logo__tick" d="m9 14 4 4 8-9" />
  </svg>
);
