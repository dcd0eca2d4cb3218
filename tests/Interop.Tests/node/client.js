'use strict';
// Runs the interop cases with @grpc/grpc-js and prints one line of JSON for each.
//
// What this client cannot do: it does not show whether a received message was compressed, so the server_compressed
// cases prove here only that it is decoded; the flag on the wire is asserted by the raw HTTP/2 tests. Nor can it
// switch compression off for one message of a stream (Node's streams refuse the write flag), so
// client_compressed_streaming runs one compressed stream and one plain stream.

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { parseArgs } = require('node:util');
const grpc = require('@grpc/grpc-js');
const protoLoader = require('@grpc/proto-loader');

const { values: options } = parseArgs({
  options: {
    address: { type: 'string' },
    protos: { type: 'string' },
    certificate: { type: 'string', default: '' },
  },
});

const definition = protoLoader.loadSync(path.join(options.protos, 'testing.proto'), { keepCase: true, defaults: true });
const testing = grpc.loadPackageDefinition(definition).grpc.testing;
const PAIRS = [[31415, 27182], [9, 8], [2653, 1828], [58979, 45904]];
const CALL_LIMIT_MS = 20_000;
const GZIP = 2;
const DEFLATE = 1;

const zeros = (size) => ({ body: Buffer.alloc(size) });
const limit = () => ({ deadline: Date.now() + CALL_LIMIT_MS });
const channels = [];

function client(Service, algorithm) {
  const settings = {};
  if (algorithm !== undefined) settings['grpc.default_compression_algorithm'] = algorithm;
  if (options.certificate) settings['grpc.ssl_target_name_override'] = 'localhost';
  const credentials = options.certificate
    ? grpc.credentials.createSsl(fs.readFileSync(options.certificate))
    : grpc.credentials.createInsecure();
  const made = new Service(options.address, credentials, settings);
  channels.push(made);
  return made;
}

function unary(stub, method, request, metadata = new grpc.Metadata(), callOptions = limit()) {
  const seen = {};
  return new Promise((resolve, reject) => {
    const call = stub[method](request, metadata, callOptions, (error, answer) => {
      // The status event, and with it the trailers, follows the callback.
      setImmediate(() => (error ? reject(error) : resolve({ answer, ...seen })));
    });
    call.on('metadata', (initial) => { seen.initial = initial; });
    call.on('status', (status) => { seen.trailing = status.metadata; });
  });
}

function clientStream(stub, requests, callOptions = limit()) {
  return new Promise((resolve, reject) => {
    const call = stub.StreamingInputCall(callOptions, (error, answer) => (error ? reject(error) : resolve(answer)));
    requests.forEach((request) => call.write(request));
    call.end();
  });
}

/** Collects a stream's answers; onAnswer may write, end or cancel. */
function collect(call, onAnswer = () => {}) {
  const seen = { answers: [] };
  return new Promise((resolve, reject) => {
    call.on('metadata', (initial) => { seen.initial = initial; });
    call.on('data', (answer) => { seen.answers.push(answer); onAnswer(seen.answers.length); });
    call.on('error', (error) => reject(Object.assign(error, { seen })));
    call.on('status', (status) => {
      if (status.code === grpc.status.OK) setImmediate(() => resolve({ ...seen, trailing: status.metadata }));
    });
  });
}

async function expectStatus(promise, code, message) {
  let error;
  try { await promise; } catch (thrown) { error = thrown; }
  assert.ok(error, `wanted status ${code}, got an answer`);
  assert.equal(error.code, code, error.stack);
  if (message !== undefined) assert.equal(error.details, message);
  return error;
}

const sizes = (seen) => seen.answers.map((answer) => answer.payload.body.length);

async function bothShapesEndWith(stub, message) {
  const response_status = { code: grpc.status.UNKNOWN, message };
  await expectStatus(unary(stub, 'UnaryCall', { response_status }), grpc.status.UNKNOWN, message);
  const call = stub.FullDuplexCall(limit());
  call.write({ response_status });
  call.end();
  await expectStatus(collect(call), grpc.status.UNKNOWN, message);
}

async function clientCompressedUnary(stub, algorithm) {
  const call = (on, claimed) => unary(on, 'UnaryCall', {
    response_size: 314159, payload: zeros(271828), expect_compressed: { value: claimed },
  });
  const compressing = client(testing.TestService, algorithm);
  await expectStatus(call(stub, true), grpc.status.INVALID_ARGUMENT);
  // Twice: the second call obeys the encodings the server named in its first answer.
  assert.equal((await call(compressing, true)).answer.payload.body.length, 314159);
  assert.equal((await call(compressing, true)).answer.payload.body.length, 314159);
  assert.equal((await call(stub, false)).answer.payload.body.length, 314159);
}

const cases = {
  async empty_unary(stub) {
    assert.deepEqual({ ...(await unary(stub, 'EmptyCall', {})).answer }, {});
  },
  async large_unary(stub) {
    const { answer } = await unary(stub, 'UnaryCall', { response_size: 314159, payload: zeros(271828) });
    assert.ok(answer.payload.body.equals(Buffer.alloc(314159)));
  },
  async client_streaming(stub) {
    const answer = await clientStream(stub, PAIRS.map(([, size]) => ({ payload: zeros(size) })));
    assert.equal(answer.aggregated_payload_size, 74922);
  },
  async server_streaming(stub) {
    const response_parameters = PAIRS.map(([size]) => ({ size }));
    const seen = await collect(stub.StreamingOutputCall({ response_parameters }, limit()));
    assert.deepEqual(sizes(seen), PAIRS.map(([size]) => size));
  },
  async ping_pong(stub) {
    const call = stub.FullDuplexCall(limit());
    const send = ([size, requestSize]) => call.write({ response_parameters: [{ size }], payload: zeros(requestSize) });
    const done = collect(call, (count) => (count < PAIRS.length ? send(PAIRS[count]) : call.end()));
    send(PAIRS[0]);
    assert.deepEqual(sizes(await done), PAIRS.map(([size]) => size));
  },
  async empty_stream(stub) {
    const call = stub.FullDuplexCall(limit());
    call.end();
    assert.deepEqual(sizes(await collect(call)), []);
  },
  client_compressed_unary: (stub) => clientCompressedUnary(stub, GZIP),
  client_compressed_unary_deflate: (stub) => clientCompressedUnary(stub, DEFLATE),
  async server_compressed_unary(stub) {
    for (const value of [true, false]) {
      const request = { response_size: 314159, payload: zeros(271828), response_compressed: { value } };
      assert.ok((await unary(stub, 'UnaryCall', request)).answer.payload.body.equals(Buffer.alloc(314159)));
    }
  },
  async client_compressed_streaming(stub) {
    const requests = (value) => [27182, 45904].map((size) => ({ payload: zeros(size), expect_compressed: { value } }));
    const compressing = client(testing.TestService, GZIP);
    await expectStatus(clientStream(stub, requests(true)), grpc.status.INVALID_ARGUMENT);
    assert.equal((await clientStream(compressing, requests(true))).aggregated_payload_size, 73086);
    assert.equal((await clientStream(stub, requests(false))).aggregated_payload_size, 73086);
  },
  async server_compressed_streaming(stub) {
    const response_parameters = [
      { size: 31415, compressed: { value: true } }, { size: 92653, compressed: { value: false } },
    ];
    assert.deepEqual(sizes(await collect(stub.StreamingOutputCall({ response_parameters }, limit()))), [31415, 92653]);
  },
  async custom_metadata(stub) {
    const sent = new grpc.Metadata();
    sent.set('x-grpc-test-echo-initial', 'test_initial_metadata_value');
    sent.set('x-grpc-test-echo-trailing-bin', Buffer.from('ababab', 'hex'));
    const check = (seen) => {
      assert.deepEqual(seen.initial.get('x-grpc-test-echo-initial'), ['test_initial_metadata_value']);
      assert.deepEqual(seen.trailing.get('x-grpc-test-echo-trailing-bin'), [Buffer.from('ababab', 'hex')]);
    };
    check(await unary(stub, 'UnaryCall', { response_size: 314159, payload: zeros(271828) }, sent));
    const call = stub.FullDuplexCall(sent, limit());
    call.write({ response_parameters: [{ size: 314159 }], payload: zeros(271828) });
    call.end();
    check(await collect(call));
  },
  status_code_and_message: (stub) => bothShapesEndWith(stub, 'test status message'),
  special_status_message: (stub) => bothShapesEndWith(
    stub, '\t\ntest with whitespace\r\nand Unicode BMP \u263a and non-BMP \u{1F608}\t\n'),
  unimplemented_method: (stub) => expectStatus(unary(stub, 'UnimplementedCall', {}), grpc.status.UNIMPLEMENTED),
  unimplemented_service: () => expectStatus(
    unary(client(testing.UnimplementedService), 'UnimplementedCall', {}), grpc.status.UNIMPLEMENTED),
  async cancel_after_begin(stub) {
    const ended = new Promise((resolve, reject) => {
      const call = stub.StreamingInputCall(limit(), (error, answer) => (error ? reject(error) : resolve(answer)));
      call.cancel();
    });
    await expectStatus(ended, grpc.status.CANCELLED);
  },
  async cancel_after_first_response(stub) {
    const call = stub.FullDuplexCall(limit());
    call.write({ response_parameters: [{ size: 31415 }], payload: zeros(27182) });
    const error = await expectStatus(collect(call, () => call.cancel()), grpc.status.CANCELLED);
    assert.deepEqual(sizes(error.seen), [31415]);
  },
  async timeout_on_sleeping_server(stub) {
    const call = stub.FullDuplexCall({ deadline: Date.now() + 1 });
    call.write({ payload: zeros(27182) });
    await expectStatus(collect(call), grpc.status.DEADLINE_EXCEEDED);
  },
  async deadline_between_two_answers(stub) {
    const response_parameters = [{ size: 10 }, { size: 20, interval_us: 30_000_000 }];
    const call = stub.StreamingOutputCall({ response_parameters }, { deadline: Date.now() + 1000 });
    const error = await expectStatus(collect(call), grpc.status.DEADLINE_EXCEEDED);
    assert.deepEqual(sizes(error.seen), [10]);
  },
  async three_hundred_calls_at_once(stub) {
    const request = { response_size: 1000, payload: zeros(1000) };
    const all = await Promise.all(Array.from({ length: 300 }, () => unary(stub, 'UnaryCall', request)));
    assert.deepEqual([...new Set(all.map(({ answer }) => answer.payload.body.length))], [1000]);
  },
};

async function main() {
  const stub = client(testing.TestService);
  let failed = 0;
  for (const [name, run] of Object.entries(cases)) {
    let output = '';
    try { await run(stub); } catch (error) { output = error.stack ?? String(error); }
    if (output) failed += 1;
    console.log(JSON.stringify({ case: name, passed: output === '', output }));
  }
  channels.forEach((made) => made.close());
  // Not exitCode: the deadline timers of cancelled calls would keep the process alive until they fire.
  process.exit(failed ? 1 : 0);
}

main();
