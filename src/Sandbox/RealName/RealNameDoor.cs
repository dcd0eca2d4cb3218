using System.Globalization;
using System.Text.Json.Nodes;
using Ecert.Sandbox.Faults;
using Ecert.Sandbox.Wire;
using Org.BouncyCastle.Crypto.Parameters;

namespace Ecert.Sandbox.RealName;

/// <summary><c>POST /realname/check</c> and <c>/realname/face</c> in the SM2/SM4 envelope.</summary>
internal sealed class RealNameDoor(RealNameOptions options, RealNameBooks books, TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly ECPrivateKeyParameters _platformKey = Sm2.PrivateKey(options.PlatformPrivateKey);
    private readonly Dictionary<string, Application> _applications = options.Applications.ToDictionary(
        application => application.AppId, application => new Application(
            application, Sm2.PublicKey(application.PublicKey),
                Sm4.DeriveKey(application.AppId, application.AppSecret)));

    private sealed record Application(RealNameApplication Known, ECPublicKeyParameters PublicKey, byte[] Key);

    /// <summary>Maps both checks.</summary>
    public void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/realname/check", context => AnswerAsync(context, CheckName));
        app.MapPost("/realname/face", context => AnswerAsync(context, CheckFace));
    }

    /// <summary>An ordered fault: an HTTP status without a body.</summary>
    public Task SayFaultAsync(HttpContext context, Fault fault)
    {
        context.Response.StatusCode = fault.Status;
        return Task.CompletedTask;
    }

    private async Task AnswerAsync(HttpContext context, Func<JsonObject, bool?> check)
    {
        var raw = RawRequest.Of(context);
        var envelope = Json.ParseObject(raw.Body) ?? [];
        var application = _applications.GetValueOrDefault(envelope.Text("appId") ?? "");
        if (application is null || !IsFresh(envelope))
        {
            await SendAsync(context, application, "401", "unknown application or stale timestamp", null);
            return;
        }
        var plain = Sm4.Decrypt(application.Key, envelope.Text("encData") ?? "");
        if (plain is null || Json.ParseObject(plain) is not { } data || !HasRightForm(envelope))
        {
            await SendAsync(context, application, "400", "malformed envelope", null);
            return;
        }
        var signed = Envelope.SignedText(envelope, data, application.Known.AppSecret);
        if (!Sm2.Verify(application.PublicKey, signed, envelope.Text("signData") ?? ""))
        {
            await SendAsync(context, application, "401", "the signature does not verify", null);
            return;
        }
        await (check(data) is { } matches
            ? SendAsync(context, application, "0", "ok", new JsonObject { ["result"] = matches ? "MATCH" : "NO_MATCH" })
            : SendAsync(context, application, "400", "a member of data is missing or malformed", null));
    }

    private bool? CheckName(JsonObject data) => Person(data) is { } person ? books.Matches(person) : null;

    private bool? CheckFace(JsonObject data)
    {
        if (Person(data) is not { } person || data.Text("faceToken") is not { Length: > 0 and <= 128 } token)
            return null;
        var isFace = books.IsFaceOf(token, person.DocumentNumber);
        return isFace && books.Matches(person);
    }

    private static RegisteredPerson? Person(JsonObject data) =>
        data.Text("name") is { Length: > 0 and <= 50 } name && data.Text("idType") is "01" or "02" or "03"
            && data.Text("idNo") is { Length: > 0 and <= 30 } number
                ? new RegisteredPerson(data.Text("name")!, data.Text("idType")!, number)
                : null;

    private static bool HasRightForm(JsonObject envelope) => envelope.Text("version") == "2.0.1"
        && envelope.Text("encType") == "SM4" && envelope.Text("signType") == "SM2";

    private bool IsFresh(JsonObject envelope) =>
        long.TryParse(envelope.Text("timestamp"), NumberStyles.None, CultureInfo.InvariantCulture, out var sent)
            && Math.Abs(clock.GetUtcNow().ToUnixTimeMilliseconds() - sent) <= Window.TotalMilliseconds;

    private async Task SendAsync(
        HttpContext context, Application? application, string code, string message, JsonObject? data)
    {
        var envelope = new JsonObject
        {
            ["appId"] = application?.Known.AppId ?? "",
            ["code"] = code,
            ["message"] = message,
            ["version"] = "2.0.1",
            ["timestamp"] = clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            ["encType"] = "SM4",
            ["signType"] = "SM2",
        };
        var signed = Envelope.SignedText(envelope, data, application?.Known.AppSecret ?? "");
        envelope["signData"] = Sm2.Sign(_platformKey, SpoiltSignature.Of(context) ? [.. signed, 0] : signed);
        if (data is not null)
            envelope["encData"] = Sm4.Encrypt(application!.Key, Json.Bytes(data));
        var body = Json.Bytes(envelope);
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
