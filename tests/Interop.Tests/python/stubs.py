"""Generates the Python stubs of testing.proto into a folder that lives as long as the process, and imports them."""
import atexit
import importlib
import os
import shutil
import sys
import tempfile

from grpc_tools import protoc


def load(proto_folder):
    folder = tempfile.mkdtemp(prefix="ecert-interop-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    code = protoc.main([
        "protoc", "-I" + os.path.abspath(proto_folder),
        "--python_out=" + folder, "--grpc_python_out=" + folder, "testing.proto",
    ])
    if code != 0:
        raise RuntimeError("protoc could not generate the stubs: exit code %d" % code)
    sys.path.insert(0, folder)
    return importlib.import_module("testing_pb2"), importlib.import_module("testing_pb2_grpc")
