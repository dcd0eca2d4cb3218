using System.Security.Cryptography;
using System.Text;
using Ecert.Adapters.Channels;
using Ecert.Adapters.Channels.WeChatPay;

namespace Ecert.Adapters.Tests.Channels.WeChatPay;

/// <summary>Byte-exact sign strings against reference vectors made and verified outside this code.</summary>
public sealed class WeChatPayVectorTests
{
    private const string Nonce = "593BEC0C930BF1AFEB40B4A08C8FB242";
    private const long Timestamp = 1554208460;

    [Fact]
    public void Request_text_of_a_post_is_the_reference_text()
    {
        var body =
            """{"appid":"wxd678efh567hg6787","mchid":"1230000109","description":"地铁乘车费","out_tr"""
            + """ade_no":"1217752501201407033233368018","notify_url":"https://www.example.com/not"""
            + """ify","amount":{"total":1,"currency":"CNY"},"payer":{"openid":"oUpF8uMuAJO_M2pxb1"""
            + """Q9zNjWeS6o"}}""";
        Check(
            WeChatPaySigner.RequestText(
                HttpMethod.Post, "/v3/pay/transactions/jsapi", Timestamp, Nonce, Encoding.UTF8.GetBytes(body)),
            "31ac45cff7f94601fd02d75885e6fc8a71f6e4cb5e23039e7044824c19bf4af4",
            PublishedKeys.Merchant,
            "L3Bpr1ptsNYvChtTO1fbAhEWAQa5HcEMvfjoapDcW93kDSaODVTskwTPW6KqZ/sc1KV61GrDRkmQZQ24aw7DXF"
                + "327s5xRx8pku2yAMP6ptoDIuqAGzklH/SwVvMbYiDcbzXhMeDhgIfIYuF+C9LKtFSlWNNJejOl8mGmi1/sNIxU"
                + "1x+y6BJ5ughfPkMqFPEqVCb1envHzGooSplHxkZOXHyNE67NHhNFzAlf3LcrMQD2DNKYA3juQ5jaBtIkVu4Oa1"
                + "oLMyJyL1GehKJHVnWagxaUoiJXSQpmQNRyS7F9lS+9HnhRNeUZZBJZNqOBqCRm7BKbL3vHe0IjICOjU3qq2w==");
    }

    [Fact]
    public void Request_text_of_a_get_ends_in_an_empty_line() => Check(
        WeChatPaySigner.RequestText(
            HttpMethod.Get,
            "/v3/pay/transactions/out-trade-no/1217752501201407033233368018?mchid=1230000109",
            Timestamp,
            Nonce,
            []),
        "911a30bdd5372710c72b5848b973a6f50836c145fd0f51b6a0f1e2292b749e78",
        PublishedKeys.Merchant,
        "apg9gRwqooWEl1csaYhCJN2kVxNuwoksqPvtDGieGC7UAXlK1OvYtOW9gczM+PH2svZ9LUbtrJcYqdecF2Ofpi"
            + "yhw20qbabr3ZU+MDPVy7FIs7+FA9nxmRKZ+tUB7OdHazd5P6Wra8X8M3mYLeA7bHRwN6/uXIANSRcojcUkQ0f6"
            + "4eFe98qbyP/EKY8JdDYOoXoOPd3OFR7Gs2/XlzkHxGf6E191WEutYFJW9YulWp73yRr+jvjKLDrJrM6wxBKdeN"
            + "ZYpEm2MlAp2VVLjyuvu+OBRobF8IaPhbL1hMDjxMyvHskEfUdrAm9k2hxRGDkK57Tdqq40INRmCJ2qMYnBqg==");

    [Fact]
    public void Jsapi_text_is_the_reference_text() => Check(
        WeChatPaySigner.JsapiText(
            "wx2421b1c4370ec43b", Timestamp, Nonce, "prepay_id=wx201410272009395522657a690389285100"),
        "bf5c0eab11b7710ea376aaa5038ad079fb8175af60d6cbf676fa3bcc4d218bcb",
        PublishedKeys.Merchant,
        "QK5BPxVV00mMuLIG7Ohq8SihLOTi5KiqdiTRb4gY40OfaC7pVtlIF9eMyrD/UsdlmuV8/2Fz6JvnjYSy5BK/lK"
            + "CLR1Fjx6PenBViRnFsCHu22yBOb09erBPSjnvpLuHFPNHMKSkOUct4KSxzz7pG9PRHWFy+hvr26IAZEXDxfqhM"
            + "2Yncink4Eh/EobSGKe7ZZQqdNCF89+bJ6Mm7vlXmcCiZkFzYWBucgXpX53xdpEHY7K5eDmgH978XwSt7Ky6I6S"
            + "yUBulWnpIIgKqPgckwUjryUpxgftKxI523Sdcbs0yqVzIOTT1lNNKerM/pMMRXAYAQPPFF+xovDvV2FrbgPA==");

    [Theory]
    [InlineData(
        """{"prepay_id":"wx201410272009395522657a690389285100"}""",
        "XatXREU6QZko1kF2SuRmzl6cIOF8Ymf4mDViIU5rlDEnjhG+0+qvZhyj6L5B6feHgTqQgUgrA7VoEg2uG0tq9/"
            + "F5N/WkESSl1gKfHTKyjTbp6rK7Riue2oxfXQnU0VJfwumkQnkl5AF3OmFjtaVfS6+7bGSemJrHtrKiTtGoiGHH"
            + "QDL5pgqfaHFTzPwzMxKZ7UWAEZpTDNoeA88E2dZS11Vs/xIu4y+wFt5cnvVv3uWEDfRai/+1+UbC303PrK6Jbi"
            + "+vZDGImdc2WIeDV1Y0O96s40TxFzXUZS+f734qWHTXFDoxSvz0UXSsLZasD8pH4UzKcbl2qH2fmB5dP0q+cA==")]
    [InlineData(
        "",
        "j1IZTeFPFozaNPnXsSUdUezr/Si2VdjO5Pf3z/1ETnWEAbsKZZKL7OWVuOTOkRlbOoh+gEeCeHfdhP2E00Wht7"
            + "h0/3zS3vj4lbHSIfoZHDShKj1gSJfaVlyT/vfxSFCTg2/sLO6kR0YjbejfOYd99i0f1yTqtuZkzdx6gfYvrrrb"
            + "35FVL5JZ7d6YcKARwJZKkqmGlaX5GbPXi4cVNUviCCuNHzkqdxVNLKRdebMUKnwWDS7zeHS35b474oaJI/XHCD"
            + "aYpdfLkYptetyQ7Us7XNwemAb33Al7BxTUXqYXA1vnGegErp8/DGo9KHXCp0Kc3/K1hc+H53HXHBDN2XhKLw==")]
    public void Reference_answers_are_accepted(string body, string signature)
    {
        var headers = Headers(signature);
        Assert.Null(Keys().Refusal(headers.GetValueOrDefault, Encoding.UTF8.GetBytes(body), Now));
        Assert.Equal(
            "SIGNATURE_INVALID",
            Keys().Refusal(headers.GetValueOrDefault, Encoding.UTF8.GetBytes(body + " "), Now));
    }

    [Fact]
    public void Reference_notification_is_accepted_and_opens()
    {
        var body = Encoding.UTF8.GetBytes(
            """{"id":"EV-2018022511223320873","create_time":"2015-05-20T13:29:35+08:00","resour"""
            + """ce_type":"encrypt-resource","event_type":"TRANSACTION.SUCCESS","summary":"支付成"""
            + """功","resource":{"original_type":"transaction","algorithm":"AEAD_AES_256_GCM","cip"""
            + """hertext":"Eu6k3KOMCfFZPsMjOaloD2wAiyabrE00a8ph6KA9qo8zps/eFHbDkXtNp5U8prfsrGWNgI"""
            + """tpRsjtzXx+n5uwdf3Lq+HYhBQsaypiC10Bi1OlnI9Wkr0WO+BmR+cTikoEg7/Cjsmfej2T/VusSYZYnz"""
            + """qC3nIJJgMbm0HIIMwtOW/zIhReXLwt8Z0xpSbcZLWH4ZpT3vC7f2Krg7m9iN0rVtqPXP9jzbKjhT90LF"""
            + """aMpxmbIWR24Pu7y0XBi/GoGf6t0TQIFfxiHvItiN+DW0WVzbwZHJm+h7AYH1v5pVaStmdaLCdg4RujAv"""
            + """c=","associated_data":"transaction","nonce":"abcdefghijkl"}}""");
        var headers = Headers(
            "h0noZI62FKK8HhpvLBFDL0N8EapNdrVCI71ArMHbXgeEAhDaJjYT2y8SJQJCe3cnm1XajpwYB3xdNHiqqe6Roj"
                + "6qoV9Q4nfhzcc9h/c6VEuCA1KEGoF3SQuiGt/f6G9RFc3Fit3pmIgXqBsHtG+yIsO/oWlo2p4GRs3GS/oR89Yq"
                + "uzvL+pYSRdY93+0XkyuagBf6It4kAiUeityzEBKmCVfI0iBmToWSYW28eI/fROe4mmPBkOTbTmcUVrJaWdvTPK"
                + "V5nhzp2vu4vnBCK2Oo84xa5dA/1N3I7mZ3NCMGNW5QUGrB8IPLHBaIv5WRtwtIGeB7+dOlejDxzpYWwCjTTQ==");
        Assert.Null(Keys().Refusal(headers.GetValueOrDefault, body, Now));

        Assert.True(WireJson.TryRead<NotificationWire>(body, out var notification));
        var plaintext = new WeChatPaySeal("0123456789abcdef0123456789abcdef").Open(notification.Resource);
        Assert.Equal(
            """{"mchid":"1230000109","out_trade_no":"1217752501201407033233368018","transaction"""
            + """_id":"1217752501201407033233368018","trade_state":"SUCCESS","amount":{"total":1"""
            + ""","payer_total":1,"currency":"CNY","payer_currency":"CNY"}}""",
            Encoding.UTF8.GetString(plaintext!));
    }

    private static DateTimeOffset Now => DateTimeOffset.FromUnixTimeSeconds(Timestamp);

    private static WeChatPayKeys Keys() => new([new WeChatPayKey("PUB_KEY_ID_1", PublishedKeys.Platform)]);

    private static Dictionary<string, string> Headers(string signature) => new()
    {
        ["Wechatpay-Timestamp"] = $"{Timestamp}",
        ["Wechatpay-Nonce"] = Nonce,
        ["Wechatpay-Serial"] = "PUB_KEY_ID_1",
        ["Wechatpay-Signature"] = signature,
    };

    private static void Check(byte[] text, string sha256, string publicKey, string signature)
    {
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(text)));
        Assert.True(RsaSha256.Verify(RsaSha256.PublicKey(publicKey), text, signature));
        Assert.True(OpenSsl.VerifiesRsa(publicKey, text, signature));
    }
}
