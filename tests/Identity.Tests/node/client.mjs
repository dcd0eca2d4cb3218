// The whole way of a payment app, by a certified FAPI 2.0 client. Reads one line of JSON with what it is told, prints
// the address for the browser, reads the address the browser came back to, and prints what it got.
import * as client from 'openid-client';
import * as jose from 'jose';
import { createInterface } from 'node:readline/promises';

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const told = JSON.parse((await lines.next()).value);

const p256 = { name: 'ECDSA', namedCurve: 'P-256' };
const key = await crypto.subtle.importKey('jwk', told.privateJwk, p256, false, ['sign']);
const config = await client.discovery(new URL(told.issuer), told.clientId, undefined, client.PrivateKeyJwt(key));
const dpop = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'));

const statement = await new jose.SignJWT({
  name: told.name, document_kind: 'resident_id', document_number: told.number, assurance_level: 2,
})
  .setProtectedHeader({ alg: 'ES256', typ: 'user-statement+jwt' })
  .setIssuer(told.clientId).setAudience(config.serverMetadata().issuer).setSubject('2088-foreign')
  .setIssuedAt().setExpirationTime('2m').setJti(client.randomState())
  .sign(key);

const verifier = client.randomPKCECodeVerifier();
const state = client.randomState();
const nonce = client.randomNonce();
const address = await client.buildAuthorizationUrlWithPAR(config, {
  redirect_uri: told.redirectUri,
  scope: 'openid certificate',
  code_challenge: await client.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
  state, nonce,
  user_statement: statement,
}, { DPoP: dpop });
console.log(address.href);

const back = new URL((await lines.next()).value);
const tokens = await client.authorizationCodeGrant(config, back, {
  pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true,
}, undefined, { DPoP: dpop });

const keys = jose.createRemoteJWKSet(new URL(config.serverMetadata().jwks_uri));
const access = await jose.jwtVerify(tokens.access_token, keys, {
  issuer: config.serverMetadata().issuer, audience: told.audience, typ: 'at+jwt', algorithms: ['ES256'],
});

const holder = await jose.generateKeyPair('ES256');
const { c_nonce } = await (await fetch(new URL('/nonce', told.issuer), { method: 'POST' })).json();
const proof = await new jose.SignJWT({ nonce: c_nonce })
  .setProtectedHeader({ alg: 'ES256', typ: 'openid4vci-proof+jwt', jwk: await jose.exportJWK(holder.publicKey) })
  .setIssuer(told.clientId).setAudience(told.issuer).setIssuedAt()
  .sign(holder.privateKey);
const credential = await client.fetchProtectedResource(
  config, tokens.access_token, new URL('/credential', told.issuer), 'POST',
  JSON.stringify({ credential_configuration_id: 'health-insurance-ecert', proofs: { jwt: [proof] } }),
  new Headers({ 'content-type': 'application/json' }), { DPoP: dpop });

const renewed = await client.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP: dpop });
const active = await client.tokenIntrospection(config, renewed.access_token);
await client.tokenRevocation(config, renewed.refresh_token);
const gone = await client.tokenIntrospection(config, renewed.access_token);

console.log(JSON.stringify({
  tokenType: tokens.token_type,
  subject: tokens.claims().sub,
  accessSubject: access.payload.sub,
  credential: (await credential.json()).credentials[0].credential,
  rotated: renewed.refresh_token !== tokens.refresh_token,
  activeBefore: active.active,
  activeAfter: gone.active,
}));
process.exit(0);
