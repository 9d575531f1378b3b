declare module 'mongoose-update-if-current/lib/version-occ-plugin' {
  import type { Schema } from 'mongoose';

  /** Conditions every save on the version that was read, and increments it. */
  export function versionOCCPlugin(schema: Schema): void;
}
