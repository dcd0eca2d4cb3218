// Published packages as referees: takes one JSON object on standard input and answers with another.
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';
import { StatusList, createHeaderAndPayload, getListFromStatusListJWT } from '@sd-jwt/jwt-status-list';
import { SignJWT, importJWK, jwtVerify } from 'jose';

const { sm2, sm3 } = createRequire(import.meta.url)('sm-crypto');
const bytes = (hex) => [...Buffer.from(hex, 'hex')];
const userId = '1234567812345678';

// Ours are verified, whole and spoilt; to each message belongs a signature of theirs by a key of theirs.
function signatures({ cases }) {
  return cases.map(({ message, publicKey, signature }) => {
    const pair = sm2.generateKeyPairHex();
    const options = { hash: true, userId };
    return {
      holds: sm2.doVerifySignature(bytes(message), signature, publicKey, options),
      spoiltHolds: sm2.doVerifySignature(bytes(message + '00'), signature, publicKey, options),
      digest: sm3(bytes(message)),
      publicKey: pair.publicKey,
      signature: sm2.doSignature(bytes(message), pair.privateKey, { ...options, publicKey: pair.publicKey }),
    };
  });
}

async function readStatusList({ token, publicKey, now, indices }) {
  const options = { typ: 'statuslist+jwt', algorithms: ['ES256'], currentDate: new Date(now * 1000) };
  const { payload, protectedHeader } = await jwtVerify(token, await importJWK(publicKey, 'ES256'), options);
  const list = getListFromStatusListJWT(token);
  return { payload, protectedHeader, statuses: indices.map((index) => list.getStatus(index)) };
}

async function writeStatusList({ privateKey, kid, claims, statuses }) {
  const { header, payload } = createHeaderAndPayload(
    new StatusList(statuses, 2), claims, { alg: 'ES256', typ: 'statuslist+jwt', kid });
  const key = await importJWK(privateKey, 'ES256');
  return { token: await new SignJWT(payload).setProtectedHeader(header).sign(key) };
}

const scenarios = { signatures, readStatusList, writeStatusList };
const answer = await scenarios[process.argv[2]](JSON.parse(await text(process.stdin)));
process.stdout.write(JSON.stringify(answer));
