import { Router } from 'express';

const router = Router();

router.post('/api/users/signout', (req, res) => {
  req.session = null;
  // The cookie that clears has nothing to protect; SameSite would only keep some callers from clearing it.
  req.sessionOptions.sameSite = undefined;
  res.send({});
});

export { router as signoutRouter };
