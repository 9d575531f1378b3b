import { scryptSync } from 'node:crypto';
import request from 'supertest';
import { app } from '../../app';
import { User } from '../../models/user';
import { natsWrapper } from '../../nats-wrapper';

process.env.SCRYPT_PARALLELIZATION = '2';

const credentials = { email: 'test@test.com', password: 'password' };
const stored = async () => (await User.findOne({ email: credentials.email }))!;
const signIn = (password = credentials.password) =>
  request(app)
    .post('/api/users/signin')
    .send({ ...credentials, password });

describe('when a hash was made at another cost', () => {
  beforeEach(async () => {
    await signin();
    const salt = Buffer.alloc(16, 7);
    const old = `${salt.toString('hex')}.${scryptSync('password', salt, 64).toString('hex')}`;
    await User.updateOne({ email: credentials.email }, { $set: { password: old } });
    jest.clearAllMocks();
  });

  it('then the next sign-in makes it anew, and neither a version nor an event says so', async () => {
    await signIn().expect(200);
    const { password, version } = await stored();
    expect(password).toMatch(/^\$scrypt\$ln=14,r=8,p=2\$/);
    expect(version).toBe(0);
    expect(natsWrapper.client.publish).not.toHaveBeenCalled();
    await signIn().expect(200);
    expect((await stored()).password).toBe(password);
  });

  it('then a wrong password leaves it as it is', async () => {
    const before = (await stored()).password;
    await signIn('wrong password').expect(400);
    expect((await stored()).password).toBe(before);
  });
});
