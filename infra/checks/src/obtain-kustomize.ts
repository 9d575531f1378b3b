import { kustomize } from './kustomize';

/** Building kustomize takes minutes, once: it happens before the first test's time starts to run. */
export default (): void => {
  kustomize();
};
