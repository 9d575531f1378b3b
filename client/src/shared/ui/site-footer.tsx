export const SiteFooter = () => (
  <footer className="border-top py-4 small text-body-secondary">
    <div className="container d-flex flex-wrap justify-content-between column-gap-4 row-gap-1">
      <p className="m-0">Your ticket is reserved while you pay: no one else can buy it.</p>
      <p className="m-0">Tickets from fans, for fans.</p>
    </div>
  </footer>
);
