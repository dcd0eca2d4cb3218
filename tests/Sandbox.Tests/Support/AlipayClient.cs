using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Ecert.Sandbox.Tests.Support;

public sealed record AlipayAnswer(HttpStatusCode Status, string Text)
{
    public JsonObject Json => JsonNode.Parse(Text)!.AsObject();
    public JsonObject Node => Json.First().Value!.AsObject();
    public string Code => (string)Node["code"]!;
    public string? SubCode => (string?)Node["sub_code"];

    /// <summary>The characters of the first member's value as they were sent.</summary>
    public string SignedText => Regex.Match(Text, """^\{"[a-z_]+":(\{.*\}),"(alipay_cert_sn|sign)":""").Groups[1].Value;

    public Task<bool> VerifiesAsync() => OpenSsl.VerifiesSha256Async(
        RunningSandbox.Parties.Alipay.Platform.PublicKeyPem, Encoding.UTF8.GetBytes(SignedText), (string)Json["sign"]!);
}

/// <summary>An app that signs by hand, as the published rules say.</summary>
public sealed class AlipayClient(RunningSandbox sandbox)
{
    /// <summary>Recomputed with openssl's own printing of issuer and serial by <c>CertificateNumberTests</c>.</summary>
    public Dictionary<string, string> System { get; } = new()
    {
        ["app_id"] = RunningSandbox.Parties.Alipay.AppId,
        ["format"] = "JSON",
        ["charset"] = "utf-8",
        ["sign_type"] = "RSA2",
        ["version"] = "1.0",
        ["timestamp"] = "2026-11-02 09:00:00",
        ["app_cert_sn"] = CertificateNumbers.Of(RunningSandbox.Parties.Alipay.App.CertificatePem),
        ["alipay_root_cert_sn"] = CertificateNumbers.Of(RunningSandbox.Parties.Alipay.RootCertificatePem),
    };

    public string PrivateKeyPem { get; set; } = RunningSandbox.Parties.Alipay.App.PrivateKeyPem;
    public bool EverythingInTheForm { get; set; }
    public string? NotifyUrl { get; set; }
    public Func<string, string> ChangeBusinessAfterSigning { get; set; } = text => text;

    public async Task<AlipayAnswer> CallAsync(string method, JsonObject business)
    {
        var parameters = new SortedDictionary<string, string>(System, StringComparer.Ordinal) { ["method"] = method };
        if (NotifyUrl is not null)
            parameters["notify_url"] = NotifyUrl;
        var content = business.ToJsonString();
        parameters["biz_content"] = content;
        var text = string.Join('&', parameters.Where(pair => pair.Value.Length > 0)
            .Select(pair => $"{pair.Key}={pair.Value}"));
        using var rsa = RSA.Create();
        rsa.ImportFromPem(PrivateKeyPem);
        parameters["sign"] = Convert.ToBase64String(
            rsa.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        parameters["biz_content"] = ChangeBusinessAfterSigning(content);
        var inForm = parameters.Where(pair => EverythingInTheForm || pair.Key == "biz_content");
        var inQuery = parameters.Where(pair => EverythingInTheForm ? pair.Key == "charset" : pair.Key != "biz_content");
        var query = string.Join('&', inQuery.Select(pair => $"{pair.Key}={WebUtility.UrlEncode(pair.Value)}"));
        using var response = await sandbox.Http.PostAsync(
            $"{sandbox.Base}/alipay/gateway.do?{query}", new FormUrlEncodedContent(inForm));
        return new AlipayAnswer(response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public static JsonObject Trade(string number, string amount = "12.50") => new()
    {
        ["out_trade_no"] = number,
        ["total_amount"] = amount,
        ["subject"] = "地铁乘车费 a/b \"c\"",
    };

    public static JsonObject TradeOf(string number, string buyer = "2088102177846880", string amount = "12.50")
    {
        var trade = Trade(number, amount);
        trade["buyer_id"] = buyer;
        return trade;
    }

    public Task<AlipayAnswer> CreateAsync(string number, string amount = "12.50") =>
        CallAsync("alipay.trade.create", TradeOf(number, amount: amount));

    public async Task PayAsync(string number, string amount = "12.50")
    {
        Assert.Equal("10000", (await CreateAsync(number, amount)).Code);
        await sandbox.ControlAsync("/control/alipay/pay", new { out_trade_no = number });
    }

    public Task<AlipayAnswer> QueryAsync(string number) =>
        CallAsync("alipay.trade.query", new JsonObject { ["out_trade_no"] = number });

    public Task<AlipayAnswer> RefundAsync(string number, string request, string amount) =>
        CallAsync("alipay.trade.refund", new JsonObject
        {
            ["out_trade_no"] = number, ["refund_amount"] = amount, ["out_request_no"] = request,
        });
}
