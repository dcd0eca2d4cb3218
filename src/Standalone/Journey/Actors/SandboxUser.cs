using System.Net.Http.Json;
using System.Text.Json;
using Ecert.Standalone.Composition;
using Ecert.Standalone.Seed;

namespace Ecert.Standalone.Journey.Actors;

/// <summary>The person in front of the counterparts' apps: pays, signs an agreement, looks into the camera.</summary>
internal sealed class SandboxUser(RunningSystem system)
{
    private readonly HttpClient _http = new() { BaseAddress = system.Addresses.Sandbox };

    /// <summary>Looks into the camera.</summary>
    /// <returns>The capture's reference, good for one check.</returns>
    public async Task<string> CaptureFaceAsync(Citizen citizen, CancellationToken ct) =>
        (await PostAsync("/control/realname/faces", new { idNo = citizen.DocumentNumber }, ct))
            .GetProperty("face_token").GetString()!;

    /// <summary>Pays in WeChat; the callback follows.</summary>
    public Task PayInWeChatAsync(string outTradeNo, string openId, CancellationToken ct) =>
        PostAsync("/control/wechatpay/pay", new { out_trade_no = outTradeNo, openid = openId }, ct);

    /// <summary>Pays in Alipay; the notification follows.</summary>
    public Task PayInAlipayAsync(string outTradeNo, string buyerId, CancellationToken ct) =>
        PostAsync("/control/alipay/pay", new { out_trade_no = outTradeNo, buyer_id = buyerId }, ct);

    /// <summary>Signs a withholding agreement in Alipay.</summary>
    public async Task<string> SignAgreementAsync(string userId, CancellationToken ct) =>
        (await PostAsync("/control/alipay/agreements", new { user_id = userId }, ct)).GetProperty("agreement_no")
            .GetString()!;

    private async Task<JsonElement> PostAsync(string path, object body, CancellationToken ct)
    {
        using var answer = await _http.PostAsJsonAsync(path, body, ct);
        var text = await answer.Content.ReadAsStringAsync(ct);
        if (!answer.IsSuccessStatusCode)
            throw new JourneyFailedException($"The Sandbox's {path} answered {(int)answer.StatusCode}: {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }
}
