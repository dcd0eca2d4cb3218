"""A unary echo on python3-grpcio. Bytes go in and out unparsed, so it is as fast as grpcio gets."""
import sys
from concurrent import futures

import grpc


def same(request, context):
    return request


SERVER = grpc.server(futures.ThreadPoolExecutor(max_workers=8))
SERVER.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(
    "ecert.bench.EchoService", {"Unary": grpc.unary_unary_rpc_method_handler(same)}),))
PORT = SERVER.add_insecure_port("127.0.0.1:0")
SERVER.start()
print("ports %d" % PORT, flush=True)
sys.stdin.read()
SERVER.stop(0).wait()
