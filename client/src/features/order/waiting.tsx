/** Stands where the payment would, while its outcome is awaited. */
export const Waiting = ({ title, children }: { title: string; children: string }) => (
  <section className="d-flex align-items-center gap-4 py-4">
    <span className="spinner-border flex-shrink-0 text-primary-emphasis" aria-hidden="true" />
    <div>
      <h2 className="fs-4 mb-1">{title}</h2>
      <p className="mb-0">{children}</p>
      <noscript>
        <a href="">Check again</a>
      </noscript>
    </div>
  </section>
);
