import * as apps from 'kubernetes-models/apps/v1';
import * as autoscaling from 'kubernetes-models/autoscaling/v2';
import * as networking from 'kubernetes-models/networking.k8s.io/v1';
import * as policy from 'kubernetes-models/policy/v1';
import * as core from 'kubernetes-models/v1';
import type { Resource } from './resources';

/** What kubernetes-models compiles from Kubernetes' OpenAPI document. */
type Model = new (data: unknown) => { validate(): void };

interface SchemaProblem {
  instancePath: string;
  message?: string;
}

const apis: Record<string, object> = {
  v1: core,
  'apps/v1': apps,
  'autoscaling/v2': autoscaling,
  'networking.k8s.io/v1': networking,
  'policy/v1': policy,
};

const problemsOf = (model: Model, data: unknown): SchemaProblem[] => {
  try {
    new model(data).validate();
    return [];
  } catch (error) {
    return (error as { errors: SchemaProblem[] }).errors;
  }
};

/**
 * The JSON pointers of fields that Kubernetes does not know: its published schemas let them pass, its API server
 * does not. A symbol has no JSON type, so that the schema of any known field refuses it.
 */
const unknownFields = (model: Model, root: Resource, node: unknown = root, at = ''): string[] => {
  if (typeof node !== 'object' || node === null) return [];
  const fields = node as Record<string, unknown>;
  return Object.entries(fields).flatMap(([key, value]) => {
    const pointer = `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    fields[key] = Symbol('of no JSON type');
    const isKnown = problemsOf(model, root).some(({ instancePath }) => instancePath === pointer);
    fields[key] = value;
    return isKnown ? unknownFields(model, root, value, pointer) : [pointer];
  });
};

/**
 * Everything that is wrong with a resource by Kubernetes' schemas, unknown fields included.
 * @throws {Error} when the API version does not have the kind
 */
export const schemaProblems = (resource: Resource): string[] => {
  const { apiVersion, kind, metadata } = resource;
  const model = (apis[apiVersion] as Record<string, Model> | undefined)?.[kind];
  if (!model) throw new Error(`No schema is known for the ${kind} of ${apiVersion}`);
  return [
    ...problemsOf(model, resource).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`),
    ...unknownFields(model, resource).map((pointer) => `${pointer} is no field of a ${kind}`),
  ].map((problem) => `${kind} ${metadata.name}: ${problem}`);
};
