import type { Request } from 'express';
import type { z } from 'zod';
import { InvalidInputError } from '../errors/request-validation-error';

/** A parameter of the route's path; empty where the route has none of that name. */
export const paramOf = (req: Request, name: string): string => req.params[name] ?? '';

const parse = <S extends z.ZodType>(input: unknown, schema: S): z.infer<S> => {
  const result = schema.safeParse(input ?? {});
  if (result.success) return result.data;
  throw new InvalidInputError(
    result.error.issues.map(({ path, message }) =>
      path.length > 0 ? { message, field: path.join('.') } : { message },
    ),
  );
};

/**
 * The body of a request, typed. It follows the express-validator chains, which check the business's rules
 * and convert, but take an array for each of its members: here every field has its one type.
 *
 * @throws InvalidInputError (400) when the body does not fit the schema
 */
export const bodyOf = <S extends z.ZodType>(req: Request, schema: S): z.infer<S> => parse(req.body, schema);

/** The query of a request, typed; see `bodyOf`. */
export const queryOf = <S extends z.ZodType>(req: Request, schema: S): z.infer<S> => parse(req.query, schema);
