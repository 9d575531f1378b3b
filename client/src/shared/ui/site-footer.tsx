export const SiteFooter = () => (
  <footer className="border-top py-4 small text-body-secondary">
    <div className="container d-flex flex-wrap justify-content-between column-gap-4 row-gap-1">
      <p className="m-0">
        Every ticket is held for one person at a time. Nobody buys your seat while you pay.
      </p>
      <p className="m-0">Tickets from people, for people.</p>
    </div>
  </footer>
);
