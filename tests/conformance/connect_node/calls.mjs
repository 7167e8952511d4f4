// Calls a Banyan service as any program in JavaScript would, and prints what came of each call.
// Usage: node calls.mjs URL DESCRIPTORS SERVICE

import { readFileSync } from "node:fs";
import { createFileRegistry, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";

const [baseUrl, descriptors, service] = process.argv.slice(2);
const registry = createFileRegistry(
  fromBinary(FileDescriptorSetSchema, readFileSync(descriptors)),
);
const transport = createConnectTransport({ baseUrl, httpVersion: "1.1", useBinaryFormat: false });
const stock = createClient(registry.getService(service), transport);

async function outcome(call) {
  const started = performance.now();
  try {
    const { result } = await call();
    return { result };
  } catch (thrown) {
    const error = ConnectError.from(thrown);
    return {
      code: Code[error.code],
      message: error.rawMessage,
      details: error.details.map(({ type, debug }) => ({ type, debug })),
      milliseconds: performance.now() - started,
    };
  }
}

const outcomes = {
  put: await outcome(() => stock.put({ sku: "tea", quantity: 3n })),
  level: await outcome(() => stock.level({ sku: "tea" })),
  large: await outcome(() => stock.put({ sku: "sand", quantity: 2n ** 40n })),
  levels: await outcome(() => stock.levels({ skus: ["sand", "tea"] })),
  empty: await outcome(() => stock.levels({})),
  nothing: await outcome(() => stock.fail({ how: "not" })),
  declared: await outcome(() => stock.take({ sku: "tea", quantity: 5n })),
  missing: await outcome(() => stock.take({ sku: "tea" })),
  bug: await outcome(() => stock.fail({ how: "bug" })),
  joins: await outcome(() => stock.note({ text: "x" })),
  deadline: await outcome(() => stock.fail({ how: "slow" }, { timeoutMs: 100 })),
  // Not this client's own clock: the service is told that nobody waits any more.
  told: await outcome(() =>
    stock.fail({ how: "not" }, { headers: { "Connect-Timeout-Ms": "0" } }),
  ),
};
const printable = (_, value) => (typeof value === "bigint" ? `${value}n` : value);
console.log(JSON.stringify(outcomes, printable));
