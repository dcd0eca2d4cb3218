"""Runs the interop cases with Debian's python3-grpcio and prints one line of JSON for each.

What this client cannot do: grpcio's API does not show whether a received message was compressed, so the
server_compressed cases prove here only that it is decoded; the flag on the wire is asserted by the raw HTTP/2 tests.
Nor can it switch compression off for one message of a client stream, so client_compressed_streaming runs one
compressed stream and one plain stream.
"""
import argparse
import json
import sys
import threading
import traceback

import grpc

import stubs

ARGUMENTS = argparse.ArgumentParser()
ARGUMENTS.add_argument("--address", required=True)
ARGUMENTS.add_argument("--protos", required=True)
ARGUMENTS.add_argument("--certificate", default="", help="PEM file of the server's root; plain text without it")
OPTIONS = ARGUMENTS.parse_args()

pb, pb_grpc = stubs.load(OPTIONS.protos)

CASES = []
PAIRS = [(31415, 27182), (9, 8), (2653, 1828), (58979, 45904)]
CALL_LIMIT = 20  # seconds; a call that hangs fails its case


def case(function):
    CASES.append((function.__name__, function))
    return function


def expect(actual, wanted, what):
    if actual != wanted:
        raise AssertionError("%s: wanted %r, got %r" % (what, wanted, actual))


def expect_status(call, code, message=None):
    try:
        call()
    except grpc.RpcError as error:
        expect(error.code(), code, "status")
        if message is not None:
            expect(error.details(), message, "status message")
        return
    raise AssertionError("wanted %s, got an answer" % code)


def payload(size):
    return pb.Payload(body=b"\0" * size)


def output_request(size=None, request_size=None, interval_us=0, status=None):
    request = pb.StreamingOutputCallRequest()
    if size is not None:
        request.response_parameters.add(size=size, interval_us=interval_us)
    if request_size is not None:
        request.payload.CopyFrom(payload(request_size))
    if status is not None:
        request.response_status.CopyFrom(status)
    return request


@case
def empty_unary(stub):
    expect(stub.EmptyCall(pb.Empty(), timeout=CALL_LIMIT), pb.Empty(), "answer")


@case
def large_unary(stub):
    answer = stub.UnaryCall(pb.SimpleRequest(response_size=314159, payload=payload(271828)), timeout=CALL_LIMIT)
    expect(answer.payload.body, b"\0" * 314159, "payload")


@case
def client_streaming(stub):
    requests = (pb.StreamingInputCallRequest(payload=payload(size)) for _, size in PAIRS)
    expect(stub.StreamingInputCall(requests, timeout=CALL_LIMIT).aggregated_payload_size, 74922, "sum of sizes")


@case
def server_streaming(stub):
    request = pb.StreamingOutputCallRequest()
    for size, _ in PAIRS:
        request.response_parameters.add(size=size)
    sizes = [len(answer.payload.body) for answer in stub.StreamingOutputCall(request, timeout=CALL_LIMIT)]
    expect(sizes, [size for size, _ in PAIRS], "sizes")


@case
def ping_pong(stub):
    turn = threading.Semaphore(1)

    def requests():
        for size, request_size in PAIRS:
            turn.acquire()
            yield output_request(size, request_size)

    sizes = []
    for answer in stub.FullDuplexCall(requests(), timeout=CALL_LIMIT):
        sizes.append(len(answer.payload.body))
        turn.release()
    expect(sizes, [size for size, _ in PAIRS], "sizes")


@case
def empty_stream(stub):
    expect(list(stub.FullDuplexCall(iter(()), timeout=CALL_LIMIT)), [], "answers")


@case
def client_compressed_unary(stub):
    def call(compressed, claimed):
        request = pb.SimpleRequest(response_size=314159, payload=payload(271828))
        request.expect_compressed.value = claimed
        algorithm = grpc.Compression.Gzip if compressed else grpc.Compression.NoCompression
        return stub.UnaryCall(request, compression=algorithm, timeout=CALL_LIMIT)

    expect_status(lambda: call(False, True), grpc.StatusCode.INVALID_ARGUMENT)
    expect(len(call(True, True).payload.body), 314159, "payload after a compressed request")
    expect(len(call(False, False).payload.body), 314159, "payload after a plain request")


@case
def client_compressed_unary_deflate(stub):
    request = pb.SimpleRequest(response_size=10, payload=payload(271828))
    request.expect_compressed.value = True
    answer = stub.UnaryCall(request, compression=grpc.Compression.Deflate, timeout=CALL_LIMIT)
    expect(len(answer.payload.body), 10, "payload")


@case
def server_compressed_unary(stub):
    for wish in (True, False):
        request = pb.SimpleRequest(response_size=314159, payload=payload(271828))
        request.response_compressed.value = wish
        expect(stub.UnaryCall(request, timeout=CALL_LIMIT).payload.body, b"\0" * 314159, "payload")


@case
def client_compressed_streaming(stub):
    def call(compressed, claimed):
        requests = []
        for size in (27182, 45904):
            request = pb.StreamingInputCallRequest(payload=payload(size))
            request.expect_compressed.value = claimed
            requests.append(request)
        algorithm = grpc.Compression.Gzip if compressed else grpc.Compression.NoCompression
        return stub.StreamingInputCall(iter(requests), compression=algorithm, timeout=CALL_LIMIT)

    expect_status(lambda: call(False, True), grpc.StatusCode.INVALID_ARGUMENT)
    expect(call(True, True).aggregated_payload_size, 73086, "sum of compressed messages")
    expect(call(False, False).aggregated_payload_size, 73086, "sum of plain messages")


@case
def server_compressed_streaming(stub):
    request = pb.StreamingOutputCallRequest()
    for size, wish in ((31415, True), (92653, False)):
        request.response_parameters.add(size=size).compressed.value = wish
    sizes = [len(answer.payload.body) for answer in stub.StreamingOutputCall(request, timeout=CALL_LIMIT)]
    expect(sizes, [31415, 92653], "sizes")


@case
def custom_metadata(stub):
    sent = (("x-grpc-test-echo-initial", "test_initial_metadata_value"),
            ("x-grpc-test-echo-trailing-bin", b"\xab\xab\xab"))

    def check(call):
        expect(dict(call.initial_metadata()).get(sent[0][0]), sent[0][1], "initial metadata")
        expect(dict(call.trailing_metadata()).get(sent[1][0]), sent[1][1], "trailing metadata")

    request = pb.SimpleRequest(response_size=314159, payload=payload(271828))
    _, unary = stub.UnaryCall.with_call(request, metadata=sent, timeout=CALL_LIMIT)
    check(unary)
    duplex = stub.FullDuplexCall(iter([output_request(314159, 271828)]), metadata=sent, timeout=CALL_LIMIT)
    expect(len(list(duplex)), 1, "answers")
    check(duplex)


def both_shapes_end_with(stub, code, number, message):
    status = pb.EchoStatus(code=number, message=message)
    expect_status(lambda: stub.UnaryCall(pb.SimpleRequest(response_status=status), timeout=CALL_LIMIT), code, message)
    expect_status(
        lambda: list(stub.FullDuplexCall(iter([output_request(status=status)]), timeout=CALL_LIMIT)), code, message)


@case
def status_code_and_message(stub):
    both_shapes_end_with(stub, grpc.StatusCode.UNKNOWN, 2, "test status message")


@case
def special_status_message(stub):
    message = "\t\ntest with whitespace\r\nand Unicode BMP \u263a and non-BMP \U0001F608\t\n"
    both_shapes_end_with(stub, grpc.StatusCode.UNKNOWN, 2, message)


@case
def unimplemented_method(stub):
    expect_status(
        lambda: stub.UnimplementedCall(pb.Empty(), timeout=CALL_LIMIT), grpc.StatusCode.UNIMPLEMENTED)


@case
def unimplemented_service(stub):
    other = pb_grpc.UnimplementedServiceStub(CHANNEL)
    expect_status(
        lambda: other.UnimplementedCall(pb.Empty(), timeout=CALL_LIMIT), grpc.StatusCode.UNIMPLEMENTED)


@case
def cancel_after_begin(stub):
    call = stub.StreamingInputCall.future(waiting_requests(), timeout=CALL_LIMIT)
    call.cancel()
    expect(call.code(), grpc.StatusCode.CANCELLED, "status")


@case
def cancel_after_first_response(stub):
    call = stub.FullDuplexCall(waiting_requests(output_request(31415, 27182)), timeout=CALL_LIMIT)
    expect(len(next(call).payload.body), 31415, "first answer")
    call.cancel()
    expect_status(lambda: next(call), grpc.StatusCode.CANCELLED)


@case
def timeout_on_sleeping_server(stub):
    call = stub.FullDuplexCall(waiting_requests(output_request(request_size=27182)), timeout=0.001)
    expect_status(lambda: list(call), grpc.StatusCode.DEADLINE_EXCEEDED)


@case
def deadline_between_two_answers(stub):
    request = output_request(10)
    request.response_parameters.add(size=20, interval_us=30_000_000)
    call = stub.StreamingOutputCall(request, timeout=1)
    expect(len(next(call).payload.body), 10, "the answer before the deadline")
    expect_status(lambda: next(call), grpc.StatusCode.DEADLINE_EXCEEDED)


@case
def three_hundred_calls_at_once(stub):
    request = pb.SimpleRequest(response_size=1000, payload=payload(1000))
    calls = [stub.UnaryCall.future(request, timeout=CALL_LIMIT) for _ in range(300)]
    expect({len(call.result().payload.body) for call in calls}, {1000}, "sizes")


def waiting_requests(*requests):
    """A request stream that stays open until the test process ends."""
    yield from requests
    FINISHED.wait(CALL_LIMIT)


def run(name, function):
    try:
        function(pb_grpc.TestServiceStub(CHANNEL))
        return {"case": name, "passed": True, "output": ""}
    except Exception:  # every failure of a case is its result
        return {"case": name, "passed": False, "output": traceback.format_exc()}


FINISHED = threading.Event()
if OPTIONS.certificate:
    with open(OPTIONS.certificate, "rb") as pem:
        CHANNEL = grpc.secure_channel(
            OPTIONS.address, grpc.ssl_channel_credentials(pem.read()),
            options=[("grpc.ssl_target_name_override", "localhost")])
else:
    CHANNEL = grpc.insecure_channel(OPTIONS.address)

failed = 0
for case_name, case_function in CASES:
    result = run(case_name, case_function)
    failed += not result["passed"]
    print(json.dumps(result), flush=True)
FINISHED.set()
CHANNEL.close()
sys.exit(1 if failed else 0)
