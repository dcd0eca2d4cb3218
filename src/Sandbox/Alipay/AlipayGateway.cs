using System.Text;
using System.Text.Json.Nodes;
using Ecert.Sandbox.Faults;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox.Alipay;

/// <summary>A method call whose signature was verified.</summary>
/// <param name="App">Who signed it.</param>
/// <param name="Business"><c>biz_content</c>.</param>
/// <param name="NotifyUrl"><c>notify_url</c>; null for none.</param>
/// <param name="Origin">Scheme and host the caller used, for the URLs an answer carries.</param>
internal sealed record AlipayCall(AlipayApp App, BusinessParameters Business, Uri? NotifyUrl, string Origin);

/// <summary>A method of the gateway: the members of its answer's node besides <c>code</c> and <c>msg</c>.</summary>
internal delegate JsonObject AlipayMethod(AlipayCall call);

/// <summary><c>gateway.do</c>: verify, do the method, sign the exact bytes of its node.</summary>
internal sealed class AlipayGateway(
    AlipayOptions options, AlipaySignature signature, IReadOnlyDictionary<string, AlipayMethod> methods)
{
    private readonly Dictionary<string, AppKey> _apps =
        options.Apps.ToDictionary(app => app.AppId, app => new AppKey(app));

    /// <summary>Answers one call.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        var raw = RawRequest.Of(context);
        var parameters = GatewayParameters.Read(raw.Target, raw.Body);
        if (Misrouted(parameters) is { } misrouted)
        {
            await SendUnsignedAsync(context, misrouted);
            return;
        }
        var app = _apps[parameters!["app_id"]!];
        JsonObject node;
        try
        {
            Verify(parameters, app);
            node = methods[parameters["method"]!](Call(context, parameters, app.App));
            // A payment that waits for its payer brings a code of its own.
            if (!node.ContainsKey("code"))
            {
                node.Insert(0, "code", "10000");
                node.Insert(1, "msg", "Success");
            }
        }
        catch (AlipayRefusedException refused)
        {
            node = Describe(refused.Error);
        }
        await SendAsync(context, parameters, app, node);
    }

    /// <summary>An ordered fault in the protocol's own words: in the method's node, signed.</summary>
    public Task SayFaultAsync(HttpContext context, Fault fault)
    {
        var raw = RawRequest.Of(context);
        var parameters = GatewayParameters.Read(raw.Target, raw.Body);
        var error = fault.Code is { } code
            ? AlipayError.Business(code, "系统异常")
            : AlipayError.Unavailable;
        return Misrouted(parameters) is { } misrouted
            ? SendUnsignedAsync(context, misrouted)
            : SendAsync(context, parameters!, _apps[parameters!["app_id"]!], Describe(error));
    }

    private AlipayError? Misrouted(GatewayParameters? parameters)
    {
        if (parameters is null)
            return AlipayError.Invalid("isv.invalid-charset");
        if (parameters["app_id"] is not { } appId)
            return AlipayError.Missing("isv.missing-app-id");
        if (!_apps.ContainsKey(appId))
            return AlipayError.Invalid("isv.invalid-app-id");
        if (parameters["method"] is not { } method)
            return AlipayError.Missing("isv.missing-method");
        return methods.ContainsKey(method) ? null : AlipayError.Invalid("isv.invalid-method");
    }

    private void Verify(GatewayParameters parameters, AppKey app)
    {
        foreach (var name in (string[])["sign", "sign_type", "timestamp", "version"])
        {
            if (parameters[name] is null)
                throw AlipayError.Missing("isv.missing-" + (name == "sign" ? "signature" : name.Replace('_', '-')))
                    .Thrown();
        }
        if (parameters["sign_type"] != "RSA2")
            throw AlipayError.Invalid("isv.invalid-signature-type").Thrown();
        if (parameters["format"] is not (null or "JSON" or "json"))
            throw AlipayError.Invalid("isv.invalid-format").Thrown();
        if (!GatewayTime.TryParse(parameters["timestamp"]!, out _))
            throw AlipayError.Invalid("isv.invalid-timestamp").Thrown();
        if (app.CertificateNumber is { } number)
            CheckNumbers(parameters, number);
        if (!app.Verifies(parameters.SignedContent, parameters["sign"]!))
            throw AlipayError.InvalidSignature.Thrown();
    }

    private void CheckNumbers(GatewayParameters parameters, string appNumber)
    {
        if (parameters["app_cert_sn"] is not { } said)
            throw AlipayError.Missing("isv.missing-app-cert-sn").Thrown();
        if (said != appNumber)
            throw AlipayError.Invalid("isv.invalid-app-cert-sn").Thrown();
        if (parameters["alipay_root_cert_sn"] is not { } root)
            throw AlipayError.Missing("isv.missing-alipay-root-cert-sn").Thrown();
        if (root != signature.RootNumber)
            throw AlipayError.Invalid("isv.invalid-alipay-root-cert-sn").Thrown();
    }

    private static AlipayCall Call(HttpContext context, GatewayParameters parameters, AlipayApp app)
    {
        var business = Json.ParseObject(Encoding.UTF8.GetBytes(parameters["biz_content"] ?? "{}"))
            ?? throw AlipayError.Invalid("isv.invalid-parameter").Thrown();
        Uri? notifyUrl = null;
        if (parameters["notify_url"] is { } text
            && !(Uri.TryCreate(text, UriKind.Absolute, out notifyUrl) && notifyUrl.Scheme is "http" or "https"))
            throw AlipayError.Parameter("notify_url", "不是合法的URL").Thrown();
        return new AlipayCall(
            app, new BusinessParameters(business), notifyUrl, $"{context.Request.Scheme}://{context.Request.Host}");
    }

    private static JsonObject Describe(AlipayError error) => new()
    {
        ["code"] = error.Code,
        ["msg"] = error.Message,
        ["sub_code"] = error.SubCode,
        ["sub_msg"] = error.SubMessage,
    };

    private async Task SendAsync(HttpContext context, GatewayParameters parameters, AppKey app, JsonObject node)
    {
        // The real gateway writes slashes escaped; clients must verify the characters as they come.
        var text = Json.Text(node).Replace("/", "\\/", StringComparison.Ordinal);
        var bytes = parameters.Charset.GetBytes(text);
        var name = parameters["method"]!.Replace('.', '_') + "_response";
        var sign = signature.Sign(bytes, SpoiltSignature.Of(context));
        var number = app.CertificateNumber is null ? "" : $"\"alipay_cert_sn\":\"{signature.CertificateNumber}\",";
        byte[] body =
        [
            .. Encoding.ASCII.GetBytes($"{{\"{name}\":"), .. bytes,
            .. Encoding.ASCII.GetBytes($",{number}\"sign\":\"{sign}\"}}"),
        ];
        await SendAsync(context, body, parameters.Charset);
    }

    private static Task SendUnsignedAsync(HttpContext context, AlipayError error) => SendAsync(
        context, Json.Bytes(new JsonObject { ["error_response"] = Describe(error) }), Encoding.UTF8);

    private static async Task SendAsync(HttpContext context, byte[] body, Encoding charset)
    {
        context.Response.StatusCode = 200;
        context.Response.ContentType = $"text/html;charset={charset.WebName}";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
