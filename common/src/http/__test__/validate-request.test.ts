import { Router } from 'express';
import { body } from 'express-validator';
import request from 'supertest';
import { createApp } from '../create-app';
import { validateRequest } from '../validate-request';

const router = Router();
const handled = jest.fn();
router.post(
  '/',
  body('title').isString().withMessage('Title must be text').notEmpty().withMessage('Title is required'),
  body('price').isFloat({ gt: 0 }).withMessage('Price must be greater than 0'),
  validateRequest,
  (req, res) => {
    handled();
    res.status(201).send(req.body);
  },
);
const app = createApp([router]);

beforeEach(() => handled.mockClear());

describe('validateRequest', () => {
  it('when every check passes, then the route runs', async () => {
    await request(app).post('/').send({ title: 'x', price: 1 }).expect(201);
  });

  it('when checks fail, then 400 with one entry per field and the route does not run', async () => {
    await request(app)
      .post('/')
      .send({ price: -1 })
      .expect(400, {
        errors: [
          { message: 'Title must be text', field: 'title' },
          { message: 'Price must be greater than 0', field: 'price' },
        ],
      });
    expect(handled).not.toHaveBeenCalled();
  });
});
