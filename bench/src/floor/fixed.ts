import { createServer } from 'node:http';

const text = Buffer.from(JSON.stringify({ currentUser: null }));
const headers = { 'Content-Type': 'application/json', 'Content-Length': text.length };

createServer((_req, res) => {
  res.writeHead(200, headers);
  res.end(text);
}).listen(Number(process.env.PORT), '127.0.0.1');
