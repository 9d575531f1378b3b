import { kustomize } from './kustomize';

/** Kustomize is obtained before the tests start, because building it exceeds the timeout of a test. */
export default (): void => {
  kustomize();
};
