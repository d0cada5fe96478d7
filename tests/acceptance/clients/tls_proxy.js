// Stands in front of a daemon with TLS, as nginx or Caddy would: every request goes on as it is.
//   node tls_proxy.js <key file> <certificate file> <port of the daemon>
// Says "listening <port>", and ends with its standard input.
'use strict';
const fs = require('fs');
const http = require('http');
const https = require('https');
const [key, certificate, port] = process.argv.slice(2);

const proxy = https.createServer({ key: fs.readFileSync(key), cert: fs.readFileSync(certificate) }, (request, response) => {
  const { method, url, headers } = request;
  const onward = http.request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.writeHead(502).end());
  request.pipe(onward);
});
proxy.listen(0, '127.0.0.1', () => console.log(`listening ${proxy.address().port}`));
process.stdin.on('end', () => process.exit(0)).resume();
