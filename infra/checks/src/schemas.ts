import * as apps from 'kubernetes-models/apps/v1';
import * as autoscaling from 'kubernetes-models/autoscaling/v2';
import * as networking from 'kubernetes-models/networking.k8s.io/v1';
import * as policy from 'kubernetes-models/policy/v1';
import * as core from 'kubernetes-models/v1';
import type { Resource } from './resources';

/** What kubernetes-models compiles from Kubernetes' OpenAPI document; the problems it throws are ajv's. */
interface Model {
  validate(): void;
}

interface SchemaProblem {
  instancePath: string;
  message?: string;
}

type ModelClass = new (data: unknown) => Model;

const apis: Record<string, object> = {
  v1: core,
  'apps/v1': apps,
  'autoscaling/v2': autoscaling,
  'networking.k8s.io/v1': networking,
  'policy/v1': policy,
};

const modelOf = ({ apiVersion, kind }: Resource): ModelClass => {
  const model = (apis[apiVersion] as Record<string, ModelClass> | undefined)?.[kind];
  if (!model) throw new Error(`No schema is known for the ${kind} of ${apiVersion}`);
  return model;
};

const problemsOf = (model: ModelClass, data: unknown): SchemaProblem[] => {
  try {
    new model(data).validate();
    return [];
  } catch (error) {
    return (error as { errors: SchemaProblem[] }).errors;
  }
};

/** Of no JSON type at all: every schema refuses it, so a field that takes it has no schema. */
const IMPOSSIBLE = Symbol('impossible');

type Node = Record<string, unknown>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

const replaced = (node: unknown, [key, ...rest]: string[]): unknown => {
  if (key === undefined) return IMPOSSIBLE;
  const copy = (Array.isArray(node) ? [...(node as unknown[])] : { ...(node as Node) }) as Node;
  copy[key] = replaced(copy[key], rest);
  return copy;
};

/**
 * Kubernetes' published schemas let unknown fields pass, the API server does not: a misspelt field is found
 * by putting an impossible value in its place, which only a known field's schema refuses.
 */
const unknownFields = (model: ModelClass, root: Resource, at: string[] = []): string[] => {
  const node = at.reduce<unknown>((value, key) => (value as Node)[key], root);
  if (!isNode(node)) return [];
  return Object.keys(node).flatMap((key) => {
    const here = [...at, key];
    const pointer = `/${here.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`;
    const isKnown = problemsOf(model, replaced(root, here)).some(
      (problem) => problem.instancePath === pointer,
    );
    return isKnown ? unknownFields(model, root, here) : [`${pointer} is no field of a ${root.kind}`];
  });
};

/** Everything that is wrong with a resource by Kubernetes' schemas, unknown fields included. */
export const schemaProblems = (resource: Resource): string[] => {
  const model = modelOf(resource);
  const invalid = problemsOf(model, resource).map(
    ({ instancePath, message }) => `${instancePath || '/'} ${message}`,
  );
  return [...invalid, ...unknownFields(model, resource)].map(
    (problem) => `${resource.kind} ${resource.metadata.name}: ${problem}`,
  );
};
