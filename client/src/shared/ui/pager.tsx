import { NavLink } from './nav-link';

interface PagerProps {
  /** Where the first page is, on any other page. */
  first?: string;
  /** Where the next page is, unless this is the last. */
  next?: string;
}

export const Pager = ({ first, next }: PagerProps) =>
  (first || next) && (
    <nav className="d-flex flex-wrap justify-content-center gap-3 mt-5" aria-label="Pages">
      {first && (
        <NavLink className="btn btn-outline-primary" href={first}>
          Back to the first page
        </NavLink>
      )}
      {next && (
        <NavLink className="btn btn-primary" href={next} rel="next">
          Next page
        </NavLink>
      )}
    </nav>
  );
