// Runs one scenario of a published client against the Sandbox: settings as JSON on stdin, findings as JSON on stdout.
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { AlipaySdk } from 'alipay-sdk';
import axiosPlugin from 'wechatpay-axios-plugin';

const { Wechatpay, Rsa, Aes, Formatter } = axiosPlugin;
const settings = JSON.parse(await new Response(process.stdin).text());
const refused = (promise) => promise.then(() => 'accepted', (error) => `${error.code ?? ''} ${error.message ?? error}`);

function wechat(certs = { [settings.platformSerial]: settings.platformCertificate, [settings.publicKeyId]: settings.platformPublicKey }) {
  return new Wechatpay({
    baseURL: settings.url + '/wechatpay/', mchid: settings.merchantId, serial: settings.merchantSerial,
    privateKey: settings.merchantPrivateKey, certs,
  });
}

function order(number) {
  return {
    appid: settings.appId, mchid: settings.merchantId, description: '地铁 "é" \\ 乘车费', out_trade_no: number,
    notify_url: settings.notifyUrl, amount: { total: 1250, currency: 'CNY' }, payer: { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
  };
}

function alipay(more = {}) {
  return new AlipaySdk({
    appId: settings.alipayAppId, privateKey: settings.alipayPrivateKey, keyType: 'PKCS8', signType: 'RSA2',
    gateway: settings.url + '/alipay/gateway.do', appCertContent: settings.alipayAppCertificate,
    alipayPublicCertContent: settings.alipayCertificate, alipayRootCertContent: settings.alipayRootCertificate, ...more,
  });
}

const scenarios = {
  async wechatOrder() {
    const client = wechat();
    const placed = await client.v3.pay.transactions.jsapi.post(order('AbC_De-1|2*3'));
    const byNumber = client.v3.pay.transactions.outTradeNo['{out_trade_no}'];
    const queried = await byNumber.get({ params: { mchid: settings.merchantId }, out_trade_no: 'AbC_De-1|2*3' });
    const named = await client.v3.pay.transactions.jsapi.post(
      order('AbC_De-1|2*3'), { headers: { 'Wechatpay-Serial': settings.publicKeyId } });
    const closed = await byNumber.close.post({ mchid: settings.merchantId }, { out_trade_no: 'AbC_De-1|2*3' });
    const certificates = await client.v3.certificates.get();
    return {
      prepayId: placed.data.prepay_id, state: queried.data.trade_state, again: named.data.prepay_id,
      namedSerial: named.headers['wechatpay-serial'], closed: closed.status, certificates: certificates.data.data.length,
    };
  },
  async wechatNegative() {
    const place = (client) => refused(client.v3.pay.transactions.jsapi.post(order('ORDER0001')));
    return {
      spoilt: await place(wechat()),
      unknownSerial: await place(wechat({ ['F'.repeat(40)]: settings.platformCertificate })),
      otherKey: await place(wechat({ [settings.platformSerial]: settings.merchantCertificate })),
      genuine: await place(wechat()),
    };
  },
  async wechatBill() {
    const client = wechat();
    const read = async (more) => {
      const told = await client.v3.bill.tradebill.get({ params: { bill_date: settings.billDate, ...more } });
      const url = new URL(told.data.download_url);
      const file = await client.v3.billdownload.file.get({ params: { token: url.searchParams.get('token') }, responseType: 'arraybuffer' });
      const bytes = more.tar_type ? gunzipSync(file.data) : Buffer.from(file.data);
      return { matches: createHash('sha1').update(bytes).digest('hex') === told.data.hash_value, ...Formatter.castCsvBill(bytes) };
    };
    return { plain: await read({}), zipped: await read({ tar_type: 'GZIP' }) };
  },
  wechatCallback() {
    const { headers, body } = settings.callback;
    const text = `${headers['Wechatpay-Timestamp']}\n${headers['Wechatpay-Nonce']}\n${body}\n`;
    const { resource } = JSON.parse(body);
    return {
      verified: Rsa.verify(text, headers['Wechatpay-Signature'], settings.platformCertificate),
      plain: JSON.parse(Aes.AesGcm.decrypt(resource.ciphertext, settings.apiV3Key, resource.nonce, resource.associated_data)),
    };
  },
  async alipayTrade() {
    const sdk = alipay();
    const exec = (method, bizContent) => sdk.exec(method, { bizContent }, { validateSign: true });
    const trade = { out_trade_no: 'AbC_De-1', total_amount: '12.50', subject: '地铁 {"a/b"} é 乘车费' };
    const created = await exec('alipay.trade.create', { ...trade, buyer_id: '2088102177846880' });
    const again = await exec('alipay.trade.create', { ...trade, buyer_id: '2088102177846880' });
    const queried = await exec('alipay.trade.query', { out_trade_no: 'AbC_De-1' });
    const code = await exec('alipay.trade.precreate', { ...trade, out_trade_no: 'AbC_De-2' });
    const missing = await exec('alipay.trade.query', { out_trade_no: 'NOBODY' });
    return {
      appCertSn: sdk.config.appCertSn, same: created.tradeNo === again.tradeNo, status: queried.tradeStatus,
      amount: queried.totalAmount, qrCode: code.qrCode, missing: missing.subCode,
    };
  },
  async alipayNegative() {
    const exec = (sdk) => refused(
      sdk.exec('alipay.trade.query', { bizContent: { out_trade_no: 'NOBODY' } }, { validateSign: true }));
    const stranger = await alipay({ privateKey: settings.merchantPrivateKey })
      .exec('alipay.trade.query', { bizContent: { out_trade_no: 'NOBODY' } }, { validateSign: true });
    return { stranger: stranger.subCode, spoilt: await exec(alipay()), genuine: await exec(alipay()) };
  },
  alipayNotice() {
    const fields = Object.fromEntries(new URLSearchParams(settings.notice));
    return { verified: alipay().checkNotifySignV2(fields), changed: alipay().checkNotifySignV2({ ...fields, total_amount: '0.01' }) };
  },
};

console.log(JSON.stringify(await scenarios[process.argv[2]]()));
