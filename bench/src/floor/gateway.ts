import { Agent, createServer, request } from 'node:http';
import { required } from './http';

const upstream = new URL(required('UPSTREAM'));
const agent = new Agent({ keepAlive: true });

/** A reverse proxy that does nothing but pass on. */
createServer((req, res) => {
  const { method, url: path, headers } = req;
  const { hostname, port } = upstream;
  const forwarded = request({ hostname, port, method, path, headers, agent }, (answer) => {
    res.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(res);
  });
  forwarded.on('error', () => res.destroy());
  req.pipe(forwarded);
}).listen(Number(required('PORT')), '127.0.0.1');
