using System.Text.Json.Nodes;

namespace Ecert.Sandbox.WeChatPay;

/// <summary>A request whose signature was verified.</summary>
/// <param name="Merchant">Who signed it.</param>
/// <param name="Origin">Scheme and host the caller used, for the URLs an answer carries.</param>
/// <param name="Path">Path parameters.</param>
/// <param name="Query">Query parameters.</param>
/// <param name="Body">The raw body.</param>
internal sealed record WeChatPayCall(
    WeChatMerchant Merchant, string Origin, RouteValueDictionary Path, IQueryCollection Query, byte[] Body)
{
    /// <summary>The body as a JSON object.</summary>
    /// <exception cref="WeChatPayRefusedException">It is not one.</exception>
    public JsonObject Json() => Wire.Json.ParseObject(Body) ?? throw WeChatPayError.NotJson.Thrown();

    /// <summary>A path parameter, percent-decoded.</summary>
    public string InPath(string name) => (string)Path[name]!;

    /// <summary>Refuses a merchant number other than the signer's.</summary>
    public void MustNameTheSigner(string? merchantId)
    {
        if (merchantId != Merchant.MerchantId)
            throw WeChatPayError.NoAuthority.Thrown();
    }
}

/// <summary>What a verb answers; errors are thrown.</summary>
internal abstract record WeChatPayAnswer
{
    private WeChatPayAnswer() { }

    /// <summary>200 with a signed JSON body.</summary>
    public sealed record Ok(JsonObject Body) : WeChatPayAnswer;

    /// <summary>204, signed over an empty body.</summary>
    public sealed record NoContent : WeChatPayAnswer;

    /// <summary>200 with a file, which is not signed.</summary>
    public sealed record File(byte[] Content) : WeChatPayAnswer;
}
