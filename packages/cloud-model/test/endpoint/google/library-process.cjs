// Calls Google's client libraries, in a process of their own: inside jest they take 13 seconds to load, and they import what
// jest cannot. Reads calls and writes results, one JSON object a line.

const { createInterface } = require("node:readline");
const { OAuth2Client } = require("google-auth-library");

const authClient = new OAuth2Client();
authClient.setCredentials({ access_token: "sandbox" });
const clients = new Map();

/** A client over REST and plain HTTP, as anyone would make it. */
function clientOf(url, library, name) {
  const key = [url, library, name].join();
  const port = Number(new URL(url).port);
  if (!clients.has(key)) {
    const { [name]: Client } = require(`@google-cloud/${library}`);
    clients.set(
      key,
      new Client({ apiEndpoint: "127.0.0.1", port, protocol: "http", fallback: true, authClient }),
    );
  }
  return clients.get(key);
}

async function answer({ url, library, name, method, request }) {
  const client = clientOf(url, library, name);
  if (!method.endsWith("Async")) return (await client[method](request))[0];
  const items = [];
  for await (const item of client[method](request)) items.push(item);
  return items;
}

async function main() {
  for (const library of ["compute", "container"]) require(`@google-cloud/${library}`);
  process.stdout.write("ready\n");
  for await (const line of createInterface({ input: process.stdin })) {
    const result = await answer(JSON.parse(line)).then(
      (value) => ({ value }),
      ({ code, message }) => ({ refused: { code, message } }),
    );
    process.stdout.write(`${JSON.stringify(result)}\n`);
  }
}

void main();
