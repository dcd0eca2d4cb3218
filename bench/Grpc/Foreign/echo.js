'use strict';
// A unary echo on @grpc/grpc-js. Bytes go in and out unparsed, so it is as fast as grpc-js gets.

const grpc = require('@grpc/grpc-js');

const same = (bytes) => bytes;
const server = new grpc.Server();
server.addService({
  unary: {
    path: '/ecert.bench.EchoService/Unary',
    requestStream: false,
    responseStream: false,
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  },
}, { unary: (call, callback) => callback(null, call.request) });

server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(`ports ${port}`);
});
process.stdin.resume().on('end', () => process.exit(0));
