export const SiteFooter = () => (
  <footer className="site-footer">
    <div className="container site-footer__row">
      <p>Every ticket is held for one person at a time. Nobody buys your seat while you pay.</p>
      <p>Tickets from people, for people.</p>
    </div>
  </footer>
);
