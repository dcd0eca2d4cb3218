"""The interop TestService on Debian's python3-grpcio, for our own client to call.

Prints one line, "ports <plain> <tls>", when it answers, and ends when its standard input is closed. What this server
cannot do: grpcio does not show a handler whether a request was compressed, so expect_compressed is ignored here and the
test looks at our client's request headers instead.
"""
import argparse
import sys
import time
from concurrent import futures

import grpc

import stubs

ARGUMENTS = argparse.ArgumentParser()
ARGUMENTS.add_argument("--protos", required=True)
ARGUMENTS.add_argument("--certificate", required=True, help="PEM file with the certificate")
ARGUMENTS.add_argument("--key", required=True, help="PEM file with its private key")
OPTIONS = ARGUMENTS.parse_args()

pb, pb_grpc = stubs.load(OPTIONS.protos)


def echo_metadata(context):
    received = dict(context.invocation_metadata())
    initial = received.get("x-grpc-test-echo-initial")
    trailing = received.get("x-grpc-test-echo-trailing-bin")
    if initial is not None:
        context.send_initial_metadata((("x-grpc-test-echo-initial", initial),))
    if trailing is not None:
        context.set_trailing_metadata((("x-grpc-test-echo-trailing-bin", trailing),))


def abort_if_wanted(request, context):
    if request.response_status.code == 0:
        return
    # Set and raised, not abort(): abort would drop the trailing metadata set before.
    context.set_code([code for code in grpc.StatusCode if code.value[0] == request.response_status.code][0])
    context.set_details(request.response_status.message)
    raise ValueError("the status the test asked for")


def zeros(size):
    return pb.Payload(body=b"\0" * size)


class TestService(pb_grpc.TestServiceServicer):
    def EmptyCall(self, request, context):
        return pb.Empty()

    def UnaryCall(self, request, context):
        if request.response_compressed.value:
            context.set_compression(grpc.Compression.Gzip)
        echo_metadata(context)
        abort_if_wanted(request, context)
        return pb.SimpleResponse(payload=zeros(request.response_size))

    def StreamingOutputCall(self, request, context):
        if any(wanted.compressed.value for wanted in request.response_parameters):
            context.set_compression(grpc.Compression.Gzip)
        echo_metadata(context)
        yield from self.answers(request, context)

    def StreamingInputCall(self, requests, context):
        return pb.StreamingInputCallResponse(
            aggregated_payload_size=sum(len(request.payload.body) for request in requests))

    def FullDuplexCall(self, requests, context):
        echo_metadata(context)
        for request in requests:
            yield from self.answers(request, context)

    def answers(self, request, context):
        abort_if_wanted(request, context)
        for wanted in request.response_parameters:
            if wanted.interval_us > 0:
                time.sleep(min(wanted.interval_us / 1e6, 3))
            if not wanted.compressed.value:
                context.disable_next_message_compression()
            yield pb.StreamingOutputCallResponse(payload=zeros(wanted.size))


def read(path):
    with open(path, "rb") as file:
        return file.read()


SERVER = grpc.server(futures.ThreadPoolExecutor(max_workers=16))
pb_grpc.add_TestServiceServicer_to_server(TestService(), SERVER)
PLAIN = SERVER.add_insecure_port("127.0.0.1:0")
TLS = SERVER.add_secure_port(
    "127.0.0.1:0", grpc.ssl_server_credentials([(read(OPTIONS.key), read(OPTIONS.certificate))]))
SERVER.start()
print("ports %d %d" % (PLAIN, TLS), flush=True)
sys.stdin.read()
SERVER.stop(0).wait()
